"""What an answer of the read side takes in one large program: `python -m benchmarks.boards`.

The program has 5,000 loops, some 40,000 awards, and somebody who takes part in every loop. It is
processed by a worker's transactions, in one process and without Kafka. Then each answer is read
a number of times, each time in a transaction of its own, and timed.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.growth.cold import settle
from benchmarks.growth.timing import intake
from engine.local.embedded_postgres import embedded_postgres
from engine.queries import boards, person
from engine.queries.snapshot import Reader, Snapshot
from engine.store.postgres.connection import connect, transaction

PROGRAM = "program"
EVERYWHERE = "mentor"
"""Who takes part in every loop."""


class BoardTiming(NamedTuple):
    """An answer: the median milliseconds it took, and at most how many it may take."""

    name: str
    milliseconds: float
    goal: float
    runs: int


def loop_name(number: int) -> str:
    """The loop of a number."""
    return f"loop-{number:05d}"


def mentee(number: int) -> str:
    """Who takes part in the loop of a number, and in no other."""
    return f"mentee-{number:05d}"


def records(loops: int) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of each record: in every loop of three people, five meetings, two reflections
    and three kudos: eight awards."""
    for number in range(loops):
        name, pair = loop_name(number), (mentee(number), f"mate-{number:05d}")
        facts: list[tuple[str, dict[str, object]]] = [
            (
                "mentoring.meeting.completed.v1",
                {"meeting_id": f"m{n}", "attendee_ids": [EVERYWHERE, *pair]},
            )
            for n in range(5)
        ]
        facts += [
            (
                "mentoring.survey.submitted.v1",
                {
                    "survey_id": f"s{n}",
                    "survey": "post_meeting",
                    "meeting_id": "m0",
                    "respondent_id": who,
                    "about_ids": [EVERYWHERE],
                    "rating": 3,
                },
            )
            for n, who in enumerate(pair)
        ]
        facts += [
            (
                "mentoring.kudos.given.v1",
                {"kudos_id": f"k{n}", "giver_id": giver, "recipient_id": who, "kind": kind},
            )
            for n, (giver, who, kind) in enumerate(
                (
                    (EVERYWHERE, pair[0], "trust"),
                    (pair[0], pair[1], "creativity"),
                    (pair[1], EVERYWHERE, "commitment"),
                )
            )
        ]
        for n, (event_type, data) in enumerate(facts):
            value = {
                "specversion": "1.0",
                "id": f"{number}-{n}",
                "source": "/boards",
                "type": event_type,
                "time": f"2026-03-{1 + n:02d}T10:00:00Z",
                "data": {"program_id": PROGRAM, "loop_id": name, **data},
            }
            yield name.encode(), json.dumps(value).encode()


def build(url: str, loops: int) -> int:
    """Make the program in an empty database; gives the number of its awards."""
    with intake(url) as place:
        place.take(records(loops))
        with transaction(place.engine) as tx:
            row = tx.one("SELECT count(*) FROM awards WHERE standing")
    settle(url)
    assert row is not None
    return int(row[0])


def measure(engine: Engine, runs: int) -> Iterator[BoardTiming]:
    """Read each answer a number of times."""
    reader = Reader(engine)
    yield _time(reader, "one loop", 10, runs, lambda s, n: boards.of_loop(s, PROGRAM, loop_name(n)))
    yield _time(reader, "ordinary person", 3, runs, lambda s, n: person.read(s, PROGRAM, mentee(n)))
    yield _time(
        reader, "person in every loop", 60, runs, lambda s, _: person.read(s, PROGRAM, EVERYWHERE)
    )
    yield _time(reader, "whole program", 2_000, 3, lambda s, _: boards.of_program(s, PROGRAM))


def _time(
    reader: Reader, name: str, goal: float, runs: int, ask: Callable[[Snapshot, int], object]
) -> BoardTiming:
    took = []
    for number in range(runs + 1):
        began = time.perf_counter()
        with reader.snapshot() as snapshot:
            ask(snapshot, number)
        took.append((time.perf_counter() - began) * 1000)
    return BoardTiming(name, median(took[1:]), goal, runs)  # the first reads the catalog


def main() -> None:
    """Build the program, measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.boards", description=__doc__)
    parser.add_argument("--loops", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=50, help="of each answer")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    with embedded_postgres() as server:
        awards = build(server.url, given.loops)
        engine = connect(server.url, "badge-engine-bench")
        found = list(measure(engine, given.runs))
        engine.dispose()
    table = Table(title=f"{given.loops:,} loops, {awards:,} awards")
    for title in ("answer", "median ms", "goal ms"):
        table.add_column(title, justify="left" if title == "answer" else "right")
    for timing in found:
        table.add_row(timing.name, f"{timing.milliseconds:,.1f}", f"{timing.goal:,.0f}")
    Console().print(table)
    if given.json is not None:
        given.json.write_text(json.dumps([timing._asdict() for timing in found], indent=2) + "\n")


if __name__ == "__main__":
    main()
