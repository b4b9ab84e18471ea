"""Taking events in as a worker does, in one process and without Kafka, and what that costs."""

import gc
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zlib import crc32

from pydantic import SecretStr
from sqlalchemy import Engine

from benchmarks.note_key import note_key
from engine import bootstrap, settings
from engine.catalog import loader
from engine.handlers.batch import Batch, Record
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.attempts import Attempts
from engine.settings import Settings
from engine.store.cursors import cursors
from engine.store.generations import live
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction

PARTITIONS = 12
_EVENTS_A_TRANSACTION = 5_000
_NOW = datetime(2027, 1, 1, tzinfo=UTC)
_PATIENCE_SECONDS = 3_600.0  # for a transaction: what is measured may be slow
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of `events`; the rest is for one: microseconds that passed, microseconds of processor in our
    process and in PostgreSQL's for us, and bytes of write-ahead log."""

    events: int
    wall_us: float
    python_us: float
    postgres_us: float
    wal_bytes: float


class TimedIntake:
    """A database of its own, where events are processed."""

    def __init__(self, engine: Engine, loaded: Settings) -> None:
        self.engine = engine
        self.url = loaded.database
        self._topic = loaded.activity_topic
        policy = IntakePolicy(lambda: _NOW, loaded.tolerance, None, note_key())
        self._attempts = Attempts(engine, policy)

    def take(self, records: Iterable[tuple[bytes, bytes]]) -> Cost:
        """Process records, and drop what is to be published about them."""
        transactions = list(self._transactions(iter(records)))
        events = sum(len(batch.records) for batches in transactions for batch in batches)
        gc.collect()
        backend, log = self._asked()
        ticks, processor, began = _ticks(backend), time.process_time(), time.perf_counter()
        for batches in transactions:
            self._attempts.until_done(batches)
        wall, python = time.perf_counter() - began, time.process_time() - processor
        postgres = (_ticks(backend) - ticks) / _TICKS
        same, log_now = self._asked()
        assert same == backend, "another connection than the one that was looked at"
        with transaction(self.engine) as tx:
            tx.execute("TRUNCATE outbox")
        per_event = 1e6 / events
        return Cost(
            events,
            wall * per_event,
            python * per_event,
            postgres * per_event,
            (log_now - log) / events,
        )

    def _transactions(self, records: Iterator[tuple[bytes, bytes]]) -> Iterator[list[Batch]]:
        """What is processed at once: a batch for each partition that has something."""
        with transaction(self.engine) as tx:
            there = cursors.read(tx, self._topic)
        ends = {number: there[number].next_offset for number in range(PARTITIONS)}
        while portion := list(islice(records, _EVENTS_A_TRANSACTION)):
            batches = divided(self._topic, portion, ends)
            ends |= {batch.partition: batch.end for batch in batches}
            yield batches

    def _asked(self) -> tuple[int, int]:
        """The process of PostgreSQL that works for us, and where the write-ahead log ends."""
        with transaction(self.engine) as tx:
            row = tx.one("SELECT pg_backend_pid(), (pg_current_wal_lsn() - '0/0')::bigint")
        assert row is not None
        return int(row[0]), int(row[1])


def divided(
    topic: str, records: Iterable[tuple[bytes, bytes]], ends: Mapping[int, int]
) -> list[Batch]:
    """Records (key, value) by their partitions, of which `ends` names all, and where each ends
    before them; a batch for each partition that has something."""
    waiting: dict[int, list[Record]] = {number: [] for number in sorted(ends)}
    for key, value in records:
        number = crc32(key) % len(ends)
        waiting[number].append(Record(ends[number] + len(waiting[number]), key, value))
    return [
        Batch(topic, number, ends[number], ends[number] + len(records), records)
        for number, records in waiting.items()
        if records
    ]


@contextmanager
def intake(url: str, catalog: str = "mentorloop") -> Iterator[TimedIntake]:
    """An intake at an empty database on this machine, under a catalog by its name or path.
    Looks for garbage as seldom as a worker."""
    loaded = settings.load().model_copy(
        update={
            "database_url": SecretStr(url),
            "session_seconds": _PATIENCE_SECONDS,
            "catalog": catalog,
        }
    )
    engine = connect(loaded.database, "badge-engine-bench")
    schema.migrate(engine)
    with transaction(engine) as tx:
        live.start(tx, loader.find(loaded.catalog))
        for number in range(PARTITIONS):
            cursors.start(tx, loaded.activity_topic, number, 0)
    engine.dispose()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    with bootstrap.database(loaded, to_take_in=True) as engine:
        yield TimedIntake(engine, loaded)


def _ticks(process: int) -> int:
    """The processor time of a process so far, in clock ticks of the system's."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])
