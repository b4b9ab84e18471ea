"""`badge-engine explain`: why somebody holds a badge, or why not."""

from typing import Annotated
from uuid import UUID

import typer

from engine import bootstrap, settings
from engine.cli.console.exit_codes import Unusable
from engine.cli.rendering import checklist
from engine.cli.rendering import explanation as text
from engine.handlers.policy import system_clock
from engine.queries import dead_letters, eligibility, explanations
from engine.queries.errors import UnknownParticipant
from engine.queries.explanations import FormerBadge
from engine.queries.snapshot import Reader, Snapshot
from events.instants import from_datetime


def explain(
    award: Annotated[
        UUID | None, typer.Argument(metavar="AWARD_ID", help="One award, by its id.")
    ] = None,
    program: Annotated[str | None, typer.Option(help="Or: of this program,")] = None,
    loop: Annotated[
        str | None, typer.Option(help="in this loop (default: every one they are in),")
    ] = None,
    participant: Annotated[str | None, typer.Option(help="this participant's")] = None,
    badge: Annotated[str | None, typer.Option(help="badge.")] = None,
) -> None:
    """Explain an award: criterion, evidence, catalog, dates announced and recomputed.

    Or explain a badge of a participant, held or not: what each part of it asks for, how much of
    that there is, and which facts count.
    """
    if award is not None and any((program, loop, participant, badge)):
        raise Unusable("give either AWARD_ID, or --program, --participant and --badge")
    if award is None and (program is None or participant is None or badge is None):
        raise Unusable("give AWARD_ID, or all of --program, --participant and --badge")
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        if award is not None:
            typer.echo("\n".join(text.award(explanations.of_award(snapshot, str(award)))))
        else:
            _badge(snapshot, str(program), loop, str(participant), str(badge))


def _badge(
    snapshot: Snapshot, program: str, loop: str | None, participant: str, badge: str
) -> None:
    for explained in explanations.of_badge(snapshot, program, loop, participant, badge):
        if isinstance(explained, FormerBadge):
            lines = text.former(explained)
        else:
            lines = text.badge(explained)
        typer.echo("\n".join([*lines, ""]))
    _stages(snapshot, program, participant, badge)
    refused = dead_letters.open_of_program(snapshot, program)
    typer.echo("\n".join(text.refused(program, refused)))


def _stages(snapshot: Snapshot, program: str, participant: str, badge: str) -> None:
    """What the committee asks, of a badge that is a stage, as a checklist of today."""
    question = eligibility.current(snapshot, program, from_datetime(system_clock()))
    stages = [s for s in question.policy.stages if s.badge == badge and s.given is not None]
    if not stages:
        return
    try:
        person = eligibility.read(snapshot, program, participant, question)
    except UnknownParticipant:  # nothing to be asked of somebody whom no fact names
        return
    for stage in stages:
        lines = checklist.one(question.catalog, person.eligibility(stage))
        typer.echo("\n".join([*lines, ""]))
