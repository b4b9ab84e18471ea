"""`badge-engine measures export`: every participant's measures, as kept or recomputed."""

from pathlib import Path
from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.cli.console.files import write_lines
from engine.queries import exports
from engine.queries.snapshot import Reader

app = typer.Typer(no_args_is_help=True, help="The numbers that badges are decided by.")


@app.callback()
def _group() -> None:
    """The numbers that badges are decided by."""


@app.command()
def export(
    output: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="Where to write.")],
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
    recomputed: Annotated[
        bool, typer.Option("--recomputed", help="Fold the ledger from the start instead.")
    ] = False,
) -> None:
    """Write the measures of the live generation, a line per participant and loop."""
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        measures = exports.measures(snapshot, program, recomputed=recomputed)
        count = write_lines(output, measures)
    typer.echo(f"{count} lines of measures written to {output}")
