"""What is done with dead letters: given in again, closed, deleted when that is long ago; and the
partitions that a flood of them stopped, let go on."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.console import input_topics
from engine.cli.console.decided_by import By, named
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.input_topics import InTopic
from engine.cli.console.interruptible import interruptible
from engine.cli.console.options import Now, clock
from engine.cli.console.progress import progress
from engine.handlers.redrive import Redriven
from engine.handlers.redrive import redrive as redrive_all
from engine.handlers.retry.errors import AWAY
from engine.intake.refusal import REASONS, WHAT_HELPS, Reason
from engine.queries.snapshot import snapshot
from engine.store import audit_log
from engine.store.cursors import resuming
from engine.store.cursors.resuming import AlreadyPassed, NotStopped
from engine.store.dead_letters import decisions, entries, listing, private
from engine.store.dead_letters.listing import DeadLetterFilter
from engine.store.postgres.connection import transaction

OfReason = Annotated[Reason | None, typer.Option("--reason", help="Those of one reason.")]
Numbers = Annotated[list[int] | None, typer.Argument(metavar="ID", help="Entries by id.")]

_MANY_DAYS = 365_000  # a thousand years: PostgreSQL counts days in 32 bits, times from 4713 BC
_STOPPED = (KeyboardInterrupt, *AWAY)


def redrive(
    numbers: Numbers = None,
    reason: OfReason = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are open.")] = False,
    now: Now = None,
) -> None:
    """Give dead letters to the same rules again. Refused again, one stays open."""
    loaded = settings.load()
    if sum((bool(numbers), reason is not None, everything)) != 1:
        raise Unusable("say which: ID..., --reason REASON or --all")
    result = Redriven()
    stopped: BaseException | None = None
    with bootstrap.database(loaded, to_take_in=True) as engine:
        chosen = list(dict.fromkeys(numbers or _open(engine, reason)))
        terms = bootstrap.terms(loaded, clock(now))
        try:
            redrive_all(engine, progress(interruptible(chosen), "redriving"), terms, result)
        except _STOPPED as error:
            stopped = error
    _tell(result)
    if stopped is not None:
        done = sum(map(len, (result.accepted, result.refused, result.closed, result.failed)))
        raise Failed(
            f"stopped ({type(stopped).__name__}) after {done} of {len(chosen)}; the rest is as it "
            "was. Run it again: what is done is not done twice"
        )
    _complain(result.unknown, result.failed)


def discard(
    because: Annotated[str, typer.Option(help="Why; kept with the entry, and audited.")],
    numbers: Numbers = None,
    reason: OfReason = None,
    by: By = None,
) -> None:
    """Close open dead letters without taking them in. Their bytes are kept, but for private
    notes."""
    if bool(numbers) == (reason is not None):
        raise Unusable("say which: ID... or --reason REASON")
    if not because.strip():
        raise Unusable("--because must say something")
    chosen = set(numbers or ())
    with bootstrap.database(settings.load()) as engine, transaction(engine) as tx:
        became = decisions.discard(tx, because, named(by), chosen, reason)
    already = f", {became.already} already resolved" if became.already else ""
    typer.echo(f"{len(became.done)} discarded{already}")
    _complain(became.unknown)


def expire(
    older_than: Annotated[
        int,
        typer.Option(
            min=0,
            max=_MANY_DAYS,
            metavar="DAYS",
            help="Resolved, or with a private note open, more than so many days ago.",
        ),
    ] = 30,
    by: By = None,
) -> None:
    """Delete dead letters that were resolved long ago, with all they hold. Open ones never go; of
    those that have been open as long, private notes in clear are cut out."""
    age = timedelta(days=older_than)
    with bootstrap.database(settings.load()) as engine, transaction(engine) as tx:
        gone = entries.expire(tx, age)
        notes = private.drop_old_notes(tx, age)
        if gone:
            why = f"resolved more than {older_than} days ago"
            audit_log.note(tx, "expire", named(by), why, {"dead_letters": gone})
        if notes:
            why = f"first seen more than {older_than} days ago"
            audit_log.note(tx, "expire", named(by), why, {"private_notes": notes})
    by_reason = ", ".join(f"{gone[reason]} {reason}" for reason in REASONS if reason in gone)
    typer.echo(f"{sum(gone.values())} deleted" + (f": {by_reason}" if by_reason else ""))
    if notes:
        typer.echo(f"{notes} private notes cut out of open ones")


def resume(
    partition: Annotated[int, typer.Argument(metavar="PARTITION")],
    until: Annotated[
        int | None,
        typer.Option(metavar="OFFSET", help="No refusal before this offset stops it again."),
    ] = None,
    because: Annotated[str, typer.Option(help="What was mended; audited.")] = "",
    by: By = None,
    in_topic: InTopic = None,
) -> None:
    """Let a partition that a flood of refusals stopped go on; running workers notice."""
    loaded = settings.load()
    topic = input_topics.named(in_topic, loaded)
    with bootstrap.database(loaded) as engine, transaction(engine) as tx:
        try:
            resuming.resume(tx, topic, partition, named(by), because, until)
        except (NotStopped, AlreadyPassed) as refused:
            raise Failed(str(refused)) from None
    limited = f"; refusals before offset {until} do not stop it" if until is not None else ""
    typer.echo(f"partition {partition} of {topic} goes on{limited}")


def _open(engine: Engine, reason: Reason | None) -> list[int]:
    with snapshot(engine) as tx:
        return listing.numbers(tx, DeadLetterFilter(reason))


def _tell(result: Redriven) -> None:
    for number, refusal in result.refused.items():
        typer.echo(f"{number}: refused again: {refusal.reason}: {refusal.detail}")
    again = {refusal.reason for refusal in result.refused.values()}
    for reason in (reason for reason in REASONS if reason in again):
        typer.echo(f"what helps with {reason}: {WHAT_HELPS[reason]}")
    typer.echo(
        f"{len(result.accepted)} accepted, {len(result.refused)} refused again"
        + (f", {len(result.closed)} already resolved" if result.closed else "")
    )


def _complain(unknown: list[int], failed: dict[int, str] | None = None) -> None:
    problems = [
        f"{number}: the engine fails on it: {why}" for number, why in (failed or {}).items()
    ]
    if unknown:
        problems.append(f"there is no dead letter {', '.join(map(str, unknown))}")
    if problems:
        raise Failed("\n".join(problems))
