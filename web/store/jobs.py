"""The table web.jobs: long work of operators, one at a time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.store.postgres.connection import Transaction

ABANDONED = timedelta(seconds=30)
"""After so long without a sign of life a job has ended without a result."""
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job. `ended` with `exit` None: its process ended without a result."""

    id: str
    action: str
    by: str
    started: datetime
    ended: datetime | None
    exit: int | None
    output: str

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.ended is None


_SELECT = "SELECT id::text, action, by, started, ended, exit, output FROM web.jobs "


def begin(tx: Transaction, job: StoredJob, now: datetime) -> bool:
    """Keep a job that begins; False if another one is running. One whose process gives no sign of
    life is not."""
    tx.execute(
        "UPDATE web.jobs SET ended = %s WHERE ended IS NULL AND beat <= %s", now, now - ABANDONED
    )
    tx.execute("DELETE FROM web.jobs WHERE started < %s AND ended IS NOT NULL", now - KEPT)
    return bool(
        tx.execute(
            "INSERT INTO web.jobs (id, action, by, started, beat) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            job.id, job.action, job.by, now, now,
        )
    )  # fmt: skip


def beat(tx: Transaction, id: str, now: datetime, output: str) -> None:
    """A sign of life of a job, with its latest lines."""
    tx.execute(
        "UPDATE web.jobs SET beat = %s, output = %s WHERE id = %s AND ended IS NULL",
        now, output, id,
    )  # fmt: skip


def finish(tx: Transaction, id: str, now: datetime, exit: int | None, output: str) -> None:
    """The end of a job. `exit`: None if it ended without a result."""
    tx.execute(
        "UPDATE web.jobs SET ended = %s, exit = %s, output = %s WHERE id = %s AND ended IS NULL",
        now, exit, output, id,
    )  # fmt: skip


def get(tx: Transaction, id: str, now: datetime) -> StoredJob | None:
    """A job as it is now."""
    row = tx.one(f"{_SELECT}WHERE id = %s::uuid", id)
    return None if row is None else _job(tx, row, now)


def latest(tx: Transaction, now: datetime) -> StoredJob | None:
    """The job that is running, or else the one that began last."""
    row = tx.one(f"{_SELECT}ORDER BY ended IS NULL DESC, started DESC, id LIMIT 1")
    return None if row is None else _job(tx, row, now)


def _job(tx: Transaction, row: tuple[Any, ...], now: datetime) -> StoredJob:
    job = StoredJob(*row)
    if not job.running:
        return job
    ended = tx.one(
        "UPDATE web.jobs SET ended = %s WHERE id = %s AND ended IS NULL AND beat <= %s "
        "RETURNING ended",
        now, job.id, now - ABANDONED,
    )  # fmt: skip
    return job if ended is None else replace(job, ended=ended[0])
