"""Kudos that somebody gave, as lines of a page: in which words, and how to undo each.

Pure: the same gifts at the same instant are the same lines.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from web.views.gifts import GivenKudos

Words = Literal[
    "held", "sending", "waiting", "sent", "late",
    "awarded", "refused", "cancelled", "withdrawing", "withdrawn",
]  # fmt: skip
Way = Literal["undo", "withdraw"]

_A_MOMENT = timedelta(seconds=5)
"""How long sending may take before a page says that it waits."""
_USUALLY = timedelta(seconds=60)
"""How long it takes at most, as a rule, until somebody has it."""
_SOON, _SLOWLY = 3, 30


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One gift. `way`: how it can be undone, if at all. `seconds`: for how long it is held
    back. `again`: after how many seconds it may have to be put differently; None: never."""

    gift: GivenKudos
    words: Words
    way: Way | None
    seconds: int
    again: int | None


def lines(gifts: Iterable[GivenKudos], now: datetime) -> list[GivenLine]:
    """A line for each gift."""
    return [_line(gift, now) for gift in gifts]


def again(of_page: Sequence[GivenLine]) -> int | None:
    """After how many seconds a page of these lines may have to be put differently."""
    return min((line.again for line in of_page if line.again is not None), default=None)


def _line(gift: GivenKudos, now: datetime) -> GivenLine:
    left = datetime.fromisoformat(gift.undo_until) - now
    withdrawable = gift.withdrawable_until is not None
    way: Way | None = "withdraw" if withdrawable else None
    match gift.state:
        case "held" if left > timedelta(0):
            seconds = math.ceil(left.total_seconds())
            return GivenLine(gift, "held", "undo", seconds, seconds + 1)
        case "held":
            waits = -left > _A_MOMENT
            words: Words = "waiting" if waits else "sending"
            return GivenLine(gift, words, way or "undo", 0, _SLOWLY if waits else _SOON)
        case "sent":
            usual = _USUALLY + left
            if usual <= timedelta(0):
                return GivenLine(gift, "late", way, 0, _SLOWLY)
            return GivenLine(gift, "sent", way, 0, math.ceil(usual.total_seconds()) + 1)
        case "withdrawing":
            return GivenLine(gift, "withdrawing", None, 0, _SLOWLY)
    return GivenLine(gift, gift.state, way, 0, None)
