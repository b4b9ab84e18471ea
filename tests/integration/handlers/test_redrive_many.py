"""Many dead letters redriven: twice, by two at once, and while a worker is told the same."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from engine.handlers.policy import IntakePolicy
from engine.handlers.redrive import Redriven, redrive
from engine.handlers.retry.isolate import BatchProcessor
from engine.store.awards import outbox
from engine.store.cursors.cursors import REDRIVE_LANE
from engine.store.facts import ledger
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import TERMS, Harness
from tests.support.given import meeting, quiz
from tests.verification.oracle.histories import NOW

LATER = IntakePolicy(clock=lambda: NOW + timedelta(days=3650))
NEXT_YEAR = "2027-01-01T00:00:00Z"


def _of_the_future(number: int) -> list[bytes]:
    return [meeting(f"f{n}", "ann", f"p{n % 3}", at=NEXT_YEAR) for n in range(number)]


def _numbers(harness: Harness) -> list[int]:
    return [number for (number,) in harness.rows("SELECT id FROM dead_letters ORDER BY id")]


def _redrive(harness: Harness, numbers: Iterable[int], terms: IntakePolicy = LATER) -> Redriven:
    result = Redriven()
    redrive(harness.engine, numbers, terms, result)
    return result


def test_redriven_twice_nothing_changes_but_the_attempts_of_what_is_refused_again(
    harness: Harness,
) -> None:
    harness.tell(meeting("m1", "ann"), quiz("q", "ann", at=2))
    harness.tell(
        *_of_the_future(6),
        *(b"nonsense", quiz("q", "ann", at=3)),  # refused again as malformed, and as a conflict
        *(meeting("m1", "ann"), meeting("m2", "ann", attendee_ids=[])),
    )
    harness.tell(meeting("f1", "ann", "p1", at=NEXT_YEAR), terms=LATER)  # and one is a duplicate
    first = _redrive(harness, _numbers(harness))
    assert [len(first.accepted), len(first.refused), len(first.closed)] == [6, 3, 0]
    before = harness.dump()

    second = _redrive(harness, _numbers(harness))

    assert [len(second.accepted), len(second.refused), len(second.closed)] == [0, 3, 6]
    assert harness.rows("SELECT DISTINCT attempts FROM dead_letters ORDER BY 1") == [(1,), (3,)]
    harness.rows("UPDATE dead_letters SET attempts = 2 WHERE attempts = 3 RETURNING id")
    assert harness.dump() == before


def test_a_duplicate_of_what_was_told_meanwhile_counts_as_resolved(harness: Harness) -> None:
    harness.tell(*_of_the_future(2))
    harness.tell(*_of_the_future(1), terms=LATER)
    harness.messages()
    assert len(_redrive(harness, _numbers(harness)).accepted) == 2
    assert harness.rows("SELECT DISTINCT resolution FROM dead_letters") == [("redriven",)]
    counts = harness.cursors()[REDRIVE_LANE].counts
    assert (counts.applied, counts.duplicates) == (1, 1)


@pytest.mark.parametrize("backwards", [False, True], ids=["same order", "opposite orders"])
def test_two_that_redrive_at_once_take_each_in_once(harness: Harness, backwards: bool) -> None:
    harness.tell(*_of_the_future(40))
    orders = [_numbers(harness), _numbers(harness)[:: -1 if backwards else 1]]
    start = threading.Barrier(2)

    def work(order: list[int]) -> Redriven:
        start.wait(10)
        return _redrive(harness, order)

    with ThreadPoolExecutor(2) as threads:
        one, other = (done.result(60) for done in [threads.submit(work, order) for order in orders])

    assert sorted(one.accepted + other.accepted) == sorted(orders[0])
    assert sorted(one.closed + other.closed) == sorted(orders[0])
    lane = harness.cursors()[REDRIVE_LANE]
    assert (lane.next_offset, lane.counts.applied) == (40, 40)
    agreement.check_measures(harness)


def test_a_worker_that_is_told_the_same_fact_meanwhile_and_a_redrive_count_it_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [meeting(f"m{n}", "ann", at=1 + n) for n in range(4)] + _of_the_future(1)
    harness.tell(*values)
    harness.messages()
    monkeypatch.setattr(ledger, "append", _meeting_at(threading.Barrier(2), ledger.append))

    with ThreadPoolExecutor(2) as threads:
        told = threads.submit(
            BatchProcessor(harness.engine, LATER).process, harness.batch(values[-1], partition=1)
        )
        again = threads.submit(_redrive, harness, _numbers(harness))
        told.result(60)
        assert len(again.result(60).accepted) == 1

    lanes = harness.cursors()
    applied = [lanes[lane].counts.applied for lane in (1, REDRIVE_LANE)]
    duplicates = [lanes[lane].counts.duplicates for lane in (1, REDRIVE_LANE)]
    assert sorted(zip(applied, duplicates, strict=True)) == [(0, 1), (1, 0)]
    assert harness.said() == ["+ ann momentum bronze"]
    agreement.check_measures(harness)


def _meeting_at(barrier: threading.Barrier, append: Callable[..., Any]) -> Callable[..., Any]:
    """The first two that get here wait for each other: neither has seen the other's fact."""
    first_time: set[int] = set()

    def meeting_there(*arguments: Any) -> Any:
        if threading.get_ident() not in first_time:
            first_time.add(threading.get_ident())
            barrier.wait(10)
        return append(*arguments)

    return meeting_there


def test_an_interruption_in_the_middle_leaves_the_rest_as_it_was(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(*_of_the_future(5))
    numbers, result = _numbers(harness), Redriven()
    put = outbox.put

    def interrupted(*arguments: Any) -> None:
        put(*arguments)
        if len(result.accepted) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", interrupted)
        with pytest.raises(KeyboardInterrupt):
            redrive(harness.engine, numbers, LATER, result)

    assert result.accepted == numbers[:2]
    assert len(_redrive(harness, numbers).accepted) == 3
    assert harness.cursors()[REDRIVE_LANE].counts.applied == 5


def test_without_its_time_having_come_all_are_refused_again(harness: Harness) -> None:
    harness.tell(*_of_the_future(3))
    assert {r.reason for r in _redrive(harness, _numbers(harness), TERMS).refused.values()} == {
        "future"
    }
