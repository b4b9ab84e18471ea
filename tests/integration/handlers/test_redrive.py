"""A dead letter given again to the same rules, in a lane of its own."""

from datetime import timedelta

import pytest

from engine.handlers import batch_transaction
from engine.handlers.policy import IntakePolicy
from engine.intake.refusal import Refusal
from engine.store.cursors.cursors import REDRIVE_LANE
from engine.store.dead_letters import entries
from tests.integration.handlers import agreement
from tests.integration.handlers.desk import TERMS, Desk
from tests.integration.handlers.stories import meetings
from tests.support.given import meeting, quiz
from tests.verification.oracle.histories import NOW

LATER = IntakePolicy(clock=lambda: NOW + timedelta(days=3650))
FUTURE = meeting("m5", "ann", at="2027-01-01T00:00:00Z")


def _redrive(desk: Desk, number: int, terms: IntakePolicy = TERMS) -> Refusal | None:
    with desk.transaction() as tx:
        return batch_transaction.redrive(tx, desk.generations, number, terms)


def _only_letter(desk: Desk) -> entries.DeadLetter:
    ((number,),) = desk.rows("SELECT id FROM dead_letters")
    with desk.transaction() as tx:
        entry = entries.get(tx, number)
    assert entry is not None
    return entry


def test_an_event_of_the_future_is_accepted_once_its_time_has_come(desk: Desk) -> None:
    desk.tell(*meetings(1, 4), FUTURE)
    letter = _only_letter(desk)
    assert (letter.refused.reason, letter.refused.value) == ("future", FUTURE)
    desk.messages()

    assert _redrive(desk, letter.id, LATER) is None

    assert desk.said() == ["+ ann momentum bronze"]
    assert _only_letter(desk).resolution == "redriven"
    lane = desk.cursors()[REDRIVE_LANE]
    assert (lane.next_offset, lane.counts.applied) == (1, 1)
    assert desk.rows("SELECT count(*) FROM ledger WHERE lane = -1") == [(1,)]
    agreement.check_measures(desk)


def test_redriven_twice_changes_nothing(desk: Desk) -> None:
    desk.tell(*meetings(1, 4), FUTURE)
    number = _only_letter(desk).id
    _redrive(desk, number, LATER)
    before = desk.dump()

    assert _redrive(desk, number, LATER) is None

    assert desk.dump() == before


def test_refused_again_it_stays_open_and_the_attempts_are_counted(desk: Desk) -> None:
    desk.tell(FUTURE)
    letter = _only_letter(desk)
    desk.messages()

    for _ in range(2):
        refusal = _redrive(desk, letter.id)
        assert refusal is not None
        assert refusal.reason == "future"

    again = _only_letter(desk)
    assert (again.attempts, again.resolution) == (3, None)
    assert again.refused == letter.refused
    assert again.first_seen == letter.first_seen
    assert desk.messages() == []
    assert desk.rows("SELECT count(*) FROM ledger") == [(0,)]


def test_told_meanwhile_in_the_same_words_it_is_a_duplicate(desk: Desk) -> None:
    desk.tell(FUTURE)
    desk.tell(FUTURE, terms=LATER)
    desk.messages()

    assert _redrive(desk, _only_letter(desk).id, LATER) is None

    assert desk.cursors()[REDRIVE_LANE].counts.duplicates == 1
    assert desk.messages() == []


def test_told_meanwhile_in_other_words_it_is_a_conflict(desk: Desk) -> None:
    desk.tell(quiz("q", "ann", at="2027-01-01T00:00:00Z"))
    desk.tell(quiz("q", "ann", at=2))

    refusal = _redrive(desk, _only_letter(desk).id, LATER)

    assert refusal is not None
    assert refusal.reason == "conflict"
    again = _only_letter(desk)
    assert (again.refused.reason, again.refused.detail) == (
        "conflict",
        "told before with other time; the first stands",
    )
    assert (again.attempts, again.resolution) == (2, None)


def test_refused_again_by_another_engine_under_another_catalog_those_are_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tell(FUTURE)
    digest = _only_letter(desk).refused.catalog_digest
    desk.rows("UPDATE dead_letters SET catalog_digest = 'older' RETURNING id")
    monkeypatch.setattr(batch_transaction, "VERSION", "99")
    assert _redrive(desk, _only_letter(desk).id) is not None
    again = _only_letter(desk)
    assert (again.engine_version, again.refused.catalog_digest) == ("99", digest)


def test_a_number_nobody_has_is_left_alone(desk: Desk) -> None:
    before = desk.dump()
    assert _redrive(desk, 12345) is None
    assert desk.dump() == before


def test_redriving_does_not_stop_for_a_flood(desk: Desk) -> None:
    desk.tell(*[b"nonsense"] * 500)
    numbers = [number for (number,) in desk.rows("SELECT id FROM dead_letters ORDER BY id")]
    for number in numbers[:3]:
        assert _redrive(desk, number) is not None
    assert desk.cursors()[REDRIVE_LANE].halted is None
