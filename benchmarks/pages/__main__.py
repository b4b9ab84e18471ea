"""Measures the pages of one large program, and compares with what they must do anyway.

The program has 5,000 loops, 40,000 awards and somebody who takes part in every loop. Reads are
timed in this process; the Kudos page of an ordinary person is then asked for over HTTP, as fast as
eight connections can, in turns with an endpoint that gives PostgreSQL the same statements and
answers "ok", and with one that does nothing.
"""

import argparse
import asyncio
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

import httpx
from sqlalchemy import create_engine, make_url, text

from benchmarks.boards import PROGRAM, mentee
from benchmarks.pages import load, page_figures, program, reading, weight
from benchmarks.pages.page_figures import Figures, PageFigure
from benchmarks.pages.process import COOKIE, WebProcess, environment, web_process
from benchmarks.pages.recording import Asked, recorded
from benchmarks.pages.server import EMPTY, SAME_SQL
from engine.local.embedded_postgres import embedded_postgres
from web import bootstrap, settings
from web.surfaces import people

_SMALL = 50
_WHO = mentee(7)
_KUDOS = f"/p/{PROGRAM}/kudos"
_PAGES = {
    "kudos": _KUDOS,
    "badge": f"{_KUDOS}/momentum",
    "highlights": f"/p/{PROGRAM}/highlights",
    "summary": f"/p/{PROGRAM}/people/{mentee(8)}",
    "settings": f"/p/{PROGRAM}/settings",
}


def statements(url: str, cookie: str, port: int) -> dict[str, list[Asked]]:
    """What each page asks of PostgreSQL, when it is asked for a second time."""
    found: dict[str, list[Asked]] = {}
    with patch.dict("os.environ", environment(url, port)):
        loaded = settings.load()
    with bootstrap.pools(loaded) as pools:
        pages = people.application(loaded, pools, bootstrap.readiness(pools, loaded))

        async def visit() -> None:
            name, _, value = cookie.partition("=")
            assert name == COOKIE
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(pages),
                base_url=f"http://127.0.0.1:{port}",
                cookies={name: value},
            ) as browser:
                for page, path in _PAGES.items():
                    await browser.get(path)
                    with recorded() as asked:
                        answer = await browser.get(path)
                    assert answer.status_code == 200, (path, answer.status_code)
                    found[page] = asked

        asyncio.run(visit())
    return found


def throughput(web: WebProcess, cookie: str, rounds: int, seconds: float) -> Figures:
    """The Kudos page, the same SQL and nothing, in turns: medians of the rounds."""
    asked = {
        "kudos": load.request(_KUDOS, web.host, cookie),
        "sql": load.request(SAME_SQL, web.host),
        "empty": load.request(EMPTY, web.host),
    }
    for bytes_ in asked.values():
        load.drive(web.address, bytes_, 1.0)
    rates: dict[str, list[float]] = {name: [] for name in asked}
    costs: dict[str, list[float]] = {name: [] for name in asked}
    client: list[float] = []
    for _ in range(rounds):
        for name, bytes_ in asked.items():
            used = web.processor_seconds()
            came = load.drive(web.address, bytes_, seconds)
            costs[name].append((web.processor_seconds() - used) / came.requests * 1000)
            rates[name].append(came.per_second)
            client.append(came.client_us)

    def ratio(other: str) -> float:
        return median(a / b for a, b in zip(rates["kudos"], rates[other], strict=True))

    return {
        "kudos_page_requests_a_second": PageFigure(median(rates["kudos"])),
        "same_sql_requests_a_second": PageFigure(median(rates["sql"])),
        "empty_requests_a_second": PageFigure(median(rates["empty"])),
        "kudos_page_to_same_sql": PageFigure(ratio("sql"), 0.70, more=True),
        "kudos_page_to_empty": PageFigure(ratio("empty")),
        "kudos_page_process_ms": PageFigure(median(costs["kudos"])),
        "same_sql_process_ms": PageFigure(median(costs["sql"])),
        "empty_process_ms": PageFigure(median(costs["empty"])),
        "load_generator_us_a_request": PageFigure(median(client)),
    }


def reads(large: str, small: str, runs: int) -> Figures:
    """Reads of both programs."""
    with reading.readings(large) as of_large, reading.readings(small) as of_small:
        times = reading.measure(of_large, of_small, _SMALL, runs)
        reports = reading.measure_reports(of_large, min(runs, 9))
    return {
        "read_ordinary_person_ms": PageFigure(times.person, 3),
        "read_ordinary_person_least_ms": PageFigure(times.least),
        f"read_ordinary_person_to_{_SMALL}_loops": PageFigure(times.ratio, 1.3),
        "read_person_of_all_loops_ms": PageFigure(times.everywhere, 60),
        "read_loop_board_ms": PageFigure(times.board, 10),
        "report_ms": PageFigure(reports.report, 250),
        "people_ms": PageFigure(reports.people),
        "near_ms": PageFigure(reports.near, 2_000),
        "report_kept_ms": PageFigure(reports.kept_report, 5),
        "near_kept_ms": PageFigure(reports.kept_near, 5),
    }


@contextmanager
def another_database(url: str, name: str) -> Iterator[str]:
    """An empty database of the same server; it goes with the server."""
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administrator.dispose()
    yield make_url(url).set(database=name).render_as_string(hide_password=False)


def measure(loops: int, runs: int, rounds: int, seconds: float) -> Figures:
    """Build both programs, and measure."""
    with ExitStack() as stack:
        server = stack.enter_context(embedded_postgres())
        small = stack.enter_context(another_database(server.url, "small"))
        awards = program.build(server.url, loops)
        program.build(small, _SMALL)
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "statements"
        web = stack.enter_context(web_process(server.url, file))
        cookie = web.signed_in(_WHO)
        asked = statements(server.url, cookie, web.address[1])
        file.write_bytes(pickle.dumps(asked["kudos"]))
        weights = weight.weigh(web.address, _KUDOS, cookie)
        return {
            "awards": PageFigure(awards),
            **{f"statements_{page}": PageFigure(len(all_), 8) for page, all_ in asked.items()},
            **reads(server.url, small, runs),
            **throughput(web, cookie, rounds, seconds),
            "web_process_peak_mb": PageFigure(web.peak_mb(), 200),
            "kudos_html_kb": PageFigure(weights.html / 1000, 30),
            "first_visit_kb": PageFigure(weights.first / 1000, 170),
            "return_visit_kb": PageFigure(weights.again / 1000, 35),
        }


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--loops", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=100, help="of each read")
    parser.add_argument("--rounds", type=int, default=9, help="of each endpoint")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    figures = measure(given.loops, given.runs, given.rounds, given.seconds)
    page_figures.show(f"pages of a program with {given.loops:,} loops", figures)
    if given.json is not None:
        page_figures.write(given.json, figures)


if __name__ == "__main__":
    main()
