"""The replay beside its limits, measured in the same run, and what it must result in.

A history is processed by the worker's own transactions, so that awards are announced as they come,
some before a late fact moves their date. Then the limits: bare COPY-out (every row of the ledger,
read and thrown away) and bare fold (the fold in memory, one process for each processor). Then a
replay under the same catalog: nothing gained, nothing lost, other dates exactly where a late fact
came after the announcement, the same digest, no message.
"""

import argparse
import gc
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast
from zlib import crc32

import psycopg
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from benchmarks.history import history
from benchmarks.load import Load
from benchmarks.memory import peak_mb
from benchmarks.note_key import note_key
from engine import bootstrap, settings
from engine.audit import recompute
from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.handlers.batch import Batch, Record
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.attempts import Attempts
from engine.intake.content import decode
from engine.local import database
from engine.projections import cold
from engine.projections.award import Kind
from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.settings import Settings
from engine.store.awards import awards, differences
from engine.store.cursors import cursors
from engine.store.facts import ledger
from engine.store.generations import live, replays
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from events.instants import from_datetime
from replay.build import build as building
from replay.build import plan, verify
from replay.switch import approve, cutover
from replay.switch.policies import SwitchPolicy

_PARTITIONS = 12
_BATCH = 10_000
_FOLDED = 200_000  # facts; more would only take longer
_NOW = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MeasuredReplay:
    """Rates are facts a second, memory MB; `moved` are awards with another date."""

    facts: int
    copy_out: float
    bare_fold: float
    build: float
    build_seconds: float
    verify_seconds: float
    cutover_seconds: float
    peak_mb: float
    added: int
    lost: int
    moved: int
    moved_right: bool
    digest_equal: bool
    messages: int

    @property
    def limit(self) -> float:
        """Facts a second, if they are first copied out and then folded, and nothing is written."""
        return 1 / (1 / self.copy_out + 1 / self.bare_fold)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=200_000)
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    measured = measure(given.facts)
    _show(measured)
    if given.json is not None:
        given.json.write_text(json.dumps(asdict(measured), indent=2) + "\n")


def measure(facts: int) -> MeasuredReplay:
    """One run on a database of its own."""
    with database(None) as postgres:
        loaded = settings.load().model_copy(update={"database_url": SecretStr(postgres.url)})
        catalog = loader.find(loaded.catalog)
        _migrate(loaded, catalog)
        _take_in(loaded, facts)
        # Replays open their own pools: the connections here may only know short sessions.
        with bootstrap.database(loaded, patient=True) as engine:
            limits = (*_copy_out(engine), _fold(loaded, engine))
            return _replay(loaded, engine, catalog, limits)


def _migrate(loaded: Settings, catalog: Catalog) -> None:
    engine = connect(loaded.database, "badge-engine-migrate")
    schema.migrate(engine)
    with transaction(engine) as tx:
        live.start(tx, catalog)
    engine.dispose()


def _take_in(loaded: Settings, facts: int) -> None:
    """By the worker's transactions, partition by partition in turn."""
    records = history(Load(events=facts, duplicates=0, late=0.1))
    terms = IntakePolicy(lambda: _NOW, loaded.tolerance, None, note_key())
    with bootstrap.database(loaded, to_take_in=True) as engine:
        attempts, offsets = Attempts(engine, terms), [0] * _PARTITIONS
        with transaction(engine) as tx:
            for number in range(_PARTITIONS):
                cursors.start(tx, loaded.activity_topic, number, 0)
        while portion := list(islice(records, _BATCH * _PARTITIONS)):
            waiting: list[list[Record]] = [[] for _ in range(_PARTITIONS)]
            for key, value in portion:
                number = crc32(key) % _PARTITIONS
                waiting[number].append(Record(offsets[number] + len(waiting[number]), key, value))
            for number, batch in enumerate(waiting):
                start, offsets[number] = offsets[number], offsets[number] + len(batch)
                topic = loaded.activity_topic
                attempts.until_done([Batch(topic, number, start, offsets[number], batch)])
        with transaction(engine) as tx:
            tx.execute("TRUNCATE outbox")


def _copy_out(engine: Engine) -> tuple[int, float]:
    """The rows of the ledger, and how many a second are read and thrown away."""
    with transaction(engine) as tx:
        size = ledger.size(tx)
    connection = cast("psycopg.Connection[Any]", engine.raw_connection().driver_connection)
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy("COPY ledger TO STDOUT (FORMAT BINARY)") as out:
        for _ in out:
            pass
    took = time.perf_counter() - began
    connection.close()
    return size, size / took


def _fold(loaded: Settings, engine: Engine) -> float:
    """Facts a second, decoded and folded cold in memory, by a process for each processor."""
    with transaction(engine) as tx:
        rows = tx.rows("SELECT content FROM ledger ORDER BY place LIMIT %s", _FOLDED)
    processes = os.cpu_count() or 1
    share = len(rows) // processes
    parts = [[text for (text,) in rows[n * share : (n + 1) * share]] for n in range(processes)]
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (loaded.catalog,)) as pool:
        list(pool.map(_folded, [part[:10] for part in parts]))  # all are started
        began = time.perf_counter()
        folded = sum(pool.map(_folded, parts))
        return folded / (time.perf_counter() - began)


def _begin(name: str) -> None:
    global _catalog
    _catalog = loader.find(name)
    gc.disable()


def _folded(contents: list[str]) -> int:
    assert _catalog is not None
    facts = [fact for fact in map(decode, contents) if isinstance(fact, Fact)]
    cold.fold(_catalog, facts)
    return len(facts)


_catalog: Catalog | None = None  # of a process of the pool


def _replay(
    loaded: Settings, engine: Engine, catalog: Catalog, limits: tuple[int, float, float]
) -> MeasuredReplay:
    size, copied, folded = limits
    live = _digest(engine)
    with transaction(engine) as tx:
        number = plan.plan(tx, catalog, None).replay.id
    with peak_mb() as peak:
        began = time.perf_counter()
        for _ in building.build(engine, loaded.database, number):
            pass
        built = time.perf_counter() - began
    began = time.perf_counter()
    verified = verify.verify(engine, number)
    took_to_verify = time.perf_counter() - began
    moved = _moved(engine)
    approved = approve.approve(engine, number, SwitchPolicy(), "benchmark", "the same catalog")
    with transaction(engine) as tx:
        listed = {d.award.id for d in differences.of_kind(tx, replays.get(tx, number), Kind.MOVED)}
    began = time.perf_counter()
    done = cutover.cutover(engine, number, from_datetime(_NOW))
    return MeasuredReplay(
        size,
        copied,
        folded,
        size / built,
        built,
        took_to_verify,
        time.perf_counter() - began,
        peak.mb,
        approved.total("added"),
        approved.total("lost"),
        len(listed),
        listed == moved,
        verified.digest == live == _digest(engine),
        done.messages,
    )


def _digest(engine: Engine) -> str:
    with Reader(engine).snapshot() as snapshot:
        return exports.digest(snapshot)


def _moved(engine: Engine) -> set[str]:
    """The awards that were announced with another date than all facts together give."""
    with transaction(engine) as tx:
        announced = {item.award.id: item.award.time for item in awards.standing(tx)}
        return {a.id for a in recompute.recompute(tx) if announced[a.id] != a.time}


def _show(measured: MeasuredReplay) -> None:
    table = Table(title=f"replay of {measured.facts:,} facts, {os.cpu_count()} processors")
    for name in ("", "facts/s", "beside"):
        table.add_column(name, justify="right" if name else "left")
    for name, rate in (
        ("bare COPY-out", measured.copy_out),
        ("bare fold", measured.bare_fold),
        ("one after the other", measured.limit),
        ("build", measured.build),
    ):
        table.add_row(name, f"{rate:,.0f}", f"{measured.build / rate:.2f}")
    print_ = Console().print
    print_(table)
    print_(
        f"build {measured.build_seconds:.1f} s, verify {measured.verify_seconds:.1f} s, cutover "
        f"{measured.cutover_seconds:.1f} s; largest process {measured.peak_mb:.0f} MB"
    )
    right = "the right ones" if measured.moved_right else "NOT the right ones"
    print_(
        f"{measured.added:,} added, {measured.lost:,} lost, {measured.moved:,} moved ({right}); "
        f"digest {'equal' if measured.digest_equal else 'NOT EQUAL'}; "
        f"{measured.messages:,} messages"
    )


if __name__ == "__main__":
    main()
