"""What views read, timed in this process: no HTTP, no template."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks.boards import EVERYWHERE, PROGRAM, loop_name, mentee
from benchmarks.pages.program import as_role
from engine.store.postgres.connection import connect
from web.views import badges, loop_board
from web.views.moment import Moment, Readings

Ask = Callable[[Moment, int], object]

_READER = {"default_transaction_read_only": "on", "jit": "off"}


def _person(moment: Moment, number: int) -> object:
    return badges.read(moment, PROGRAM, mentee(number))


@contextmanager
def readings(url: str) -> Iterator[Readings]:
    """Where a web process reads, under its roles."""
    reader = connect(as_role(url, "badge_reader"), "badge-web-bench", _READER)
    people = connect(as_role(url, "badge_people"), "badge-web-bench", {"jit": "off"})
    try:
        yield Readings(reader, people)
    finally:
        reader.dispose()
        people.dispose()


@dataclass(frozen=True, slots=True)
class ReadTimes:
    """Median milliseconds of a read. `ratio`: an ordinary person's in the large program to that in
    the small one, read in turns."""

    person: float
    ratio: float
    everywhere: float
    board: float


def measure(large: Readings, small: Readings, small_loops: int, runs: int) -> ReadTimes:
    """Read each a number of times, after one that does not count."""
    in_large, in_small = _times([(large, _person, 1), (small, _person, small_loops)], runs)
    (everywhere,) = _times([(large, lambda m, _: badges.read(m, PROGRAM, EVERYWHERE), 1)], runs)
    (board,) = _times([(large, lambda m, n: loop_board.read(m, PROGRAM, loop_name(n)), 1)], runs)
    return ReadTimes(in_large, in_large / in_small, everywhere, board)


def _times(asked: Sequence[tuple[Readings, Ask, int]], runs: int) -> list[float]:
    """Median milliseconds of each, in turns. The last of each: of how many the number is taken, 1
    for all."""
    took: list[list[float]] = [[] for _ in asked]
    for number in range(runs + 1):
        for times, (where, ask, most) in zip(took, asked, strict=True):
            began = time.perf_counter()
            with where.moment() as moment:
                ask(moment, number % most if most > 1 else number)
            times.append((time.perf_counter() - began) * 1000)
    return [median(times[1:]) for times in took]
