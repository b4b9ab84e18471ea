"""A database of an older engine, migrated, is the one that a new engine makes of the same records.

fixtures/half-year-0002.sql.gz is what the engine of schema 0002 made of examples/half-year.jsonl
in the batches of `_batches`, with the last two rows of its outbox: COPY in text, and sequences.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.store.awards import outbox
from engine.store.generations import live
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.store.projections import tables
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.support.given import meeting

ROOT = Path(__file__).parents[3]
HISTORY = ROOT / "examples/half-year.jsonl"
FIXTURE = Path(__file__).parent / "fixtures/half-year-0002.sql.gz"
PARTITIONS = 3


@pytest.fixture
def engine(
    database_url: str, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An empty database, that of the commands."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = connect(database_url, "test")
    yield engine
    engine.dispose()


def test_what_was_at_schema_0002_is_the_same_when_it_is_migrated(
    engine: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    schema.migrate(engine, "0002")
    catalog = _restore(engine)
    assert schema.migrate(engine) != "0002"
    migrated = _shown(engine, badge_engine, tmp_path)
    assert badge_engine("audit").code == 0
    assert badge_engine("audit", "--log").code == 0
    with transaction(engine) as tx:
        assert len(outbox.oldest(tx, "awards", 1)) == 1  # still readable
    assert tell(engine, meeting("m-new", "ann")).counts.applied == 1
    assert badge_engine("audit").code == 0

    _clear(engine)
    schema.migrate(engine)
    with transaction(engine) as tx:
        live.start(tx, catalog)
    for partition, batch in _batches():
        tell_all(engine, batch, partition)

    assert _shown(engine, badge_engine, tmp_path) == migrated


def _batches() -> Iterator[tuple[int, list[bytes]]]:
    lines = [line for line in HISTORY.read_bytes().splitlines() if line.strip()]
    for begin in range(0, len(lines), 200):
        for partition in range(PARTITIONS):
            batch = [line for line in lines[begin : begin + 200] if _partition(line) == partition]
            if batch:
                yield partition, batch


def _partition(line: bytes) -> int:
    try:
        data = json.loads(line)["data"]
        key = data.get("loop_id") or data.get("participant_id") or ""
        return zlib.crc32(key.encode()) % PARTITIONS
    except Exception:
        return 0


def _restore(engine: Engine) -> Catalog:
    """Fill a database at schema 0002; gives the catalog in it."""
    with transaction(engine) as tx:
        tables.create(tx, 1)
    with engine.begin() as connection, gzip.open(FIXTURE, "rb") as file:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with driver.cursor() as cursor:
            for statement in file:
                if not statement.startswith(b"COPY"):
                    cursor.execute(statement)
                    continue
                with cursor.copy(statement) as copy:
                    for row in iter(file.readline, b"\\.\n"):
                        copy.write(row)
            cursor.execute("SELECT text FROM catalogs")
            (text,) = cursor.fetchone() or ("",)
    return loader.parse(text)


def _clear(engine: Engine) -> None:
    with transaction(engine) as tx:
        tx.execute("DROP SCHEMA public CASCADE")
        tx.execute("CREATE SCHEMA public")


def _shown(engine: Engine, badge_engine: Command, folder: Path) -> dict[str, str]:
    """What people and services see of it, by what shows it."""
    shown = {"digest": badge_engine("digest").out}
    for name in ("awards", "recomputed", "measures"):
        output = folder / f"{name}.jsonl"
        command = "measures" if name == "measures" else "awards"
        extra = ["--recomputed"] if name == "recomputed" else []
        assert badge_engine(command, "export", "--output", output, *extra).code == 0
        shown[name] = output.read_text()
    with transaction(engine) as tx:
        programs = [program for (program,) in tx.rows("SELECT program FROM programs ORDER BY 1")]
        letters = tx.rows('SELECT partition, "offset", reason FROM dead_letters ORDER BY 1, 2')
    for program in programs:
        shown[f"board {program}"] = badge_engine("board", "--program", program, "--json").out
    shown["dead letters"] = str(letters)
    assert all(shown.values())
    return shown
