"""`badge-engine demo`: a history file through a real broker, worker and database, then the result.

Everything it starts, it stops, also on Ctrl-C.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.commands import publish, status
from engine.cli.console import tables
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.files import write_json, write_lines
from engine.cli.console.options import Now
from engine.cli.rendering import demo_summary
from engine.cli.rendering.refused_lines import RefusedLines
from engine.intake.refusal import Refusal
from engine.intake.report import Report
from engine.local import broker, database
from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.settings import Settings
from engine.store.awards import awards
from engine.store.cursors import cursors
from engine.store.dead_letters import entries, listing
from engine.store.dead_letters.listing import DeadLetterFilter
from engine.store.postgres.connection import transaction
from events import history_file
from events.envelope import MAX_BYTES
from events.instants import from_datetime
from events.sealing import new_key_pair

_PATIENCE_SECONDS = 600.0
_STOP_SECONDS = 60.0


def demo(
    events: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="The history to process.")],
    export: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where awards go.")],
    report: Annotated[Path | None, typer.Option(metavar="REPORT.json")] = None,
    recomputed: Annotated[
        bool, typer.Option("--recomputed", help="Export awards as the facts give them now.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Look around in the end: boards, awards, refusals.")
    ] = False,
    now: Now = None,
) -> None:
    """Publish a history, run a worker until it has processed everything, export the awards.

    Kafka and PostgreSQL are those of KAFKA_BOOTSTRAP and DATABASE_URL, or are started here. Without
    BADGE_ENGINE_NOTES_PUBLIC_KEY private notes are sealed so that nobody can open them.
    """
    given = settings.load()
    if not events.is_file():
        raise Unusable(f"{events}: no such file")
    url = given.database_url.get_secret_value() if given.database_url else None
    if not given.kafka_bootstrap:
        say("Starting a broker (the first time, Apache Kafka is downloaded: 43 MB)")
    with broker(given.kafka_bootstrap) as kafka, database(url) as postgres:
        say(f"Kafka: {kafka.kind} at {kafka.bootstrap}")
        if kafka.second_best:
            say(f"       ({kafka.second_best})")
        say(f"PostgreSQL: {postgres.kind}")
        loaded = given.model_copy(
            update={
                "kafka_bootstrap": kafka.bootstrap,
                "database_url": SecretStr(postgres.url),
                "notes_public_key": given.notes_public_key or _key_of_nobody(),
            }
        )
        bootstrap.migrate(loaded)
        sent, oversize = publish.send(loaded, history_file.lines(events))
        say(f"published {sent} records of {events}")
        with bootstrap.database(loaded) as engine:
            arguments = ["--now", from_datetime(now)] if now is not None else []
            with running(loaded, *arguments) as worker:
                wait(loaded, engine, worker)
            reader = Reader(engine)
            with reader.snapshot() as snapshot:
                exported = exports.awards(snapshot, None, recomputed=recomputed)
                count = write_lines(export, (award.as_json() for award in exported))
            say(f"{count} awards written to {export}")
            for text in _refused(engine, events).lines():
                say(text)
            if report is not None:
                write_json(report, _report(loaded, engine).as_json())
            if show:
                with reader.snapshot() as snapshot:
                    demo_summary.show(snapshot, _report(loaded, engine), tables.console())
        if oversize:
            lines = ", ".join(map(str, oversize))
            raise Failed(f"{events}: too long to be published: line {lines}")


def _key_of_nobody() -> str:
    """A key for notes whose private half nobody keeps: here nothing reads them again."""
    return json.dumps(new_key_pair()[0].jwk())


def say(text: str) -> None:
    """A line of progress on stderr; stdout stays free for results."""
    typer.echo(text, err=True)


@contextmanager
def running(loaded: Settings, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker process, stopped in the end. Settings have a key for notes.

    Raises:
        SettingsError: they have none.
        Failed: it did not stop cleanly.
    """
    environment = os.environ | {
        "KAFKA_BOOTSTRAP": loaded.bootstrap,
        "DATABASE_URL": loaded.database,
        "BADGE_ENGINE_NOTES_PUBLIC_KEY": json.dumps(loaded.notes_key.jwk()),
        "BADGE_ENGINE_LOG_LEVEL": os.environ.get("BADGE_ENGINE_LOG_LEVEL", "warning"),
    }
    command = [sys.executable, "-m", "engine.cli.main", "run", *arguments]
    worker = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            code = worker.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            code = worker.wait()
    if code != 0:
        raise Failed(f"the worker ended with exit code {code}")


def wait(loaded: Settings, engine: Engine, worker: "subprocess.Popen[bytes]") -> None:
    """Until everything is read and published.

    Raises:
        Failed: the worker ended, a partition stopped, or it took too long.
    """
    waited = 0.0
    while waited < _PATIENCE_SECONDS:
        current = status.wait_until_drained(loaded, engine, loaded.input_topics, 1.0)
        if current.drained:
            break
        if worker.poll() is not None:
            raise Failed(f"the worker ended with exit code {worker.returncode} before it was done")
        waited += 1.0
    else:
        raise Failed(f"not done after {_PATIENCE_SECONDS:g} s: lag {current.lag}")
    for partition, halt in current.halted:
        raise Failed(f"{status.named(partition)} stopped: {halt.text}")


def _refused(engine: Engine, events: Path) -> RefusedLines:
    """The lines of the history that were refused."""
    with transaction(engine) as tx:
        listed = listing.matching(tx, DeadLetterFilter(open_only=False))
        letters = [entries.get(tx, entry.id) for entry in listed]
    refusals = {
        letter.refused.value: Refusal(letter.refused.reason, letter.refused.detail)
        for letter in letters
        if letter is not None
    }
    refused = RefusedLines()
    for number, line in history_file.lines(events):
        refusal = refusals.get(line[:MAX_BYTES])
        if refusal is not None:
            refused.add(f"line {number}", refusal)
    return refused


def _report(loaded: Settings, engine: Engine) -> Report:
    with transaction(engine) as tx:
        known = cursors.of_topics(tx, loaded.input_topics)
        refused = entries.counts(tx, open_only=False)
        standing = sum(1 for _ in awards.standing(tx))
    counts = [cursor.counts for of_topic in known.values() for cursor in of_topic.values()]
    applied = sum(c.applied for c in counts)
    duplicates = sum(c.duplicates for c in counts)
    retractions = sum(c.retractions for c in counts)
    return Report(
        records=applied + duplicates + retractions + sum(c.dead_letters for c in counts),
        applied=applied,
        duplicates=duplicates,
        retractions=retractions,
        dead_letters=refused,
        awards=standing,
    )
