"""What is looked at of dossiers: E1 nobody is named, and no day · E2 months that count, and no
other · E3 only what others judged.
"""

import re
from collections.abc import Iterator

from engine.fact import Fact, Place
from engine.rules.calendar import Calendar
from events.instants import parse_instant
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.portfolio_assessed import ROWS, PortfolioAssessed
from governance.rules.dossiers import Dossier, dossier
from tests.verification.checker.verdict import Violation

SCENARIO = "dossiers"
_MENTOR, _LEARNER = "mentor-m", "learner-l"
_UNTIL = parse_instant("2026-03-15T12:00:00Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    checks = {"E1": _named, "E2": _months, "E3": _judged}
    return [Violation(name, text) for name, check in checks.items() for text in check()]


def _fact(of: str, at: str, **data: object) -> Fact:
    return Fact(Place("guild", "loop", None), of, f"f-{at}", parse_instant(at), data)


def _met(at: str) -> Fact:
    people = [_LEARNER, _MENTOR]
    return _fact(MeetingCompleted.TYPE, at, attendee_ids=people, mentor_ids=[_MENTOR])


def _assessed(at: str, by: str) -> Fact:
    return _fact(
        PortfolioAssessed.TYPE, at,
        cohort_id="cohort-c", learner_id=_LEARNER, mentor_ids=[_MENTOR], phase="final",
        assessed_by=by, total=18, **dict.fromkeys(ROWS, 3),
    )  # fmt: skip


def _of(*facts: Fact) -> Dossier:
    return dossier(facts, _MENTOR, Calendar("Europe/Berlin"), _UNTIL)


def _named() -> Iterator[str]:
    shown = repr(
        _of(
            _met("2026-01-10T10:00:00Z"),
            _assessed("2026-02-10T10:00:00Z", "independent"),
            _fact(
                DeliverableAccepted.TYPE, "2026-02-11T10:00:00Z",
                participant_id=_MENTOR, learner_id=_LEARNER, cohort_id="cohort-c", kind="exemplar",
            ),
        )
    )  # fmt: skip
    for secret in (_MENTOR, _LEARNER, "cohort-c"):
        if secret in shown:
            yield f"a dossier has {secret}"
    if _DAY.search(shown):
        yield "a dossier has a day"


def _months() -> Iterator[str]:
    counted = _of(
        _met("2025-09-14T21:59:59Z"),
        _met("2025-09-14T22:00:00Z"),
        _met("2026-03-15T12:00:00Z"),
        _met("2026-03-15T12:00:01Z"),
    )
    (learner,) = counted.learners
    if (counted.meetings, learner.meetings) != (2, 2):
        yield f"{counted.meetings} meetings count, {learner.meetings} with the learner"


def _judged() -> Iterator[str]:
    judged = ("independent", "mentor", "self")
    facts = [_assessed(f"2026-02-1{day}T10:00:00Z", by) for day, by in enumerate(judged)]
    (learner,) = _of(*facts).learners
    if len(learner.assessments) != 1:
        yield f"{len(learner.assessments)} assessments count, of one that is independent"
