"""`badge-engine recover`: the way on from what workers refuse, decided by a person."""

import re
from collections.abc import Iterable
from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.input_topics import InTopic, chosen, named
from engine.stream.offsets import recovery
from engine.stream.offsets.recovery import CannotRecover, RecoveryRequest, Skip


def recover(
    by: Annotated[str, typer.Option(help="Who decides; kept in the audit log.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept in the audit log.")] = "",
    partition: Annotated[
        list[int] | None,
        typer.Option(metavar="P", help="Only this partition. May be given several times."),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTITION:OFFSET[-LAST]",
            help="Skip the next record of a partition, or all up to LAST. They count as "
            "lost. Of a halted partition also while workers run.",
        ),
    ] = None,
    topic: InTopic = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is wrong and would be done; do nothing.")
    ] = False,
) -> None:
    """Name contradictions between Kafka and the database, and resolve them."""
    if not dry_run and not (by.strip() and reason.strip()):
        raise Unusable("what is done is audited: say --by NAME and --reason TEXT, or --dry-run")
    wanted = RecoveryRequest(frozenset(partition or ()), _offsets(skip or ()))
    loaded = settings.load()
    topics = (named(topic, loaded),) if partition or skip else chosen(topic, loaded)
    wrong = False
    with bootstrap.database(loaded) as engine:
        for name in topics:
            try:
                steps = (
                    recovery.plan(loaded, engine, name, wanted)
                    if dry_run
                    else recovery.recover(loaded, engine, name, wanted, by, reason)
                )
            except CannotRecover as error:
                raise Failed(str(error)) from None
            for step in steps:
                typer.echo(f"✗ {step.wrong}")
                typer.echo(f"{'would be done' if dry_run else 'done'}: {step.done}")
            wrong |= bool(steps)
    if not wrong:
        typer.echo("nothing is wrong: cursors and Kafka agree")


def _offsets(given: Iterable[str]) -> dict[int, Skip]:
    skips: dict[int, Skip] = {}
    for text in given:
        match = re.fullmatch(r"(\d{1,9}):(\d{1,18})(?:-(\d{1,18}))?", text, re.ASCII)
        if match is None:
            raise Unusable(
                f"--skip {text!r}: give it as PARTITION:OFFSET or PARTITION:FIRST-LAST, such as "
                "3:1017 or 3:1017-1020"
            )
        partition, first = int(match[1]), int(match[2])
        last = int(match[3]) if match[3] is not None else first
        if partition in skips:
            raise Unusable(f"--skip {text}: one offset, or one range, of a partition at a time")
        if last < first:
            raise Unusable(f"--skip {text}: the last offset is before the first")
        skips[partition] = Skip(first, last)
    return skips
