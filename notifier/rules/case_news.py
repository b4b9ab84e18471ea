"""News about a case that a committee decides. Pure."""

import uuid
from typing import Literal

News = Literal[
    "acknowledged", "lines_open", "frozen", "on_desk", "seat", "decided", "hearing",
    "appeal_settled", "renewal_opens", "appeal_lodged", "overdue", "below_quorum", "sample",
    "drawn", "panel_closed", "seats_open", "review_asked", "calibration_asked", "reward", "pairing",
]  # fmt: skip
"""What has moved: an application was acknowledged, or has open lines; its evidence is frozen; it is
on the desk; somebody got a seat on it; it was decided; a hearing began; an appeal was settled; a
renewal opened by itself; an appeal was lodged; a deadline passed; too few members are left; a
decided case is to be judged once more; a panel was drawn, or has closed; seats of a panel stay
open; somebody is asked for a review, or for a calibration; got a reward; is paired."""


def news_id(case_id: str, participant: str, news: News, state: str, pack: int) -> str:
    """The id of news: of the same case, person and step, always the same. `state`, `pack`: the
    state of the case, and the number of its pack, 0 before the first."""
    return str(uuid.uuid5(uuid.UUID(case_id), "\x1f".join((participant, news, state, str(pack)))))
