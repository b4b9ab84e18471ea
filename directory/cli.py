"""`badge-directory`: the process that reads who is who."""

import json
import signal
from pathlib import Path
from typing import Annotated

import typer

from directory import bootstrap, settings
from directory.errors import PublishFailed
from engine.cli.console.application import application
from engine.cli.console.guard import guarded
from engine.metrics_reader import answering
from engine.observability import configure, logger
from engine.probes import probes
from engine.settings import SettingsError
from engine.sole_reader.topic import KafkaAway, TopicAbsent
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from events.history_file import UnreadableHistory

log = logger("directory.cli")  # run with -m, its name is another

app = application(
    "badge-directory",
    "Reads from Kafka who is who. Settings come from the environment: KAFKA_BOOTSTRAP, "
    "DATABASE_URL and BADGE_DIRECTORY_*. Exit codes: 0 done, 2 wrong usage or an unreadable file, "
    "1 anything else.",
)


@app.command()
def run() -> None:
    """Read the directory until SIGTERM or Ctrl-C; then finish and exit 0. Waits for what is not
    there yet."""
    loaded = settings.load()
    configure(loaded.engine.log_format, loaded.engine.log_level)
    with (
        bootstrap.feed(loaded) as feed,
        bootstrap.readiness(loaded) as readiness,
        bootstrap.metrics_read(loaded) as read,
        answering(read),
    ):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: feed.stop())
        with probes(loaded.metrics_host, loaded.metrics_port, readiness):
            feed.run()
    log.info("stopped")


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for monitors.")] = False,
) -> None:
    """Show how far the topic has been read, what was refused, and how much is described."""
    seen = bootstrap.look(settings.load())
    if as_json:
        typer.echo(json.dumps(seen.as_json()))
        return
    for line in seen.progress.as_lines():
        typer.echo(line)
    described = ", ".join(f"{count} {table}" for table, count in seen.described.items())
    typer.echo(f"described: {described}")


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One CloudEvent a line.")],
) -> None:
    """Publish a file of descriptions, each under the key that its data give."""
    # Its Kafka client would cost `run` a third of its start, after a kill.
    from directory.publish import publish_file

    count = publish_file(settings.load(), file)
    typer.echo(f"{count} descriptions published")


USAGE = (SettingsError, UnreadableHistory)
EXPECTED = (
    DatabaseUnreachable,
    KafkaAway,
    PublishFailed,
    SchemaBusy,
    SchemaMissing,
    TopicAbsent,
)
"""What ends a command with one message; docs/operating.md says what to do."""


def main() -> None:
    """The console script."""
    guarded(app, USAGE, EXPECTED)


if __name__ == "__main__":
    main()
