"""`badge-engine awards export`: the standing awards, as announced or folded afresh."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.audit.recompute import recompute
from engine.cli.console.files import write_lines
from engine.projections.award import Award
from engine.queries.snapshot import snapshot
from engine.store.awards import awards

app = typer.Typer(no_args_is_help=True, help="The awards that stand.")


@app.callback()
def _group() -> None:
    """The awards that stand."""


@app.command()
def export(
    output: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where to write.")],
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
    recomputed: Annotated[
        bool, typer.Option("--recomputed", help="Fold the ledger afresh instead.")
    ] = False,
) -> None:
    """Write the standing awards of the live generation, sorted by id."""
    with bootstrap.database(settings.load()) as engine:
        count = write_lines(output, (a.as_json() for a in standing(engine, program, recomputed)))
    typer.echo(f"{count} awards written to {output}")


def standing(engine: Engine, program: str | None, recomputed: bool) -> Iterator[Award]:
    """The standing awards by id: as announced, or as the facts justify them now."""
    with snapshot(engine) as tx:
        if recomputed:
            yield from recompute(tx, program)
        else:
            for announced in awards.standing(tx, program):
                yield announced.award
