"""`badge-replay refold`: correct what is live of some people by the ledger."""

from typing import Annotated

import typer

from engine.cli.console.decided_by import By, named
from engine.cli.console.options import Now, clock
from engine.projections.award import Award
from events.instants import from_datetime
from replay.commands.session import database
from replay.switch import repair
from replay.switch.repair import RepairResult, RepairTarget


def refold(
    program: Annotated[str, typer.Option(metavar="ID", help="The program.")],
    participant: Annotated[
        str | None, typer.Option(metavar="ID", help="Who is put right, in the whole program.")
    ] = None,
    loop: Annotated[
        str | None, typer.Option(metavar="ID", help="Everybody at this loop, in the whole program.")
    ] = None,
    by: By = None,
    reason: Annotated[str, typer.Option(help="Why; audited.")] = "drift",
    now: Now = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print what would change.")
    ] = False,
) -> None:
    """Correct what is live of a participant, or of everybody at a loop, and print the change."""
    if (participant is None) == (loop is None):
        raise typer.BadParameter("give either --participant or --loop")
    whom = RepairTarget(program, participant, loop)
    with database() as (_, engine):
        time = from_datetime(clock(now)())
        done = repair.refold(engine, whom, time, named(by), reason, dry_run=dry_run)
    _print(done, "would be put right" if dry_run else "put right")


def _print(done: RepairResult, how: str) -> None:
    folded = f"{done.people:,} people, {done.places:,} places, {done.facts:,} facts"
    if done.right:
        typer.echo(f"as the ledger gives it ({folded})")
        return
    typer.echo(f"folded: {folded}")
    typer.echo(
        f"{how}: {done.measures:,} rows of measures, the values of {done.values:,} people, "
        f"{done.participation:,} rows of participation"
    )
    for sign, awards in (("+", done.gained), ("-", done.lost)):
        for award in awards:
            typer.echo(f"  {sign} {_shown(award)}")
    typer.echo(
        f"{done.done.gained:,} gained, {done.done.lost:,} lost, {done.justified:,} no longer by "
        f"decision, {done.done.restated:,} restated; {done.done.messages:,} messages to subscribers"
    )


def _shown(award: Award) -> str:
    badge = f"{award.badge} {award.occurrence}".strip()
    where = "" if award.loop is None else f" in {award.loop}"
    return f"{award.id} {badge} of {award.recipient}{where}"
