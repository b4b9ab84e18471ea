"""Dossiers: months of mentoring with nobody's name, the same whatever the order of facts."""

import json
from datetime import date, datetime
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from engine.catalog import loader
from engine.fact import Fact, Place
from engine.rules.calendar import Calendar
from events.instants import Instant, parse_instant
from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.model import InLoop
from events.schemas.portfolio_assessed import ROWS, PortfolioAssessed
from governance.rules.dossiers import KINDS, Dossier, dossier
from replay.build.preview import PreviewIntake
from tests.support import mentors

BERLIN = Calendar("Europe/Berlin")
UNTIL = parse_instant("2026-03-15T12:00:00Z")


def fact(of: type[InLoop], at: str, **data: object) -> Fact:
    return Fact(Place("guild", "loop", None), of.TYPE, f"f-{at}", parse_instant(at), data)


def met(at: str, *learners: str) -> Fact:
    people = sorted(("imani", *learners))
    return fact(MeetingCompleted, at, attendee_ids=people, mentor_ids=["imani"])


def assessed(at: str, learner: str, phase: str, rating: int, **data: object) -> Fact:
    rows = dict.fromkeys(ROWS, rating)
    fields = {
        "cohort_id": "c1", "learner_id": learner, "mentor_ids": ["imani"], "phase": phase,
        "assessed_by": "independent", "total": 6 * rating,
    }  # fmt: skip
    return fact(PortfolioAssessed, at, **fields | rows | data)


def worked(at: str, learner: str, kind: str) -> Fact:
    return fact(
        DeliverableAccepted, at,
        participant_id="imani", learner_id=learner, cohort_id="c1", kind=kind,
    )  # fmt: skip


def test_learners_are_numbered_as_they_appear_and_a_meeting_of_two_is_one() -> None:
    shown = dossier(
        [met("2026-03-02T09:00:00Z", "abe", "zoe"), met("2026-02-02T09:00:00Z", "zoe")],
        "imani", BERLIN, UNTIL,
    )  # fmt: skip

    assert [(one.number, one.meetings) for one in shown.learners] == [(1, 2), (2, 1)]
    assert shown.meetings == 2
    assert [month for month, _ in shown.months] == [
        "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2025-09-14T21:59:59.999999Z", False),  # the evening before, in Berlin
        ("2025-09-14T22:00:00Z", True),
        ("2026-03-15T12:00:00Z", True),
        ("2026-03-15T12:00:00.000001Z", False),
    ],
)
def test_six_months_are_counted_by_local_days(at: str, counts: bool) -> None:
    assert dossier([met(at, "zoe")], "imani", BERLIN, UNTIL).meetings == counts


def test_where_a_cohort_of_these_months_began_is_shown_and_no_other_old_assessment() -> None:
    facts = [
        assessed("2025-02-01T09:00:00Z", "zoe", "baseline", 1),
        assessed("2025-02-02T09:00:00Z", "zoe", "baseline", 2, cohort_id="c0"),
        assessed("2025-03-01T09:00:00Z", "zoe", "interim", 2),
        assessed("2026-01-01T09:00:00Z", "zoe", "final", 3),
        assessed("2026-01-02T09:00:00Z", "zoe", "final", 4, assessed_by="mentor"),
        assessed("2025-02-01T09:00:00Z", "gone", "baseline", 4),
    ]
    (learner,) = dossier(facts, "imani", BERLIN, UNTIL).learners

    assert [(one.phase, one.total) for one in learner.assessments] == [
        ("baseline", 6),
        ("final", 18),
    ]


def test_what_others_did_is_left_out() -> None:
    theirs = fact(
        DeliverableAccepted, "2026-03-01T09:00:00Z",
        participant_id="jonas", learner_id="imani", cohort_id="c1", kind="exemplar",
    )  # fmt: skip
    learning = fact(
        MeetingCompleted, "2026-03-01T09:00:00Z",
        attendee_ids=["imani", "jonas"], mentor_ids=["jonas"],
    )  # fmt: skip

    assert dossier([theirs, learning], "imani", BERLIN, UNTIL) == dossier(
        [], "imani", BERLIN, UNTIL
    )


def test_work_is_counted_by_kind_in_one_order() -> None:
    facts = [
        worked(f"2026-0{n}-01T09:00:00Z", "zoe", kind) for n, kind in enumerate(KINDS[::-1][:3], 1)
    ]

    assert list(dossier(facts, "imani", BERLIN, UNTIL).work) == [
        "exemplar",
        "project_notes",
        "reflection",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_any_order_gives_the_same_and_as_many_as_a_naive_count(seed: int) -> None:
    facts = _history(seed)
    shown = [dossier(Random(n).sample(facts, len(facts)), "ada", BERLIN, _LATE) for n in range(3)]

    assert all(one == another for one, another in pairwise(shown))
    assert _counted(shown[0]) == _naively(facts)
    text = repr(shown[0])
    assert not [
        name
        for name in (*mentors.MENTORS, *mentors.LEARNERS, "c1", "c2", "-ada")
        if f"'{name}" in text
    ]


_LATE = Instant("2025-12-01T12:00:00.000000Z")


def _history(seed: int) -> list[Fact]:
    intake = PreviewIntake(loader.parse(mentors.CATALOG), parse_instant("2027-01-01T00:00:00Z"))
    for record in mentors.history(seed):
        intake.process(record)
    return [parsed.fact for parsed in intake.standing()]


def _counted(shown: Dossier) -> tuple[int, int, int]:
    return (
        shown.meetings,
        sum(len(one.checkpoints) for one in shown.learners),
        sum(one.phase != "baseline" for each in shown.learners for one in each.assessments),
    )


def _naively(facts: list[Fact]) -> tuple[int, int, int]:
    berlin = ZoneInfo("Europe/Berlin")
    meetings = checkpoints = judged = 0
    here: set[object] = set()
    for each in facts:
        day = datetime.fromisoformat(each.time).astimezone(berlin).date()
        data = json.loads(json.dumps(dict(each.data)))
        if each.time > _LATE or day < date(2025, 6, 1) or "ada" not in data.get("mentor_ids", []):
            continue
        if each.type == MeetingCompleted.TYPE:
            meetings += 1
            here.update(set(data["attendee_ids"]) - set(data["mentor_ids"]))
        elif each.type == CheckpointClosed.TYPE:
            checkpoints += 1
            here.add(data["learner_id"])
        elif each.type == PortfolioAssessed.TYPE:
            judged += data["phase"] != "baseline"
    return meetings, checkpoints, judged
