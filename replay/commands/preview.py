"""`badge-replay preview`: no Kafka and no database."""

from pathlib import Path
from typing import Annotated

import typer

from engine import settings
from engine.catalog import loader
from engine.cli.console.files import write_json, write_lines
from engine.cli.console.options import Now, clock
from engine.cli.console.progress import progress
from engine.cli.rendering.refused_lines import RefusedLines
from engine.handlers.policy import IntakePolicy
from events.history_file import lines
from replay.build.preview import PreviewIntake


def preview(
    source: Annotated[Path, typer.Option("--from", metavar="FILE.jsonl", help="The history.")],
    catalog: Annotated[str, typer.Option(metavar="NAME_OR_PATH", help="The catalog.")],
    output: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where awards go.")],
    report: Annotated[Path | None, typer.Option(metavar="REPORT.json")] = None,
    invitations: Annotated[Path | None, typer.Option(metavar="INVITATIONS.jsonl")] = None,
    now: Now = None,
) -> None:
    """Fold a history file and write the awards it gives, sorted by id. Refused lines are named by
    reason, the first of each with its number."""
    wanted = loader.find(catalog)
    latest = IntakePolicy(clock(now), settings.load().tolerance).latest()
    intake, refused = PreviewIntake(wanted, latest), RefusedLines()
    for number, line in progress(lines(source), "reading"):
        refusal = intake.process(line)
        if refusal is not None:
            refused.add(f"line {number}", refusal)
    result = intake.result()
    count = write_lines(output, (award.as_json() for award in result.awards))
    if report is not None:
        write_json(report, result.report.as_json())
    if invitations is not None:
        write_lines(invitations, (invited.body() for invited in result.invitations))
    for text in refused.lines():
        typer.echo(text, err=True)
    typer.echo(f"{result.report.records} records read, {count} awards written to {output}")
