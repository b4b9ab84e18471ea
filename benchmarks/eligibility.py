"""What it takes to say whom stages may be given to: `python -m benchmarks.eligibility`.

A program under the catalog that ships as `recognition`, of mentors with 500 facts each in ten
loops: written to the ledger at once, as a worker leaves it, then read as `badge-engine eligible`
reads it: one mentor many times, and the whole program once.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.growth.cold import settle
from engine.catalog import loader
from engine.intake.parse import ParsedFact, parse_record
from engine.local.embedded_postgres import embedded_postgres
from engine.projections.participation import named
from engine.queries import eligibility
from engine.queries.snapshot import Reader
from engine.store.facts import ledger
from engine.store.facts.ledger import LedgerEntry
from engine.store.generations import live
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.store.projections import people
from events.instants import Instant

PROGRAM = "guild"
AS_OF = Instant("2026-10-01T00:00:00.000000Z")
LOOPS = 10
_ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")


def mentor(number: int) -> str:
    """The mentor of a number."""
    return f"mentor-{number:05d}"


def records(number: int) -> Iterator[bytes]:
    """500 facts of one mentor: 40 in each of ten loops, 100 without one."""
    random, who = Random(number), mentor(number)
    for loop in range(LOOPS):
        place = {"loop_id": f"{who}-{loop}", "cohort_id": f"cohort-{loop // 4}"}
        learner = f"learner-{number:05d}-{loop}"
        for kind, data in _in_loop(random, who, learner):
            yield _record(random, number, kind, {**place, **data})
    for kind, data in _outside(random, who):
        yield _record(random, number, kind, {"participant_id": who, **data})


def _record(random: Random, number: int, kind: str, data: dict[str, Any]) -> bytes:
    month, day, hour = random.randint(1, 24), random.randint(1, 28), random.randint(0, 23)
    time = f"{2024 + (month + 7) // 12}-{(month + 7) % 12 + 1:02}-{day:02}T{hour:02}:00:00Z"
    key = next(name for name in data if name.endswith("_id") and name not in _NO_KEYS)
    data[key] = f"{data[key]}-{number}-{random.getrandbits(48)}"
    event = {"specversion": "1.0", "id": "e", "source": "/guild", "type": f"mentoring.{kind}.v1"}
    return json.dumps({**event, "time": time, "data": {"program_id": PROGRAM, **data}}).encode()


_NO_KEYS = frozenset(
    ("loop_id", "cohort_id", "participant_id", "learner_id", "respondent_id", "panel_id",
     "course_id", "author_id", "about_id")
)  # fmt: skip


def _in_loop(random: Random, who: str, learner: str) -> Iterator[tuple[str, dict[str, Any]]]:
    pair = {"learner_id": learner, "mentor_ids": [who]}
    for _ in range(14):
        people_ = {"attendee_ids": [who, learner], "mentor_ids": [who]}
        yield "meeting.completed", {"meeting_id": "m", **people_}
    for phase in ("baseline", "interim", "final"):
        rows = {row: random.randint(1, 4) for row in _ROWS}
        how = {"rubric": "portfolio", "rubric_version": 1, "assessed_by": "independent"}
        what = {"phase": phase, "raters": 2, "track": "advanced", "total": sum(rows.values())}
        yield "portfolio.assessed", {"assessment_id": "a", **pair, **how, **what, **rows}
    for _ in range(8):
        result = {"due_on": "2025-01-01", "result": "on_time", "cause": "none"}
        yield "checkpoint.closed", {"checkpoint_id": "c", **pair, **result}
    for number in range(11):
        kinds = ("scoping_brief", "feedback_round", "narrative_edit", "exemplar", "reflection")
        what = {"kind": kinds[number % 5], "accepted_by": "learner"}
        yield (
            "deliverable.accepted",
            {"deliverable_id": "d", "participant_id": who, "learner_id": learner, **what},
        )
    for _ in range(4):
        about = {"survey": "mqs", "respondent_id": learner, "about_ids": [who]}
        answer = {"rating": random.randint(3, 5), "respondent_role": "mentee"}
        yield "survey.submitted", {"survey_id": "s", **about, **answer}


def _outside(random: Random, who: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number in range(36):
        ratings = {"a": random.randint(2, 4), "b": random.randint(2, 4)}
        panel = {"panel_id": f"p-{number // 3}", "seat": number % 3 + 1, "rubric": "practice"}
        score = sum(ratings.values()) / 2
        review = {"review_id": "r", "rubric_version": 1, "ratings": ratings, "score": score}
        yield "review.submitted", {**review, **panel}
    for number in range(20):
        given = {"author_id": f"author-{number}", "source": "learner"}
        yield "testimonial.given", {"testimonial_id": "t", **given}
    for number in range(20):
        kind = ("webinar", "guide", "peer_coaching")[number % 3]
        yield "contribution.made", {"contribution_id": "k", "kind": kind}
    for number in range(15):
        kind = ("clinic", "pedagogy", "rubric")[number % 3]
        course = {"course_id": f"course-{number}", "kind": kind, "credits": 2.5}
        yield "training.completed", {"completion_id": "x", **course}
    for number in range(9):
        kind = ("pairing", "panel", "calibration")[number % 3]
        yield "stewardship.recorded", {"record_id": "w", "kind": kind}


def build(url: str, mentors: int) -> int:
    """Write the program into an empty database; gives how many facts it has."""
    engine = connect(url, "badge-engine-bench")
    schema.migrate(engine)
    with transaction(engine) as tx:
        live.start(tx, loader.find("recognition"))
        tx.execute(
            "INSERT INTO programs (program, generation) "
            "SELECT %s, generation FROM default_generation", PROGRAM,
        )  # fmt: skip
    facts = 0
    waiting = iter(range(mentors))
    while numbers := list(islice(waiting, 50)):
        parsed = [_parsed(value) for number in numbers for value in records(number)]
        _write(engine, parsed)
        facts += len(parsed)
    engine.dispose()
    settle(url)
    return facts


def _parsed(value: bytes) -> ParsedFact:
    reading = parse_record(value, ())
    assert isinstance(reading, ParsedFact), reading
    return reading


def _write(engine: Engine, parsed: Iterable[ParsedFact]) -> None:
    facts = list(parsed)
    joined = {((PROGRAM, name), item.key.place) for item in facts for name in named((item.fact,))}
    with transaction(engine) as tx:
        ledger.append(
            tx, (LedgerEntry(item.key.place, item.key.fact, 0, 0, item.content) for item in facts)
        )
        people.begin_part(tx, 1, joined)


def one(engine: Engine, runs: int) -> float:
    """Milliseconds that one mentor's checklists need, the median of several mentors."""
    reader, needed = Reader(engine), []
    for number in range(runs + 1):
        began = time.perf_counter()
        with reader.snapshot() as snapshot:
            question = eligibility.current(snapshot, PROGRAM, AS_OF)
            lines = eligibility.of_person(snapshot, PROGRAM, mentor(number), question)
            assert len([line.as_json() for line in lines]) == 2
        needed.append((time.perf_counter() - began) * 1000)
    return median(needed[1:])  # the first reads the catalog


def whole(engine: Engine) -> tuple[float, float, int]:
    """Seconds, seconds of processor of this process, and lines of the whole program."""
    began, processor, lines = time.perf_counter(), time.process_time(), 0
    with Reader(engine).snapshot() as snapshot:
        question = eligibility.current(snapshot, PROGRAM, AS_OF)
        for line in eligibility.of_program(snapshot, PROGRAM, question):
            lines += bool(line.as_json())
    return time.perf_counter() - began, time.process_time() - processor, lines


def main() -> None:
    """Build the program, measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.eligibility", description=__doc__)
    parser.add_argument("--mentors", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=20, help="mentors that are read one by one")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    with embedded_postgres() as server:
        facts = build(server.url, given.mentors)
        engine = connect(server.url, "badge-engine-bench")
        milliseconds = one(engine, min(given.runs, given.mentors - 1))
        seconds, processor, lines = whole(engine)
        engine.dispose()
    figures = {
        "facts": facts,
        "lines": lines,
        "one mentor, ms": round(milliseconds, 1),
        "whole program, s": round(seconds, 2),
        "of that processor, s": round(processor, 2),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    table = Table("figure", "value", title=f"{given.mentors:,} mentors")
    for name, value in figures.items():
        table.add_row(name, f"{value:,}")
    Console().print(table)
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
