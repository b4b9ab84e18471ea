"""`badge-engine dead-letters`: refused records, looked at. What is done with them is in
dead_letters_settling.py."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine import bootstrap, settings
from engine.cli.commands import dead_letters_settle as settling
from engine.cli.console import tables
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.input_topics import InTopic, named
from engine.cli.console.options import MOST_OF_32_BITS, time
from engine.cli.rendering import dead_letters as text
from engine.intake.clear_notes import with_notes_hidden
from engine.intake.refusal import REASONS, Reason
from engine.queries.snapshot import snapshot
from engine.store.dead_letters import decisions, listing
from engine.store.dead_letters import entries as dead_letters
from engine.store.dead_letters.listing import DeadLetterFilter, ReasonTally
from engine.store.postgres.connection import transaction

app = typer.Typer(no_args_is_help=True, help="Records that were refused.")

InPartition = Annotated[
    int | None,
    typer.Option("--partition", max=MOST_OF_32_BITS, metavar="P", help="Those of one partition."),
]
Since = Annotated[
    datetime | None,
    typer.Option(parser=time, metavar="TIME", help="Those first seen at this time or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option(parser=time, metavar="TIME", help="Those first seen before this time."),
]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.callback()
def _group() -> None:
    """Records that were refused."""


@app.command("list")
def list_(
    reason: settling.OfReason = None,
    partition: InPartition = None,
    since: Since = None,
    until: Until = None,
    resolved: Annotated[bool, typer.Option("--all", help="The resolved ones too.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Of many, only the newest N.")
    ] = None,
    as_json: AsJson = False,
    topic: InTopic = None,
) -> None:
    """List open dead letters, in the order they came. Shows nothing of what they hold."""
    among = _of_topic(topic, partition)
    wanted = DeadLetterFilter(reason, among, partition, since, until, open_only=not resolved)
    with bootstrap.database(settings.load()) as engine, snapshot(engine) as tx:
        entries = listing.matching(tx, wanted, limit)
        if as_json:
            typer.echo("[", nl=False)
            for number, entry in enumerate(entries):
                written = json.dumps(text.as_json(entry), ensure_ascii=False)
                typer.echo(("," if number else "") + "\n  " + written, nl=False)
            typer.echo("\n]")
            return
        shown = 0
        for entry in entries:
            typer.echo("\n".join(text.in_list(entry)))
            shown += 1
        tallies = listing.tallies(tx, wanted)
    typer.echo(text.total(tallies, shown, open_only=not resolved))


@app.command()
def counts(
    partition: InPartition = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    topic: InTopic = None,
) -> None:
    """Count dead letters by reason and by what became of them."""
    among = _of_topic(topic, partition)
    wanted = DeadLetterFilter(None, among, partition, since, until, open_only=False)
    with bootstrap.database(settings.load()) as engine, snapshot(engine) as tx:
        tallies = listing.tallies(tx, wanted)
    if as_json:
        by_reason = {name: text.tally_as_json(tallies.get(name, ReasonTally())) for name in REASONS}
        typer.echo(json.dumps(by_reason, indent=2))
    elif tallies:
        tables.console().print(_table(tallies))
    else:
        typer.echo("no dead letters")


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ID")],
    reveal: Annotated[
        bool,
        typer.Option(
            "--reveal", help="Also key, headers and value, private notes hidden. Audited."
        ),
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who looks (with --reveal).")] = None,
    reason: Annotated[str | None, typer.Option(help="Why (with --reveal).")] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The value's bytes (with --reveal).")
    ] = None,
) -> None:
    """Show one dead letter: why it was refused, and of what it holds only the sizes."""
    if reveal and not (by and by.strip() and reason and reason.strip()):
        raise Unusable("--reveal is audited: say --by NAME and --reason TEXT")
    if not reveal and (by or reason or output):
        raise Unusable("--by, --reason and --output go with --reveal")
    with bootstrap.database(settings.load()) as engine:
        with transaction(engine) as tx:
            if reveal:
                entry = decisions.reveal(tx, number, str(by), str(reason))
            else:
                entry = dead_letters.get(tx, number)
            if entry is None:
                raise Failed(f"there is no dead letter {number}")
        # Only now, with the audit committed.
        lines = [*text.as_lines(entry), *(["", *text.revealed(entry)] if reveal else [])]
        typer.echo("\n".join(lines))
        if output is not None:
            _write(output, with_notes_hidden(entry.refused.value or b""))


app.command("redrive")(settling.redrive)
app.command("discard")(settling.discard)
app.command("expire")(settling.expire)
app.command("resume")(settling.resume)


def _of_topic(topic: str | None, partition: int | None) -> str | None:
    """The topic whose entries are meant; None: those of any, also of one that is read no more."""
    if topic is None and partition is None:
        return None
    return named(topic, settings.load())


def _table(tallies: dict[Reason, ReasonTally]) -> Table:
    shown = tables.table("reason", "open", "redriven", "discarded", "oldest open", "newest")
    for column in shown.columns[1:4]:
        column.justify = "right"
    for reason, tally in tallies.items():
        shown.add_row(reason, *text.tally(tally))
    return shown


def _write(file: Path, value: bytes) -> None:
    try:
        file.write_bytes(value)
    except OSError as error:
        raise Failed(f"{file}: cannot be written: {error.strerror}") from None
