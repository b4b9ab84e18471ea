"""`badge-directory`: the process that reads who is who."""

import signal
from pathlib import Path
from typing import Annotated

import typer

from directory import bootstrap, settings
from directory.errors import PublishFailed
from directory.topic import KafkaAway
from engine.cli.console.guard import guarded
from engine.observability import configure, logger
from engine.probes import probes
from engine.settings import SettingsError
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from engine.version import VERSION
from events.history_file import UnreadableHistory

log = logger("directory.cli")  # run with -m, its name is another

app = typer.Typer(
    name="badge-directory",
    help="Reads from Kafka who is who. Settings come from the environment: KAFKA_BOOTSTRAP, "
    "DATABASE_URL and BADGE_DIRECTORY_*. Exit codes: 0 done, 2 wrong usage or an unreadable file, "
    "1 anything else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"badge-directory {VERSION}")
        raise typer.Exit


@app.command()
def run() -> None:
    """Read the directory until SIGTERM or Ctrl-C; then finish and exit 0. Waits for what is not
    there yet."""
    loaded = settings.load()
    configure(loaded.engine.log_format, loaded.engine.log_level)
    with bootstrap.feed(loaded) as feed, bootstrap.readiness(loaded) as readiness:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: feed.stop())
        with probes(loaded.metrics_host, loaded.metrics_port, readiness):
            feed.run()
    log.info("stopped")


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One CloudEvent a line.")],
) -> None:
    """Publish a file of descriptions, each under the key that its data give."""
    # Its Kafka client would cost `run` a third of its start, after a kill.
    from directory.publish import publish_file

    count = publish_file(settings.load(), file)
    typer.echo(f"{count} descriptions published")


def main() -> None:
    """The console script."""
    usage = (SettingsError, UnreadableHistory)
    expected = (DatabaseUnreachable, KafkaAway, PublishFailed, SchemaBusy, SchemaMissing)
    guarded(app, usage, expected)


if __name__ == "__main__":
    main()
