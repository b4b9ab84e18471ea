"""A record on which the engine fails: what comes before it is taken in, and its partition stops."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from engine.handlers import batch_transaction
from engine.handlers import redrive as redriving
from engine.handlers.batch import Batch
from engine.handlers.redrive import Redriven, redrive
from engine.handlers.retry.isolate import RecordFailed
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorMoved
from engine.store.cursors.halt import Halt, HaltKind
from engine.tracebacks import traced
from engine.version import VERSION
from tests.integration.handlers.harness import TERMS, TOPIC, Harness
from tests.support.given import kudos, meeting

SECRET = "what only ben may read"

Breaks = Callable[[Batch], BaseException | None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Breaks], list[int]]:
    """Has taking in fail as told. Gives the sizes of the batches that were tried, as they come."""

    def fail(breaks: Breaks) -> list[int]:
        original, tried = batch_transaction.process_batches, []

        def take(tx: Any, generations: Any, told: Sequence[Batch], terms: Any) -> Any:
            tried.append(sum(len(batch.records) for batch in told))
            done = original(tx, generations, told, terms)  # as far as it may get
            for error in (breaks(batch) for batch in told):
                if error is not None:
                    raise error
            return done

        monkeypatch.setattr(batch_transaction, "process_batches", take)
        return tried

    return fail


def _on(name: str, error: BaseException | None = None) -> Breaks:
    """Fails on batches with the record that holds this, by an error that quotes it."""

    def breaks(batch: Batch) -> BaseException | None:
        there = any(name.encode() in (record.value or b"") for record in batch.records)
        return (error or KeyError(SECRET)) if there else None

    return breaks


def _told(number: int, bad: int) -> list[bytes]:
    told = [meeting(f"m{n}", "ann", at=1 + n % 28) for n in range(number)]
    told[bad] = kudos("the-bad-one", "ann", "ben", "trust", message=SECRET)
    return told


@pytest.mark.parametrize("bad", [0, 1, 299, 499])
def test_it_is_found_in_few_tries_and_what_comes_before_is_taken_in(
    harness: Harness, failing: Callable[[Breaks], list[int]], bad: int
) -> None:
    tried = failing(_on("the-bad-one"))

    with pytest.raises(RecordFailed) as failed:
        harness.taking().process(harness.batch(*_told(500, bad)))

    cursor, other, *_ = harness.cursors().values()
    assert (cursor.next_offset, cursor.counts.applied) == (bad, bad)
    assert cursor.halted == Halt(HaltKind.BUG, f"bug: KeyError at offset {bad}, engine {VERSION}")
    assert other.halted is None
    assert len(tried) <= 4 + math.ceil(math.log2(500))
    assert f"partition 0 offset {bad}: KeyError" in str(failed.value)
    assert "the partition is stopped there" in str(failed.value)


def test_nothing_of_what_it_holds_is_told(
    harness: Harness, failing: Callable[[Breaks], list[int]]
) -> None:
    failing(_on("the-bad-one"))

    with pytest.raises(RecordFailed) as failed:
        harness.taking().process(harness.batch(*_told(3, 1)))

    text = traced(failed.value)
    assert "test_record_that_fails.py" in text  # the place is told
    assert "KeyError" in text
    assert SECRET not in text + str(harness.cursors())


def test_nobody_fails_on_it_again_until_it_is_resumed(
    harness: Harness, failing: Callable[[Breaks], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batch_transaction, "process_batches", batch_transaction.process_batches)
        failing(_on("the-bad-one"))
        batch = harness.batch(*_told(5, 2))
        with pytest.raises(RecordFailed):
            harness.taking().process(batch)
    rest = replace(batch, start=2, records=batch.records[2:])

    with pytest.raises(CursorMoved):
        harness.taking().process(rest)
    harness.taking().process(harness.batch(meeting("x", "cat"), partition=1))  # the others go on

    with harness.transaction() as tx:
        assert cursors.resume(tx, TOPIC, 0)
    harness.taking().process(rest)  # with an engine in which it is mended
    assert harness.cursors()[0].counts.applied == 5


def test_holes_before_it_are_passed(
    harness: Harness, failing: Callable[[Breaks], list[int]]
) -> None:
    failing(_on("the-bad-one"))

    with pytest.raises(RecordFailed, match="offset 4"):
        harness.taking().process(harness.batch(*_told(4, 2), holes=[0, 2]))

    cursor = harness.cursors()[0]
    assert (cursor.next_offset, cursor.counts.holes, cursor.counts.applied) == (4, 2, 2)


def test_a_failure_that_does_not_come_again_stops_nothing(
    harness: Harness, failing: Callable[[Breaks], list[int]]
) -> None:
    once = iter([KeyError(SECRET)])
    failing(lambda _: next(once, None))
    before = harness.dump()

    with pytest.raises(KeyError):
        harness.taking().process(harness.batch(*_told(5, 2)))

    assert harness.dump() == before


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(28, "No space left on device"),
        psycopg.errors.UndefinedTable(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_no_records_doing_stops_nothing(
    harness: Harness, failing: Callable[[Breaks], list[int]], error: Exception
) -> None:
    tried = failing(_on("the-bad-one", error))
    before = harness.dump()

    with pytest.raises(type(error)):
        harness.taking().process(harness.batch(*_told(5, 2)))

    assert harness.dump() == before
    assert tried == [5]


def test_what_fails_without_any_record_stops_nothing(
    harness: Harness, failing: Callable[[Breaks], list[int]]
) -> None:
    tried = failing(lambda _: KeyError(SECRET))
    before = harness.dump()

    with pytest.raises(KeyError):
        harness.taking().process(harness.batch(*_told(5, 2)))

    assert harness.dump() == before
    assert tried == [5, 5, 0]


def test_what_is_too_much_for_the_database_is_a_records_and_not_waited_for(
    harness: Harness, failing: Callable[[Breaks], list[int]]
) -> None:
    failing(_on("the-bad-one", psycopg.errors.ProgramLimitExceeded()))

    with pytest.raises(RecordFailed, match="offset 2: ProgramLimitExceeded"):
        harness.taking().process(harness.batch(*_told(5, 2)))


def test_a_dead_letter_that_fails_is_named_and_the_next_one_redriven(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(meeting("a", "ann", at="2027-01-01T00:00:00Z"), b"{")
    numbers = [number for (number,) in harness.rows("SELECT id FROM dead_letters ORDER BY id")]
    original = redriving.redrive_entry

    def failing_first(tx: Any, generations: Any, entry: Any, policy: Any) -> Any:
        if entry.id == numbers[0]:
            raise KeyError(SECRET)
        return original(tx, generations, entry, policy)

    monkeypatch.setattr(redriving, "redrive_entry", failing_first)
    result = Redriven()
    redrive(harness.engine, numbers, TERMS, result)

    assert list(result.failed) == numbers[:1]
    assert result.failed[numbers[0]].startswith("KeyError")
    assert SECRET not in result.failed[numbers[0]]
    assert list(result.refused) == numbers[1:]
    assert harness.rows("SELECT attempts FROM dead_letters ORDER BY id") == [(1,), (2,)]
