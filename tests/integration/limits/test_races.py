"""Workers and redrives that meet at the same people: whoever looks at logs and exit codes sees
nothing of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from engine.handlers.redrive import Redriven, redrive
from engine.handlers.retry import attempts
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import TERMS, Harness
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


class Log:
    """The levels of what is logged."""

    def __init__(self) -> None:
        self.levels: set[str] = set()

    def __getattr__(self, level: str) -> Callable[..., None]:
        return lambda *_, **__: self.levels.add(level)


@pytest.mark.parametrize("seed", range(3))
def test_races_are_lost_and_won_without_a_word(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    log = Log()
    monkeypatch.setattr(attempts, "log", log)
    lines = history(seed + 7_000, 400, programs=1, loops=2, people=3, conflicts=False, bad=0)
    too_early = replace(TERMS, clock=lambda: NOW - timedelta(days=9_000))
    harness.tell(*lines[::2], partition=3, terms=replace(too_early, refusal_limit=None))
    numbers = [number for (number,) in harness.rows("SELECT id FROM dead_letters ORDER BY id")]
    assert numbers, "nothing was refused that could be redriven"
    redriven = [Redriven(), Redriven()]

    def work(partition: int, values: list[bytes]) -> None:
        worker, mine = harness.taking(), Random(partition)
        while values:
            size = mine.choice([1, 3, 8])
            worker.process(harness.batch(*values[:size], partition=partition))
            values = values[size:]

    rest = lines[1::2]
    with ThreadPoolExecutor(5) as threads:
        done = [threads.submit(work, number, rest[number::3]) for number in range(3)]
        for half, result in enumerate(redriven):
            mine = numbers[half::2]
            done.append(threads.submit(redrive, harness.engine, mine, TERMS, result))
        for future in done:
            future.result(120)

    assert log.levels <= {"info"}
    assert sorted(redriven[0].accepted + redriven[1].accepted) == numbers
    agreement.check_awards(harness, answer(lines, NOW))
    agreement.check_measures(harness)
    agreement.check_proofs(harness)
