"""`badge-engine recover`: the way on from what workers refuse, decided by a person."""

import re
from collections.abc import Iterable
from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.cli.console.exit_codes import Failed, Unusable
from engine.stream.offsets import recovery
from engine.stream.offsets.recovery import CannotRecover, RecoveryRequest


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
            metavar="PARTITION:OFFSET",
            help="Step over the one record that a partition stands at. It counts as lost.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is wrong and would be done; do nothing.")
    ] = False,
) -> None:
    """Say what contradicts itself between Kafka and the database, and go on from there."""
    if not dry_run and not (by.strip() and reason.strip()):
        raise Unusable("what is done is audited: say --by NAME and --reason TEXT, or --dry-run")
    wanted = RecoveryRequest(frozenset(partition or ()), _offsets(skip or ()))
    loaded = settings.load()
    with bootstrap.database(loaded) as engine:
        try:
            steps = (
                recovery.plan(loaded, engine, wanted)
                if dry_run
                else recovery.recover(loaded, engine, wanted, by, reason)
            )
        except CannotRecover as error:
            raise Failed(str(error)) from None
    for step in steps:
        typer.echo(f"✗ {step.wrong}")
        typer.echo(f"{'would be done' if dry_run else 'done'}: {step.done}")
    if not steps:
        typer.echo("nothing is wrong: cursors and Kafka agree")


def _offsets(skips: Iterable[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for given in skips:
        match = re.fullmatch(r"(\d{1,9}):(\d{1,18})", given, re.ASCII)
        if match is None:
            raise Unusable(f"--skip {given}: say it as PARTITION:OFFSET, such as 3:1017")
        if int(match[1]) in found:
            raise Unusable(f"--skip {given}: one offset of a partition at a time")
        found[int(match[1])] = int(match[2])
    return found
