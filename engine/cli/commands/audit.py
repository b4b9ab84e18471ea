"""`badge-engine audit`: what is live, beside what the facts give."""

from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.audit import drift as auditing
from engine.audit.sampling import WHOLE
from engine.cli.console.exit_codes import Failed
from engine.queries.snapshot import snapshot

_SHOWN = 20


def audit(
    program: Annotated[str | None, typer.Option(help="One program only.")] = None,
    facts: Annotated[
        int, typer.Option(min=1, metavar="N", help="Of more than N facts, a sample of about N.")
    ] = WHOLE,
) -> None:
    """Fold the ledger afresh and compare live measures and awards with it; exit 1 on drift."""
    with bootstrap.database(settings.load(), patient=True) as engine, snapshot(engine) as tx:
        found = auditing.audit(tx, program, facts)
    for line in found.drift[:_SHOWN]:
        typer.echo(line)
    part = "all" if found.whole else "a sample"
    compared = f"{part}: {found.facts:,} facts, {found.places:,} places, {found.awards:,} awards"
    if found.drift:
        raise Failed(f"{len(found.drift):,} differ from what the ledger gives ({compared})")
    typer.echo(f"as the ledger gives it ({compared})")
