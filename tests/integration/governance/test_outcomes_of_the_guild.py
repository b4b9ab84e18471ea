"""Outcomes over the two years of Aurora Guild, from the ledger; baselines are frozen once."""

import json
from datetime import UTC, datetime

import pytest

from engine.queries.outcomes import cohorts, gains, reading
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.store.facts import of_person
from events.instants import Instant
from governance.outcomes import freezing
from governance.store import baselines, log, warnings
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.project.examples.aurora import LINES
from tests.unit.outcomes import naive_outcomes as naive

COHORTS = ["autumn-24", "spring-25", "autumn-25"]
DURING = Instant("2025-12-20T12:00:00.000000Z")


@pytest.fixture
def guild(room: CommitteeRoom) -> tuple[CommitteeRoom, OutcomesOfProgram]:
    """The guild, and what is read of it."""
    room.harness.tell_by_topic(*LINES)
    with room.sitting() as sitting:
        outcomes = reading.read(sitting.engine, PROGRAM)
    return room, outcomes


def test_what_is_read_is_what_a_naive_reading_of_the_ledger_gives(
    guild: tuple[CommitteeRoom, OutcomesOfProgram],
) -> None:
    room, outcomes = guild
    with room.sitting() as sitting:
        facts = [fact for fact, _ in of_person.of_program(sitting.engine.tx, PROGRAM)]
    pairs = gains.pairs(outcomes.facts.assessments)
    assert {(pair.cohort, pair.learner): pair.gain for pair in pairs} == naive.gains(facts)
    imani = gains.pairs(outcomes.facts.assessments, "imani")
    assert sorted(pair.gain for pair in imani) == [3, 4, 4, 4, 5, 5, 5]
    of = gains.by_cohort(pairs)
    (first, second, third) = cohorts.trends(COHORTS, of)
    assert (first.n, first.before) == (12, None)
    assert second.gain is not None
    assert second.before is not None
    assert (second.n, second.before_n, third.before_n) == (14, 12, 26)
    found = {
        (each.mentor, each.learner, each.kind, each.about)
        for each in outcomes.until(DURING).warnings(outcomes.until(DURING).guided, DURING)
    }
    known = [fact for fact in facts if fact.time <= DURING]
    numbers = {"silent_days": 21, "late_in_a_row": 2, "flat_assessments": 2, "low_row": 1}
    assert found == naive.warnings(known, DURING, "Europe/Berlin", numbers)


def test_types_that_are_not_asked_for_and_retracted_facts_are_left_out(
    guild: tuple[CommitteeRoom, OutcomesOfProgram],
) -> None:
    room, outcomes = guild
    with room.sitting() as sitting:
        every = [fact for fact, _ in of_person.of_program(sitting.engine.tx, PROGRAM)]
        seen = of_person.last_times(sitting.engine.tx, PROGRAM, ["mentoring.quiz.passed.v1"], 3)
        latest = of_person.last_times(
            sitting.engine.tx, PROGRAM, ["mentoring.meeting.completed.v1"], 3
        )
    assert seen == {}
    assert len(latest["mentoring.meeting.completed.v1"]) == 3
    kinds = [each.type for each in every]
    facts = outcomes.facts
    assert len(facts.assessments) == kinds.count("mentoring.portfolio.assessed.v1")
    assert len(facts.meetings) == kinds.count("mentoring.meeting.completed.v1")
    assert len(facts.voices) == kinds.count("mentoring.testimonial.given.v1")


def test_baselines_are_frozen_when_a_cohort_has_ended_and_later_facts_leave_them(
    guild: tuple[CommitteeRoom, OutcomesOfProgram],
) -> None:
    room, _ = guild
    room.now = datetime(2025, 10, 1, tzinfo=UTC)
    with room.sitting() as sitting:
        assert freezing.freeze_ended(sitting, PROGRAM) == 4
        assert freezing.freeze_ended(sitting, PROGRAM) == 0
        frozen = baselines.of_program(sitting.tx, PROGRAM)
    assert [(each.cohort, each.track) for each in frozen] == [
        ("autumn-24", "advanced"), ("autumn-24", "introductory"),
        ("spring-25", "advanced"), ("spring-25", "introductory"),
    ]  # fmt: skip
    figures = json.loads(frozen[1].document)
    assert (figures["learners"], figures["totals"]["n"]) == (11, 11)
    assert json.loads(frozen[0].document) == {
        "learners": 1, "totals": None, "gains": None, "kept": None,
    }  # fmt: skip
    room.now = datetime(2026, 9, 1, tzinfo=UTC)
    with room.sitting() as sitting:
        assert freezing.freeze_ended(sitting, PROGRAM) == 2
        again = baselines.of_program(sitting.tx, PROGRAM)
        assert freezing.review(sitting, PROGRAM, "cora") == 6
        entries = [each.by for each in log.of_program(sitting.tx, PROGRAM)]
    assert [each for each in again if each.cohort != "autumn-25"] == frozen
    assert entries == ["governance", "governance", "cora"]


def test_an_answer_replaces_the_one_before_and_nothing_of_it_is_in_the_log(
    guild: tuple[CommitteeRoom, OutcomesOfProgram],
) -> None:
    room, outcomes = guild
    then = outcomes.until(DURING)
    (*_, warning) = then.warnings(then.guided, DURING)
    with room.sitting() as sitting:
        warnings.answer(sitting.tx, PROGRAM, warning, "wrong", room.now)
        warnings.answer(sitting.tx, PROGRAM, warning, "helped", room.now)
        (answered,) = warnings.of_program(sitting.tx, PROGRAM)
        assert warnings.of_mentor(sitting.tx, PROGRAM, warning.mentor) == [answered]
        assert warnings.of_mentor(sitting.tx, PROGRAM, "nobody") == []
        assert log.of_program(sitting.tx, PROGRAM) == []
    assert (answered.key, answered.answer) == (warnings.key_of(warning), "helped")
