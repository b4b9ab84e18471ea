"""People are asked for reviews: each by a request of a random id, and notified without a case."""

from dataclasses import replace
from uuid import uuid4

from directory import erased
from governance import notices
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.packs import relations
from governance.panels import sealed
from governance.rules import deadlines
from governance.store import log, panels, people
from governance.store.cases import Case
from governance.store.panels import Panel, PanelSeat, SeatKind

ITSELF = "governance"


def reserve(sitting: Sitting, case: Case, panel: Panel, reviewer: str) -> None:
    """Keep somebody as the alternate of a panel; they are not asked yet."""
    panels.add_seat(sitting.tx, _seat(sitting, case, panel, reviewer, "alternate"))


def ask(
    sitting: Sitting,
    rules: CommitteeRules,
    case: Case,
    panel: Panel,
    reviewer: str,
    kind: SeatKind,
) -> PanelSeat:
    """Ask somebody for a review: they have ten days."""
    seat = _asked(sitting, rules, _seat(sitting, case, panel, reviewer, kind))
    panels.add_seat(sitting.tx, seat)
    _notify(sitting, panel, reviewer)
    return seat


def ask_alternate(sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel) -> bool:
    """Ask an alternate who is in reserve and still free to review; False: nobody is, and the seat
    stays open until somebody is drawn."""
    key = sealed.key_of(sitting, case)
    for seat in panels.seats_of(sitting.tx, [panel.panel_id]):
        if seat.state != "reserve":
            continue
        reviewer = sealed.reviewer_of(key, seat)
        if reviewer is None or not is_free(sitting, rules, case, panel, reviewer):
            continue
        asked = _asked(sitting, rules, seat)
        panels.write_seat(sitting.tx, asked)
        _notify(sitting, panel, reviewer)
        return True
    return False


def is_free(
    sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel, reviewer: str
) -> bool:
    """Whether somebody who was drawn may still review: at work, a reviewer, in no conflict."""
    officer = people.of(sitting.tx, case.program, reviewer)
    today = deadlines.day_of(rules.calendar, sitting.now)
    if officer is None or not officer.serves("reviewer", today) or officer.is_away(today):
        return False
    if erased.is_erased(sitting.tx, case.program, reviewer):
        return False
    return reviewer not in relations.conflicted(
        sitting, case.program, case.subject, [reviewer], panel.conflict_days
    )


def _seat(sitting: Sitting, case: Case, panel: Panel, reviewer: str, kind: SeatKind) -> PanelSeat:
    request_id = str(uuid4())
    key = sitting.keys.key_of(case)
    who = sealed.seal_reviewer(key, request_id, reviewer)
    return PanelSeat(request_id, panel.panel_id, kind, "reserve", None, None, who)


def _asked(sitting: Sitting, rules: CommitteeRules, seat: PanelSeat) -> PanelSeat:
    due_on = deadlines.last_day(rules.calendar, sitting.now, deadlines.SEAT_DAYS)
    return replace(seat, state="asked", asked_at=sitting.now, due_on=due_on)


def _notify(sitting: Sitting, panel: Panel, reviewer: str) -> None:
    """A notice names who is asked, so it has an id of its own and never that of the request."""
    notices.notify_of(sitting, panel.program, str(uuid4()), "review_asked", [reviewer])


def note_requested(sitting: Sitting, case: Case, panel: Panel, number: int, kind: str) -> None:
    """Note that so many were asked, without who."""
    log.note(
        sitting.tx, case.program, case.case_id, "review.requested", ITSELF,
        {"panel": panel.panel_id, "number": number, "kind": kind}, sitting.now,
    )  # fmt: skip
