"""`badge-replay preview`: no Kafka and no database."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from engine import settings
from engine.catalog import loader
from engine.cli.console.exit_codes import Unusable
from engine.cli.console.files import write_json, write_lines
from engine.cli.console.options import Now, clock, time
from engine.cli.console.progress import progress
from engine.cli.rendering.refused_lines import RefusedLines
from engine.handlers.policy import IntakePolicy
from engine.queries.eligibility import Question
from events.history_file import lines
from events.instants import from_datetime
from replay.build.preview import PreviewIntake


def preview(
    source: Annotated[Path, typer.Option("--from", metavar="FILE.jsonl", help="The history.")],
    catalog: Annotated[str, typer.Option(metavar="NAME_OR_PATH", help="The catalog.")],
    output: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where awards go.")],
    report: Annotated[Path | None, typer.Option(metavar="REPORT.json")] = None,
    invitations: Annotated[Path | None, typer.Option(metavar="INVITATIONS.jsonl")] = None,
    eligible: Annotated[
        Path | None,
        typer.Option(metavar="ELIGIBLE.jsonl", help="Where it goes whom stages may be given to,"),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(parser=time, metavar="TIME", help="by the facts until then (default: now)."),
    ] = None,
    now: Now = None,
) -> None:
    """Fold a history file and write the awards it gives, sorted by id. Refused lines are named by
    reason, the first of each with its number."""
    if as_of is not None and eligible is None:
        raise Unusable("--as-of says as of when --eligible is asked: give that too")
    wanted = loader.find(catalog)
    question = Question(wanted, wanted.policy, from_datetime(as_of or clock(now)()))
    if eligible is not None:
        question.check()
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
        write_lines(invitations, result.invitations)
    if eligible is not None:
        write_lines(eligible, (one.as_json() for one in intake.eligible(question)))
    for text in refused.lines():
        typer.echo(text, err=True)
    typer.echo(f"{result.report.records} records read, {count} awards written to {output}")
