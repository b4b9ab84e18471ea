"""What views read, timed in this process: no HTTP, no template."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from benchmarks.boards import EVERYWHERE, PROGRAM, loop_name, mentee
from benchmarks.pages.program import as_role
from engine.store.postgres.connection import connect
from web.reports.days import ReportDays
from web.reports.program_reports import ProgramReports
from web.views import badges, loop_board
from web.views.moment import Moment, Readings

Ask = Callable[[Moment, int], object]

_READER = {"default_transaction_read_only": "on", "jit": "off"}


def _person(moment: Moment, number: int) -> object:
    return badges.read(moment, PROGRAM, mentee(number))


@dataclass(frozen=True, slots=True)
class ReportTimes:
    """Median milliseconds: of a report, of the list of people and of who is near when computed,
    and of a report and of who is near when kept."""

    report: float
    people: float
    near: float
    kept_report: float
    kept_near: float


def measure_reports(where: Readings, runs: int) -> ReportTimes:
    """Ask each a number of times, a minute apart, and then as often within it."""
    now = datetime(2026, 4, 1, tzinfo=UTC)
    clock = [now]
    reports = ProgramReports(where, lambda: clock[0])
    days = ReportDays(date(2025, 10, 1), date(2026, 3, 31), "UTC")
    asked: list[Callable[[], object]] = [
        lambda: reports.report(PROGRAM, days),
        lambda: reports.people(PROGRAM),
        lambda: reports.near(PROGRAM),
    ]

    def timed(ask: Callable[[], object], apart: timedelta) -> float:
        took = []
        for _ in range(runs + 1):
            clock[0] += apart
            began = time.perf_counter()
            ask()
            took.append((time.perf_counter() - began) * 1000)
        return median(took[1:])

    computed = [timed(ask, timedelta(minutes=1)) for ask in asked]
    kept = [timed(ask, timedelta()) for ask in (asked[0], asked[2])]
    return ReportTimes(*computed, *kept)


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
    the small one, read in turns. `least`: of an ordinary person's, which other load changes
    least."""

    person: float
    least: float
    ratio: float
    everywhere: float
    board: float


def measure(large: Readings, small: Readings, small_loops: int, runs: int) -> ReadTimes:
    """Read each a number of times, after one that does not count."""
    in_large, in_small = _times([(large, _person, None), (small, _person, small_loops)], runs)
    (everywhere,) = _times([(large, lambda m, _: badges.read(m, PROGRAM, EVERYWHERE), None)], runs)
    (board,) = _times([(large, lambda m, n: loop_board.read(m, PROGRAM, loop_name(n)), None)], runs)
    return ReadTimes(
        person=median(in_large),
        least=min(in_large),
        ratio=median(in_large) / median(in_small),
        everywhere=median(everywhere),
        board=median(board),
    )


def _times(asked: Sequence[tuple[Readings, Ask, int | None]], runs: int) -> list[list[float]]:
    """Milliseconds of each run of each, in turns. The last of each: how many loops there are to
    ask about, where that is fewer than runs."""
    took: list[list[float]] = [[] for _ in asked]
    for number in range(runs + 1):
        for times, (where, ask, most) in zip(took, asked, strict=True):
            began = time.perf_counter()
            with where.moment() as moment:
                ask(moment, number % most if most else number)
            times.append((time.perf_counter() - began) * 1000)
    return [times[1:] for times in took]
