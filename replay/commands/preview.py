"""`badge-replay preview`: no Kafka and no database."""

from pathlib import Path
from typing import Annotated

import typer

from engine import settings
from engine.catalog import loader
from engine.cli.console.files import lines, write_json, write_lines
from engine.cli.console.options import Now, clock
from engine.cli.console.progress import progress
from engine.handlers.policy import IntakePolicy
from replay.build import preview as folding


def preview(
    source: Annotated[Path, typer.Option("--from", metavar="FILE.jsonl", help="The history.")],
    catalog: Annotated[str, typer.Option(metavar="NAME_OR_PATH", help="The catalog.")],
    output: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where awards go.")],
    report: Annotated[Path | None, typer.Option(metavar="REPORT.json")] = None,
    invitations: Annotated[Path | None, typer.Option(metavar="INVITATIONS.jsonl")] = None,
    now: Now = None,
) -> None:
    """Fold a history file and write the awards it gives, sorted by id."""
    found = loader.find(catalog)
    latest = IntakePolicy(clock(now), settings.load().tolerance).latest()
    records = (value for _, value in progress(lines(source), "reading"))
    result = folding.preview(records, found, latest)
    count = write_lines(output, (award.as_json() for award in result.awards))
    if report is not None:
        write_json(report, result.report.as_json())
    if invitations is not None:
        write_lines(invitations, (invited.body() for invited in result.invitations))
    typer.echo(f"{result.report.records} records read, {count} awards written to {output}")
