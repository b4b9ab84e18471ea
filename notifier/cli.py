"""`badge-notifier`: the process that tells people of their awards."""

import json
import signal
from typing import Annotated

import typer

from engine.cli.console.application import application
from engine.cli.console.guard import guarded
from engine.metrics_reader import answering
from engine.observability import configure, logger
from engine.probes import probes
from engine.settings import SettingsError
from engine.sole_reader.topic import KafkaAway, TopicAbsent
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from notifier import bootstrap, settings

log = logger("notifier.cli")  # run with -m, its name is another

app = application(
    "badge-notifier",
    "Tells people of their awards: on their pages and by e-mail, once each. Settings come from the "
    "environment: KAFKA_BOOTSTRAP, DATABASE_URL and BADGE_NOTIFIER_*. Exit codes: 0 done, 2 wrong "
    "usage, 1 anything else.",
)


@app.command()
def run(
    from_beginning: Annotated[
        bool,
        typer.Option(
            "--from-beginning",
            help="At the very first start, tell also of what was announced before it.",
        ),
    ] = False,
) -> None:
    """Read awards and send e-mails until SIGTERM or Ctrl-C; then finish and exit 0. Waits for what
    is not there yet."""
    loaded = settings.load()
    loaded.check()
    configure(loaded.engine.log_format, loaded.engine.log_level)
    with (
        bootstrap.process(loaded, from_beginning=from_beginning) as process,
        bootstrap.readiness(loaded) as readiness,
        bootstrap.metrics_read(loaded) as (read, read_lag),
        answering(read),
        answering(read_lag),
    ):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: process.stop())
        with probes(loaded.metrics_host, loaded.metrics_port, readiness):
            process.run()
    log.info("stopped")


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for monitors.")] = False,
) -> None:
    """Show how far the awards have been read, and which e-mails wait, went or failed."""
    seen = bootstrap.look(settings.load())
    if as_json:
        typer.echo(json.dumps(seen.as_json()))
        return
    for line in seen.progress.as_lines():
        typer.echo(line)
    states = ", ".join(f"{count} {state}" for state, count in seen.emails.items())
    typer.echo(f"e-mails: {states or 'none'}")
    if seen.oldest_due_seconds is not None:
        typer.echo(f"the oldest e-mail that is due waits for {seen.oldest_due_seconds:.0f} s")
    typer.echo(f"addresses that mail servers refused: {seen.bad_addresses}")


@app.command()
def tidy() -> None:
    """Delete what is no longer of use: items after 400 days, e-mails that never went 90 days after
    they were dropped. Once a day, from a scheduler."""
    for table, count in bootstrap.tidy(settings.load()).items():
        typer.echo(f"{table}: {count} deleted")


USAGE = (SettingsError,)
EXPECTED = (DatabaseUnreachable, KafkaAway, SchemaBusy, SchemaMissing, TopicAbsent)
"""What ends a command with one message; docs/operating.md says what to do."""


def main() -> None:
    """The console script."""
    guarded(app, USAGE, EXPECTED)


if __name__ == "__main__":
    main()
