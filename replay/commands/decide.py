"""`badge-replay approve`, `cutover`, `rollback` and `retire`: what people decide."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from engine.cli.console.decided_by import By, named
from engine.cli.console.options import Now, clock
from engine.store.postgres.connection import transaction
from events.instants import Instant, from_datetime
from replay.commands.session import GenerationId, database, shown
from replay.diff import summary
from replay.switch import approve as deciding
from replay.switch import cutover as switching
from replay.switch import policies
from replay.switch import release as releasing
from replay.switch import rollback as returning
from replay.switch.apply import SwitchResult
from replay.switch.policies import Gained, Lost, Moved, Rule, SwitchPolicy

Reason = Annotated[str, typer.Option(help="Why; audited.")]


def approve(
    generation: GenerationId,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; audited.")],
    reason: Reason,
    gained: Annotated[
        Gained | None,
        typer.Option(help="Announce what is gained, or not: emit, but for history brought in."),
    ] = None,
    lost: Annotated[
        Lost, typer.Option(help="Revoke, with a message or silently; or keep.")
    ] = "revoke",
    moved: Annotated[Moved, typer.Option(help="Announced dates stay, or are restated.")] = "keep",
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="YAML: gained, lost, moved for each badge.")
    ] = None,
) -> None:
    """Approve a generation's diff as it is now, with what is to be done about it."""
    with database() as (_, engine):
        rule = Rule(gained or deciding.usually_gained(engine, generation), lost, moved)
        wanted = SwitchPolicy(rule) if policy is None else policies.read(policy, rule)
        counted = deciding.approve(engine, generation, wanted, by, reason)
    typer.echo(
        f"generation {generation} is approved: {counted.total('added'):,} gained, "
        f"{counted.total('lost'):,} lost, {counted.total('moved'):,} with another date"
    )


def cutover(
    generation: GenerationId,
    tolerance: Annotated[
        float,
        typer.Option(
            min=0, metavar="SHARE",
            help="How far each badge's numbers may be from the approved ones; 10 always may.",
        ),
    ] = summary.SHARE,
    longest_pause: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="For how long batches may have to wait.")
    ] = 30.0,
    now: Now = None,
) -> None:  # fmt: skip
    """Put the programs under an approved generation, while workers run."""
    with database() as (_, engine):
        done = switching.cutover(engine, generation, _instant(now), tolerance, longest_pause)
    typer.echo(f"generation {generation} is live: {_in_words(done)}")


def rollback(
    generation: GenerationId,
    by: By = None,
    reason: Annotated[str, typer.Option(help="Why; audited.")] = "rollback",
    now: Now = None,
) -> None:
    """Leave a live generation for the catalogs that were there before."""
    with database() as (settings, engine):
        with transaction(engine) as tx:
            plan = returning.prepare(tx, generation)
        shown(returning.build(engine, settings.database, plan))
        done = returning.rollback(engine, plan, _instant(now), named(by), reason)
    where = ", ".join(map(str, plan.generations))
    typer.echo(f"generation {where} is live in place of {generation}: {_in_words(done)}")


def release(
    award: Annotated[
        list[UUID], typer.Argument(metavar="AWARD_ID…", help="Awards kept by decision.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; audited.")],
    reason: Reason,
    silent: Annotated[bool, typer.Option("--silent", help="Revoke without a message.")] = False,
    now: Now = None,
) -> None:
    """Revoke awards that a cutover kept by decision: all of them, or none."""
    numbers = [str(number) for number in award]
    with database() as (_, engine):
        done = releasing.release(engine, numbers, _instant(now), by, reason, silent=silent)
    typer.echo(f"{done.lost:,} released; {done.messages:,} messages to subscribers")


def retire(generation: GenerationId) -> None:
    """Drop a generation that is not live; there is no way back to it."""
    with database() as (_, engine):
        replay = returning.retire(engine, generation)
    typer.echo(f"generation {generation} is {replay.status}; every announcement is still known")


def _instant(now: datetime | None) -> Instant:
    return from_datetime(clock(now)())


def _in_words(done: SwitchResult) -> str:
    return (
        f"{done.gained:,} gained, {done.lost:,} lost, {done.kept:,} kept by decision, "
        f"{done.restated:,} restated{_renamed(done)}; {done.messages:,} messages to subscribers"
    )


def _renamed(done: SwitchResult) -> str:
    return f", {done.renamed:,} renamed" if done.renamed else ""
