"""A flood of refusals stops its partition, durably; single bad records never do."""

import pytest

from engine.handlers.policy import IntakePolicy
from engine.intake.refusal import WHAT_HELPS
from engine.intake.refusal_window import RefusalLimit
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorMoved
from engine.store.cursors.halt import Halt, HaltKind
from tests.integration.handlers.harness import TERMS, TOPIC, Harness
from tests.support.given import meeting

BAD = b"nonsense"


def _good(number: int) -> list[bytes]:
    return [meeting(f"g{n}", "ann", at=1) for n in range(number)]


def test_a_fresh_partition_stops_at_its_500th_refusal_if_all_are_refused(harness: Harness) -> None:
    triage = harness.tell(*[BAD] * 800)
    assert triage.end == 500
    assert triage.halted is not None
    assert triage.halted.kind is HaltKind.REFUSAL_LIMIT
    assert triage.halted.text.startswith(
        "flood: 500 of the last 500 records refused, mostly malformed (500, offsets 0 to 499); "
        "stopped before offset 500."
    )
    (cursor, other, *_) = harness.cursors().values()
    assert (cursor.next_offset, cursor.counts.dead_letters) == (500, 500)
    assert cursor.halted == triage.halted
    assert other.halted is None
    assert harness.rows('SELECT count(*), max("offset") FROM dead_letters') == [(500, 499)]


def test_half_of_the_last_thousand_is_no_flood_and_one_more_is(harness: Harness) -> None:
    alternating = [value for good in _good(600) for value in (good, BAD)]
    for begin in range(0, 1200, 250):
        assert harness.tell(*alternating[begin : begin + 250]).halted is None

    halted = harness.tell(BAD).halted  # the window's oldest record is good, and goes
    assert halted is not None
    assert halted.text.startswith(
        "flood: 501 of the last 1000 records refused, mostly malformed (501,"
    )
    (cursor, *_) = harness.cursors().values()
    assert cursor.next_offset == 1201


def test_the_commonest_reason_is_that_of_the_window_not_of_the_last_batch(harness: Harness) -> None:
    few = IntakePolicy(TERMS.clock, refusal_limit=RefusalLimit(records=8, at_least=5))
    unread = [meeting(f"f{n}", "ann", at="2027-01-01T00:00:00Z") for n in range(3)]
    harness.tell(meeting("m", "ann"), unread[0], unread[1], terms=few)
    harness.tell(BAD, unread[2], partition=1, terms=few)  # of another partition: not counted
    harness.tell(meeting("n", "ann"), unread[2], terms=few)
    assert harness.tell(BAD, terms=few).halted is None

    halted = harness.tell(BAD, BAD, terms=few).halted

    assert halted is not None
    assert halted.text == (
        "flood: 5 of the last 7 records refused, mostly future (3, offsets 1 to 4); stopped "
        f"before offset 7. What helps: {WHAT_HELPS['future']}. See them by `badge-engine "
        "dead-letters list --partition 0 --topic mentoring.activity --reason future`, and then go "
        "on by `badge-engine dead-letters resume 0 --topic mentoring.activity`; where more are "
        "known to follow, `--until OFFSET` lets it pass them up to there"
    )


def test_what_lies_a_thousand_records_back_is_forgotten(harness: Harness) -> None:
    harness.tell(*[BAD] * 499)
    harness.tell(*_good(1000))
    assert harness.tell(*[BAD] * 500).halted is None
    assert harness.tell(BAD).halted is not None


def test_the_window_is_that_of_the_partition(harness: Harness) -> None:
    for partition in range(3):
        assert harness.tell(*[BAD] * 499, partition=partition).halted is None


def test_facts_before_the_flood_are_kept_and_those_behind_wait(harness: Harness) -> None:
    few = IntakePolicy(TERMS.clock, refusal_limit=RefusalLimit(records=4, at_least=2))
    told = [meeting("m1", "ann"), BAD, meeting("m2", "ann"), BAD, BAD, meeting("m3", "ann")]

    triage = harness.tell(*told, terms=few)

    assert (triage.end, triage.counts.applied, triage.counts.dead_letters) == (5, 2, 3)
    before = harness.dump()
    with pytest.raises(CursorMoved):
        harness.take(harness.batch(), few)
    with pytest.raises(CursorMoved):
        _take_from(harness, 5, [meeting("m3", "ann")], few)
    assert harness.dump() == before


def test_resumed_it_goes_on_where_it_stopped_with_an_empty_window(harness: Harness) -> None:
    few = IntakePolicy(TERMS.clock, refusal_limit=RefusalLimit(records=4, at_least=2))
    harness.tell(BAD, BAD, BAD, terms=few)

    with harness.transaction() as tx:
        assert cursors.resume(tx, TOPIC, 0)
        assert not cursors.resume(tx, TOPIC, 1)

    assert _take_from(harness, 2, [BAD], few) is None
    assert _take_from(harness, 3, [meeting("m1", "ann")], few) is None
    (cursor, *_) = harness.cursors().values()
    assert (cursor.next_offset, cursor.halted) == (4, None)
    counts = cursor.counts
    assert (counts.applied, counts.dead_letters) == (1, 3)


def test_refusals_before_the_offset_of_a_decision_stop_nothing(harness: Harness) -> None:
    few = IntakePolicy(TERMS.clock, refusal_limit=RefusalLimit(records=4, at_least=2))
    harness.tell(BAD, BAD, terms=few)
    with harness.transaction() as tx:
        assert cursors.resume(tx, TOPIC, 0, until=6)

    assert _take_from(harness, 2, [BAD, BAD, BAD], few) is None
    assert _take_from(harness, 5, [BAD, BAD], few) is None  # one of them counts
    halt = _take_from(harness, 7, [BAD, BAD], few)

    assert halt is not None
    assert halt.text.startswith("flood: 2 of the last 2 records refused, mostly malformed (2, off")
    (cursor, *_) = harness.cursors().values()
    assert (cursor.next_offset, cursor.counts.dead_letters) == (8, 8)


def test_a_decision_about_refusals_outlasts_another_halt(harness: Harness) -> None:
    few = IntakePolicy(TERMS.clock, refusal_limit=RefusalLimit(records=4, at_least=2))
    harness.tell(BAD, BAD, terms=few)
    with harness.transaction() as tx:
        assert cursors.resume(tx, TOPIC, 0, until=6)
        cursors.halt(tx, TOPIC, 0, 2, Halt(HaltKind.BUG, "bug: so it is"))
        assert cursors.resume(tx, TOPIC, 0)
    assert _take_from(harness, 2, [BAD] * 4, few) is None


def _take_from(
    harness: Harness, offset: int, values: list[bytes], terms: IntakePolicy
) -> Halt | None:
    harness.rewind(0, offset)
    return harness.tell(*values, terms=terms).halted
