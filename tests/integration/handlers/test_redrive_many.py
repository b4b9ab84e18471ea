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
from tests.integration.handlers.desk import TERMS, Desk
from tests.support.given import meeting, quiz
from tests.verification.oracle.histories import NOW

LATER = IntakePolicy(clock=lambda: NOW + timedelta(days=3650))
NEXT_YEAR = "2027-01-01T00:00:00Z"


def _of_the_future(number: int) -> list[bytes]:
    return [meeting(f"f{n}", "ann", f"p{n % 3}", at=NEXT_YEAR) for n in range(number)]


def _numbers(desk: Desk) -> list[int]:
    return [number for (number,) in desk.rows("SELECT id FROM dead_letters ORDER BY id")]


def _redrive(desk: Desk, numbers: Iterable[int], terms: IntakePolicy = LATER) -> Redriven:
    result = Redriven()
    redrive(desk.engine, numbers, terms, result)
    return result


def test_redriven_twice_nothing_changes_but_the_attempts_of_what_is_refused_again(
    desk: Desk,
) -> None:
    desk.tell(meeting("m1", "ann"), quiz("q", "ann", at=2))
    desk.tell(
        *_of_the_future(6),
        *(b"nonsense", quiz("q", "ann", at=3)),  # refused again as malformed, and as a conflict
        *(meeting("m1", "ann"), meeting("m2", "ann", attendee_ids=[])),
    )
    desk.tell(meeting("f1", "ann", "p1", at=NEXT_YEAR), terms=LATER)  # and one is a duplicate
    first = _redrive(desk, _numbers(desk))
    assert [len(first.accepted), len(first.refused), len(first.closed)] == [6, 3, 0]
    before = desk.dump()

    second = _redrive(desk, _numbers(desk))

    assert [len(second.accepted), len(second.refused), len(second.closed)] == [0, 3, 6]
    assert desk.rows("SELECT DISTINCT attempts FROM dead_letters ORDER BY 1") == [(1,), (3,)]
    desk.rows("UPDATE dead_letters SET attempts = 2 WHERE attempts = 3 RETURNING id")
    assert desk.dump() == before


def test_a_duplicate_of_what_was_told_meanwhile_counts_as_resolved(desk: Desk) -> None:
    desk.tell(*_of_the_future(2))
    desk.tell(*_of_the_future(1), terms=LATER)
    desk.messages()
    assert len(_redrive(desk, _numbers(desk)).accepted) == 2
    assert desk.rows("SELECT DISTINCT resolution FROM dead_letters") == [("redriven",)]
    counts = desk.cursors()[REDRIVE_LANE].counts
    assert (counts.applied, counts.duplicates) == (1, 1)


@pytest.mark.parametrize("backwards", [False, True], ids=["same order", "opposite orders"])
def test_two_that_redrive_at_once_take_each_in_once(desk: Desk, backwards: bool) -> None:
    desk.tell(*_of_the_future(40))
    orders = [_numbers(desk), _numbers(desk)[:: -1 if backwards else 1]]
    start = threading.Barrier(2)

    def work(order: list[int]) -> Redriven:
        start.wait(10)
        return _redrive(desk, order)

    with ThreadPoolExecutor(2) as threads:
        one, other = (done.result(60) for done in [threads.submit(work, order) for order in orders])

    assert sorted(one.accepted + other.accepted) == sorted(orders[0])
    assert sorted(one.closed + other.closed) == sorted(orders[0])
    lane = desk.cursors()[REDRIVE_LANE]
    assert (lane.next_offset, lane.counts.applied) == (40, 40)
    agreement.check_measures(desk)


def test_a_worker_that_is_told_the_same_fact_meanwhile_and_a_redrive_count_it_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [meeting(f"m{n}", "ann", at=1 + n) for n in range(4)] + _of_the_future(1)
    desk.tell(*values)
    desk.messages()
    monkeypatch.setattr(ledger, "append", _meeting_at(threading.Barrier(2), ledger.append))

    with ThreadPoolExecutor(2) as threads:
        told = threads.submit(
            BatchProcessor(desk.engine, LATER).take, desk.batch(values[-1], partition=1)
        )
        again = threads.submit(_redrive, desk, _numbers(desk))
        told.result(60)
        assert len(again.result(60).accepted) == 1

    lanes = desk.cursors()
    applied = [lanes[lane].counts.applied for lane in (1, REDRIVE_LANE)]
    duplicates = [lanes[lane].counts.duplicates for lane in (1, REDRIVE_LANE)]
    assert sorted(zip(applied, duplicates, strict=True)) == [(0, 1), (1, 0)]
    assert desk.said() == ["+ ann momentum bronze"]
    agreement.check_measures(desk)


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
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tell(*_of_the_future(5))
    numbers, result = _numbers(desk), Redriven()
    put = outbox.put

    def interrupted(*arguments: Any) -> None:
        put(*arguments)
        if len(result.accepted) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", interrupted)
        with pytest.raises(KeyboardInterrupt):
            redrive(desk.engine, numbers, LATER, result)

    assert result.accepted == numbers[:2]
    assert len(_redrive(desk, numbers).accepted) == 3
    assert desk.cursors()[REDRIVE_LANE].counts.applied == 5


def test_without_its_time_having_come_all_are_refused_again(desk: Desk) -> None:
    desk.tell(*_of_the_future(3))
    assert {r.reason for r in _redrive(desk, _numbers(desk), TERMS).refused.values()} == {"future"}
