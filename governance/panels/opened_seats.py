"""An auditor opens who sits on a panel, and what each gave: for a reason, and with a trace.

It is the one way by which somebody is shown who reviews.
"""

from dataclasses import dataclass

from governance.cases import moving, texts
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.panels import sealed
from governance.panels.sealed import SealedReview
from governance.store import log, panels
from governance.store.panels import SeatKind, SeatState


@dataclass(frozen=True, slots=True)
class SeatSeen:
    """A seat of a panel. `reviewer`: None where they were erased; `review`: what they gave, as they
    wrote it."""

    kind: SeatKind
    state: SeatState
    reviewer: str | None
    review: SealedReview | None


def open_seats(
    sitting: Sitting, program: str, panel_id: str, auditor: str, reason: str
) -> list[SeatSeen]:
    """The seats of a panel, those who count first. Each look is an entry of the log, with the
    reason sealed.

    Raises:
        CaseRefused: unknown-case, as there is no such panel; is-subject, as it is about who asks;
            statement-needed, as there is no reason; not-allowed, as it cannot be kept; key-erased
    """
    panel = panels.of(sitting.tx, panel_id)
    if panel is None or panel.program != program:
        raise CaseRefused("unknown-case", "There is no such panel.")
    case = moving.locked(sitting, program, panel.case_id)
    if case.subject == auditor:
        raise CaseRefused("is-subject", "A panel about oneself is opened to nobody.")
    key = sitting.keys.key_of(case)
    why = texts.seal(sitting, case, "draw.opened", reason)
    if why is None:
        raise CaseRefused("statement-needed", "Say why the seats are to be opened.")
    seats = panels.seats_of(sitting.tx, [panel.panel_id])
    seen = [
        SeatSeen(seat.kind, seat.state, sealed.reviewer_of(key, seat), sealed.review_of(key, seat))
        for seat in sorted(seats, key=lambda seat: not sealed.is_in_use(seat))
    ]
    body = {"panel": panel.panel_id, "seats": len(seen)}
    log.note(sitting.tx, program, case.case_id, "draw.opened", auditor, body, sitting.now, why)
    return seen
