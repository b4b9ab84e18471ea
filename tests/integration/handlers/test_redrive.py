"""A dead letter given again to the same rules, in a lane of its own."""

from datetime import timedelta

import pytest

from engine.handlers import redrive
from engine.handlers.policy import IntakePolicy
from engine.handlers.redrive import Redriven
from engine.intake.refusal import Refusal
from engine.store.cursors.cursors import REDRIVE_LANE
from engine.store.dead_letters import entries
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import TERMS, Harness
from tests.integration.handlers.stories import meetings
from tests.support.given import meeting, quiz
from tests.verification.oracle.histories import NOW

LATER = IntakePolicy(clock=lambda: NOW + timedelta(days=3650))
FUTURE = meeting("m5", "ann", at="2027-01-01T00:00:00Z")


def _redrive(harness: Harness, number: int, terms: IntakePolicy = TERMS) -> Refusal | None:
    result = Redriven()
    redrive.redrive(harness.engine, [number], terms, result)
    return result.refused.get(number)


def _only_letter(harness: Harness) -> entries.DeadLetter:
    ((number,),) = harness.rows("SELECT id FROM dead_letters")
    with harness.transaction() as tx:
        entry = entries.get(tx, number)
    assert entry is not None
    return entry


def test_an_event_of_the_future_is_accepted_once_its_time_has_come(harness: Harness) -> None:
    harness.tell(*meetings(1, 4), FUTURE)
    letter = _only_letter(harness)
    assert (letter.refused.reason, letter.refused.value) == ("future", FUTURE)
    harness.messages()

    assert _redrive(harness, letter.id, LATER) is None

    assert harness.said() == ["+ ann momentum bronze"]
    assert _only_letter(harness).resolution == "redriven"
    lane = harness.cursors()[REDRIVE_LANE]
    assert (lane.next_offset, lane.counts.applied) == (1, 1)
    assert harness.rows("SELECT count(*) FROM ledger WHERE lane = -1") == [(1,)]
    agreement.check_measures(harness)


def test_redriven_twice_changes_nothing(harness: Harness) -> None:
    harness.tell(*meetings(1, 4), FUTURE)
    number = _only_letter(harness).id
    _redrive(harness, number, LATER)
    before = harness.dump()

    assert _redrive(harness, number, LATER) is None

    assert harness.dump() == before


def test_refused_again_it_stays_open_and_the_attempts_are_counted(harness: Harness) -> None:
    harness.tell(FUTURE)
    letter = _only_letter(harness)
    harness.messages()

    for _ in range(2):
        refusal = _redrive(harness, letter.id)
        assert refusal is not None
        assert refusal.reason == "future"

    again = _only_letter(harness)
    assert (again.attempts, again.resolution) == (3, None)
    assert again.refused == letter.refused
    assert again.first_seen == letter.first_seen
    assert harness.messages() == []
    assert harness.rows("SELECT count(*) FROM ledger") == [(0,)]


def test_told_meanwhile_in_the_same_words_it_is_a_duplicate(harness: Harness) -> None:
    harness.tell(FUTURE)
    harness.tell(FUTURE, terms=LATER)
    harness.messages()

    assert _redrive(harness, _only_letter(harness).id, LATER) is None

    assert harness.cursors()[REDRIVE_LANE].counts.duplicates == 1
    assert harness.messages() == []


def test_told_meanwhile_in_other_words_it_is_a_conflict(harness: Harness) -> None:
    harness.tell(quiz("q", "ann", at="2027-01-01T00:00:00Z"))
    harness.tell(quiz("q", "ann", at=2))

    refusal = _redrive(harness, _only_letter(harness).id, LATER)

    assert refusal is not None
    assert refusal.reason == "conflict"
    again = _only_letter(harness)
    assert (again.refused.reason, again.refused.detail) == (
        "conflict",
        "published before with other time; the first is kept",
    )
    assert (again.attempts, again.resolution) == (2, None)


def test_refused_again_by_another_engine_under_another_catalog_those_are_named(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(FUTURE)
    digest = _only_letter(harness).refused.catalog_digest
    harness.rows("UPDATE dead_letters SET catalog_digest = 'older' RETURNING id")
    monkeypatch.setattr(redrive, "VERSION", "99")
    assert _redrive(harness, _only_letter(harness).id) is not None
    again = _only_letter(harness)
    assert (again.engine_version, again.refused.catalog_digest) == ("99", digest)


def test_a_number_nobody_has_is_left_alone(harness: Harness) -> None:
    before = harness.dump()
    assert _redrive(harness, 12345) is None
    assert harness.dump() == before


def test_redriving_does_not_stop_for_a_flood(harness: Harness) -> None:
    harness.tell(*[b"nonsense"] * 500)
    numbers = [number for (number,) in harness.rows("SELECT id FROM dead_letters ORDER BY id")]
    for number in numbers[:3]:
        assert _redrive(harness, number) is not None
    assert harness.cursors()[REDRIVE_LANE].halted is None
