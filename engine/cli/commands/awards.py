"""`badge-engine awards export`: the standing awards, as announced or recomputed."""

from pathlib import Path
from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.cli.console.files import write_lines
from engine.queries import exports
from engine.queries.snapshot import Reader

app = typer.Typer(no_args_is_help=True, help="The awards that stand.")


@app.callback()
def _group() -> None:
    """The awards that stand."""


@app.command()
def export(
    output: Annotated[Path, typer.Option(metavar="AWARDS.jsonl", help="Where to write.")],
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
    recomputed: Annotated[
        bool, typer.Option("--recomputed", help="Fold the ledger from the start instead.")
    ] = False,
) -> None:
    """Write the standing awards of the live generation, sorted by id."""
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        awards = exports.awards(snapshot, program, recomputed=recomputed)
        count = write_lines(output, (award.as_json() for award in awards))
    typer.echo(f"{count} awards written to {output}")
