"""Two workers, two partitions, the same people: whoever comes first, the result is the oracle's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random
from unittest.mock import patch

import pytest
from psycopg import errors

from engine.handlers.retry import attempts
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer
from tests.verification.oracle.reading import read
from tests.verification.oracle.wire_values import OracleRefusal

ROUNDS = 8


class Races:
    """Counts the races that were lost and run again, by kind."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def info(self, _event: str, **names: object) -> None:
        self.seen.append(str(names["race"]))


def _place(value: bytes) -> str:
    try:
        return "/".join(read(value, NOW).key[:3])
    except OracleRefusal:
        return ""


def _partitions(lines: list[bytes], random: Random, scattered: bool) -> list[list[bytes]]:
    """Two partitions: by place, as publishers do it, or each record anywhere."""
    names = {_place(line) for line in lines}
    of_place = {name: random.randrange(2) for name in sorted(names)}
    chosen = [random.randrange(2) if scattered else of_place[_place(line)] for line in lines]
    return [[line for line, n in zip(lines, chosen, strict=True) if n == k] for k in (0, 1)]


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("scattered", [False, True], ids=["by place", "scattered"])
def test_two_workers_give_what_the_oracle_gives(
    harness: Harness, seed: int, scattered: bool
) -> None:
    random = Random(seed)
    lines = history(seed + 1000, 300, loops=random.choice([2, 6]), people=3, conflicts=False)
    races = Races()
    start = threading.Barrier(2)

    def work(partition: int, values: list[bytes]) -> None:
        worker, mine = harness.taking(), Random(partition)
        start.wait(10)
        while values:
            size = mine.choice([1, 4, 10])
            worker.process(harness.batch(*values[:size], partition=partition))
            values = values[size:]

    parts = _partitions(lines, random, scattered)
    with patch.object(attempts, "log", races), ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work, n, part) for n, part in enumerate(parts)]:
            done.result(60)

    said = answer(lines, NOW)
    agreement.check_awards(harness, said)
    agreement.check_measures(harness)
    agreement.check_counters(harness, said.report)
    agreement.check_proofs(harness)
    agreement.check_messages(harness, harness.hear())
    assert errors.DeadlockDetected.__name__ not in races.seen
