"""Private messages and passwords are in no output, whatever goes wrong: not in
logs, what commands print, dead letters' details, topics or PostgreSQL's own log."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from confluent_kafka import Producer
from sqlalchemy import make_url

from engine.local.embedded_postgres import EmbeddedPostgres, embedded_postgres
from engine.store.postgres.connection import connect, transaction
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.cli.conftest import Command, badge_engine
from tests.integration.stream.published import published
from tests.project.docs.markdown import marked
from tests.project.security.buggy import THE_RECORD
from tests.project.security.planted import CLEAR, MARK, SEALED, PlantedRecord, message, records
from tests.support.given import kudos

pytestmark = pytest.mark.verify

__all__ = ["badge_engine"]

_LENGTH = "length(message)"
DEBUG = {"PARTITIONS": "4", "SESSION_SECONDS": "6", "LOG_LEVEL": "debug", "FLOOD_REFUSED": "500"}


@pytest.fixture
def postgres() -> Iterator[EmbeddedPostgres]:
    """A server that can be killed, set to say in its log what docs/operating.md says it may."""
    (page,) = marked("docs/operating.md", "rights: database")
    assert "SET log_error_verbosity = terse" in page
    with embedded_postgres({"log_error_verbosity": "terse", "log_statement": "none"}) as server:
        yield server


class PlantedRun:
    """A deployment, and all that was to be read of it so far."""

    def __init__(self, deployment: Deployment, command: Command, server: EmbeddedPostgres) -> None:
        self.deployment = deployment
        self.server = server
        self.seen: dict[str, str] = {}
        self._command = command

    def sent(self, *wanted: PlantedRecord, partition: int = 0) -> None:
        """Publish records, and wait for the broker."""
        producer = Producer({"bootstrap.servers": self.deployment.bootstrap})
        for one in wanted:
            producer.produce(
                self.deployment.activity, one.value, one.key, partition, headers=list(one.headers)
            )
        assert producer.flush(30) == 0

    def asked(self, when: str, *arguments: object) -> str:
        """Run a command, whatever comes of it."""
        ran = self._command(*arguments)
        name = f"{when}: {' '.join(map(str, arguments))}"
        self.seen[name] = ran.out + ran.err
        assert self.seen[name], f"{name} said nothing"
        return ran.out

    def sql(self, statement: str) -> None:
        engine = connect(self.deployment.database, "test")
        with transaction(engine) as tx:
            tx.execute(statement)
        engine.dispose()

    def leaks(self) -> dict[str, list[str]]:
        """Where a planted message, or a password, is shown, with the lines that show it."""
        return {
            name: [line for line in text.splitlines() if MARK in line or "SECRET" in line]
            for name, text in self.seen.items()
            if MARK in text or "SECRET" in text
        }


@pytest.fixture
def run(
    kafka: str,
    postgres: EmbeddedPostgres,
    badge_engine: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> PlantedRun:
    address = make_url(postgres.url).set(password="SECRET-of-postgres")
    url = address.render_as_string(hide_password=False)
    deployment = Deployment(kafka, url, tmp_path, DEBUG)
    deployment.run("migrate")
    for name in [name for name in os.environ if name.startswith("BADGE_ENGINE_")]:
        monkeypatch.delenv(name)
    for name, value in deployment.environment().items():
        if name.startswith("BADGE_ENGINE_") or name in ("KAFKA_BOOTSTRAP", "DATABASE_URL"):
            monkeypatch.setenv(name, value)
    return PlantedRun(deployment, badge_engine, postgres)


COMMANDS = [
    ("status",),
    ("status", "--json"),
    ("doctor",),
    ("recover", "--dry-run"),
    ("board", "--program", "program"),
    ("board", "--program", "program", "--json"),
    ("explain", "--program", "program", "--participant", "ann", "--badge", "trust"),
    ("explain", "--program", "program", "--participant", "ann", "--badge", "momentum"),
    ("digest",),
    ("dead-letters", "list", "--all"),
    ("dead-letters", "list", "--json"),
    ("dead-letters", "redrive", "--all"),
]


def test_nothing_private_is_shown_while_everything_goes_wrong(
    run: PlantedRun, tmp_path: Path
) -> None:
    deployment, wrong = run.deployment, list(records())
    run.sent(*wrong)
    with deployment.working() as worker:
        deployment.wait_for(len(wrong) // 2)
        run.server.kill()  # in the middle of it, or not: what comes now surely finds it away
        run.sent(*wrong, partition=1)
        wait_until(lambda: "away" in worker.logged())
        for command in COMMANDS:
            run.asked("database away", *command)
        run.server.start()
        deployment.wait_for(2 * len(wrong))
        _look_at_everything(run, tmp_path)
        assert worker.terminate() == 0
        run.seen["worker"] = worker.logged()

    _fail(run, "bug", 2, replace(deployment, worker_module="tests.project.security.buggy"))
    run.sql(f"ALTER TABLE messages ADD CONSTRAINT short CHECK ({_LENGTH} < 2500) NOT VALID")
    _fail(run, "check violation", 3, deployment)
    run.sql("ALTER TABLE messages DROP CONSTRAINT short")
    _collide(run, 0)

    folder = Path(str(make_url(run.server.url).query["host"]))
    run.seen["PostgreSQL"] = (folder / "log").read_text()
    for topic in (deployment.awards, f"{deployment.name}.dead-letters"):
        messages = published(deployment.bootstrap, topic)
        run.seen[topic] = "\n".join(f"{r.key!r} {r.value!r}" for r in messages)
    assert len(run.seen) > 3 * len(COMMANDS)
    assert run.leaks() == {}
    _in_files(run, folder / "data")
    _in_tables(run)


def _in_files(run: PlantedRun, data: Path) -> None:
    """Neither in a file of the database nor in its write-ahead log there is a note that was sealed
    when it came, or that was accepted; those of refused records are there, so it would be seen."""
    run.sql("CHECKPOINT")
    found: dict[str, list[str]] = {mark: [] for mark in (MARK, CLEAR, SEALED)}
    for file in (path for path in data.rglob("*") if path.is_file()):
        content = file.read_bytes()
        for mark in found:
            if mark.encode() in content:
                found[mark].append(str(file.relative_to(data)))
    assert found[MARK]
    assert (found[CLEAR], found[SEALED]) == ([], [])


def _in_tables(run: PlantedRun) -> None:
    """The one place for a note in clear is an open dead letter. Once those are closed there is
    none; what a publisher wrote elsewhere than into a note stays as it came."""
    engine = connect(run.deployment.database, "test")
    with transaction(engine) as tx:
        open_ones = tx.rows("SELECT value FROM dead_letters WHERE resolution IS NULL")
        assert any(_noted(value) for (value,) in open_ones)
        closed = tx.rows("SELECT value FROM dead_letters WHERE resolution IS NOT NULL")
        assert closed
        assert [value for (value,) in closed if _noted(value)] == []
        names = tx.rows(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in names:
            shown = tx.rows(f"SELECT t::text FROM {name} t WHERE t::text LIKE %s", f"%{MARK}%")
            assert shown == [], name
    engine.dispose()


def _noted(value: bytes | None) -> bool:
    return (
        value is not None and re.search(rb'"message": *"[^"]*' + MARK.encode(), value) is not None
    )


def _look_at_everything(run: PlantedRun, folder: Path) -> None:
    for command in COMMANDS:
        run.asked("afterwards", *command)
    listed = json.loads(run.asked("afterwards", "dead-letters", "list", "--all", "--json"))
    assert len(listed) > 50
    for entry in listed:
        run.asked("afterwards", "dead-letters", "show", entry["id"])
    for what in ("awards", "measures"):
        for more in ([], ["--recomputed"]):
            file = folder / f"{what}{len(more)}.jsonl"
            run.asked("afterwards", what, "export", "--output", file, *more)
            run.seen[file.name] = file.read_text()
    given = folder / "given.jsonl"
    lines = [one.value.replace(b"\n", b" ") for one in records() if one.value is not None]
    given.write_bytes(b"\n".join(lines))
    run.asked("afterwards", "publish", "--check", given)
    discarding = ("dead-letters", "discard", "--reason", "invalid", "--by", "a test")
    run.asked("afterwards", *discarding, "--because", "a test")


def _the_record() -> PlantedRecord:
    text = f"{message()} {THE_RECORD}".ljust(1_900)
    name = f"k-{text.strip()[-30:]}"[:40]
    return PlantedRecord(kudos(name, "ben", "ann", "trust", message=text))


def _fail(run: PlantedRun, what: str, partition: int, deployment: Deployment) -> None:
    """Let the engine fail on a record, in a worker and in what is said about it afterwards."""
    run.sent(_the_record(), partition=partition)
    with deployment.working() as worker:
        wait_until(lambda: worker.process.poll() is not None)
        assert _halted(run, partition)
        run.seen[f"worker at a {what}"] = worker.logged()
    for command in COMMANDS:
        run.asked(what, *command)


def _collide(run: PlantedRun, partition: int) -> None:
    """Two messages that PostgreSQL refuses for being equally long: it quotes what is equal."""
    run.sql(f"CREATE UNIQUE INDEX equal ON messages (({_LENGTH})) WHERE {_LENGTH} > 2500")
    text = message().ljust(1_900)
    twice = (kudos(f"twice-{n}", "ben", "ann", "trust", message=text) for n in (1, 2))
    run.sent(*map(PlantedRecord, twice), partition=partition)
    with run.deployment.working() as worker:
        wait_until(lambda: worker.process.poll() is not None or _halted(run, partition))
        run.seen["worker at a unique violation"] = worker.logged()
    assert "UniqueViolation" in run.seen["worker at a unique violation"]


def _halted(run: PlantedRun, partition: int) -> bool:
    return run.deployment.cursors()[partition].halted is not None
