"""`badge-engine audit`: what is live, compared with what the facts give; `--log`: the audit log."""

from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.audit import drift as auditing
from engine.audit.sampling import WHOLE
from engine.cli.console.exit_codes import Failed
from engine.queries.snapshot import snapshot
from engine.store import audit_log
from engine.store.audit_log import AuditBroken

_SHOWN = 20


def audit(
    program: Annotated[str | None, typer.Option(help="One program only.")] = None,
    facts: Annotated[
        int, typer.Option(min=1, metavar="N", help="Of more than N facts, a sample of about N.")
    ] = WHOLE,
    log: Annotated[
        bool, typer.Option("--log", help="Verify the audit log instead: who decided what.")
    ] = False,
) -> None:
    """Fold the ledger again and compare live measures and awards with it; exit 1 on drift."""
    if log:
        _verify_log()
        return
    with bootstrap.database(settings.load(), patient=True) as engine, snapshot(engine) as tx:
        result = auditing.audit(tx, program, facts)
    for line in result.drift[:_SHOWN]:
        typer.echo(line)
    part = "all" if result.whole else "a sample"
    compared = f"{part}: {result.facts:,} facts, {result.places:,} places, {result.awards:,} awards"
    if result.drift:
        raise Failed(f"{len(result.drift):,} differ from what the ledger gives ({compared})")
    typer.echo(f"as the ledger gives it ({compared})")


def _verify_log() -> None:
    """Check that every entry follows from the one before."""
    with bootstrap.database(settings.load(), patient=True) as engine, snapshot(engine) as tx:
        try:
            verified = audit_log.verify(tx)
        except AuditBroken as broken:
            raise Failed(
                f"{broken}. See docs/operating.md, 'the audit log is not as it was written'."
            ) from None
    typer.echo(f"as it was written: {verified.entries:,} entries, head {verified.head}")
