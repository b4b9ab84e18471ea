"""A replay under live load: what a build does to latency, and what a cutover does to awards.

A backlog is processed first, so that there is something to fold. Then events are published at a
rate without a pause: for a while nothing else happens, then a generation with momentum bronze at 4
is built, approved and switched to, by the commands that an operator uses. In the end every message
is looked at: revisions without a gap or a repeat, and what is held is what a cold fold of the
ledger gives.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice, takewhile
from pathlib import Path

import msgspec
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.history import Record, history
from benchmarks.load import Load
from benchmarks.pace import Times, hearing, percentile, publish, wait_until_heard
from benchmarks.worker import running
from engine import bootstrap, settings
from engine.audit import drift
from engine.catalog import loader
from engine.local import broker, database
from engine.queries.snapshot import snapshot
from engine.settings import Settings
from engine.store.awards import awards
from engine.store.postgres.connection import transaction

_CALM_SECONDS = 15.0
_AFTER_SECONDS = 5.0
_BRONZE = "bronze: {at_least: {meetings_attended: %d}}"


@dataclass(frozen=True, slots=True)
class MeasuredLiveReplay:
    """Milliseconds from publishing to the award on the topic: p50, p99 and the longest."""

    backlog: int
    rate: float
    reached: float
    workers: int
    build_seconds: float
    cutover_seconds: float
    calm: tuple[float, ...]
    build: tuple[float, ...]
    cutover: tuple[float, ...]
    printed: str
    messages: int
    wrong: tuple[str, ...]


def main() -> None:
    """Run and print; exit 1 if an award was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backlog", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=2_000.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--max-rate", type=int, default=None, help="facts a second of the build")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    measured = measure(given.backlog, given.rate, given.workers, given.max_rate)
    _show(measured)
    if given.json is not None:
        given.json.write_text(json.dumps(asdict(measured), indent=2) + "\n")
    sys.exit(bool(measured.wrong))


def measure(backlog: int, rate: float, workers: int, max_rate: int | None) -> MeasuredLiveReplay:
    """One run on parts of its own."""
    with (
        broker(None) as kafka,
        database(None) as postgres,
        tempfile.TemporaryDirectory() as folder,
    ):
        loaded = settings.load().model_copy(
            update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(postgres.url)}
        )
        bootstrap.migrate(loaded)
        records = history(Load(events=backlog + int(rate * 600), duplicates=0, loops=backlog // 10))
        times = Times()
        with (
            running(loaded, workers),
            hearing(loaded.bootstrap, loaded.awards_topic, times) as all_,
        ):
            publish(loaded.bootstrap, loaded.activity_topic, islice(records, backlog), 1e9, times)
            wait_until_heard(times, 600)
            times.sent.clear()
            live = _Live(loaded, records, rate, times)
            with live, bootstrap.database(loaded) as engine:
                time.sleep(_CALM_SECONDS)
                marks = [time.perf_counter()]
                number = _commands(loaded, Path(folder), max_rate, marks)
                time.sleep(_AFTER_SECONDS)
            wait_until_heard(times)
            time.sleep(1)  # what else is published about the last events
        with bootstrap.database(loaded, patient=True) as engine:
            wrong = (*_wrong(engine, all_), *_drift(engine))
        built, ready, over = marks[1] - marks[0], marks[2], marks[3]
        spans = [(0.0, marks[0]), (marks[0], marks[1]), (ready, over + 1)]
        figures = [_summary(times.latencies(*span)) for span in spans]
        return MeasuredLiveReplay(
            backlog, rate, live.reached, workers, round(built, 2), round(over - ready, 2),
            figures[0], figures[1], figures[2], number, len(all_), wrong,
        )  # fmt: skip


class _Live:
    """Somebody who publishes until the block is left."""

    def __init__(
        self, loaded: Settings, records: Iterator[Record], rate: float, times: Times
    ) -> None:
        self._over = threading.Event()
        self.reached = 0.0

        def work() -> None:
            until = takewhile(lambda _: not self._over.is_set(), records)
            self.reached = publish(loaded.bootstrap, loaded.activity_topic, until, rate, times)

        self._thread = threading.Thread(target=work)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _commands(loaded: Settings, folder: Path, max_rate: int | None, marks: list[float]) -> str:
    """Plan and build, approve, cut over; notes when each was done. Gives what cutover printed."""
    catalog = folder / "four.yaml"
    text = loader.find(loaded.catalog).text
    assert text.count(_BRONZE % 5) == 1
    catalog.write_text(text.replace(_BRONZE % 5, _BRONZE % 4))
    number = _replay(loaded, "plan", "--catalog", str(catalog)).split()[-1]
    slow = ["--max-rate", str(max_rate)] if max_rate else []
    _replay(loaded, "build", number, *slow)
    marks.append(time.perf_counter())
    _replay(loaded, "approve", number, "--by", "benchmark", "--reason", "bronze at four")
    marks.append(time.perf_counter())
    printed = _replay(loaded, "cutover", number, "--tolerance", "1")
    marks.append(time.perf_counter())
    return printed.strip()


def _replay(loaded: Settings, *arguments: str) -> str:
    environment = os.environ | {"DATABASE_URL": loaded.database}
    command = [sys.executable, "-m", "replay.cli", *arguments]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(arguments)}: {run.stderr}")
    return run.stdout


def _wrong(engine: Engine, values: list[bytes]) -> list[str]:
    """Awards of which a revision was not published, or with another content; or that the topic has
    otherwise than the database."""
    published: dict[str, dict[int, bytes]] = defaultdict(dict)
    wrong = []
    for value in values:
        event = msgspec.json.decode(value)
        data = event["data"]
        if "award_id" not in data:
            continue
        before = published[data["award_id"]].setdefault(data["revision"], value)
        if before != value:
            wrong.append(f"award {data['award_id']} revision {data['revision']}: two messages")
    standing = set()
    for number, revisions in published.items():
        if sorted(revisions) != list(range(1, len(revisions) + 1)):
            wrong.append(f"award {number}: revisions {sorted(revisions)}")
        if b"badge.awarded" in revisions[max(revisions)]:
            standing.add(number)
    with transaction(engine) as tx:
        stored = {item.award.id for item in awards.standing(tx)}
    wrong += [f"award {number}: held in one place only" for number in standing ^ stored]
    return wrong


def _drift(engine: Engine) -> list[str]:
    with snapshot(engine) as tx:
        return drift.audit(tx, facts_at_most=10_000_000).drift


def _summary(milliseconds: list[float]) -> tuple[float, ...]:
    return (
        round(percentile(milliseconds, 0.5), 1),
        round(percentile(milliseconds, 0.99), 1),
        round(milliseconds[-1], 1),
        len(milliseconds),
    )


def _show(measured: MeasuredLiveReplay) -> None:
    title = f"{measured.reached:,.0f} events/s beside {measured.workers} workers"
    table = Table(title=f"{title}: ms from publishing to the award on the topic")
    for name in ("", "p50", "p99", "longest", "samples"):
        table.add_column(name, justify="right" if name else "left")
    for name, values in (
        (f"{_CALM_SECONDS:.0f} s without a replay", measured.calm),
        (f"plan and build ({measured.build_seconds} s)", measured.build),
        (f"cutover ({measured.cutover_seconds} s), and a second", measured.cutover),
    ):
        table.add_row(name, *(f"{value:,.0f}" for value in values))
    Console().print(table)
    print(measured.printed)
    print(f"{measured.messages:,} messages looked at, {len(measured.wrong)} awards wrong")
    for line in measured.wrong[:20]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
