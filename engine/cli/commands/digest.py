"""`badge-engine digest`: one line that is equal for equal accepted facts."""

from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.queries import exports
from engine.queries.snapshot import Reader


def digest(
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
) -> None:
    """Print a digest of the standing awards' ids and the measures of the live generation."""
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        value = exports.digest(snapshot, program)
    typer.echo(value)
