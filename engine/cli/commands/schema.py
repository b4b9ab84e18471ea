"""`badge-engine schema export`: the contracts of events and catalogs, for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from engine.catalog import schema as catalog_schema
from engine.cli.console.exit_codes import Failed
from events import asyncapi, schema_export

app = typer.Typer(no_args_is_help=True, help="The contracts as JSON Schema.")


@app.callback()
def _group() -> None:
    """The contracts as JSON Schema."""


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Made if it is missing.")],
    as_asyncapi: Annotated[
        bool, typer.Option("--asyncapi", help="Instead, the topics: DIR/asyncapi.yaml.")
    ] = False,
) -> None:
    """Write the JSON Schema of every event type and of the catalog file, one file each."""
    try:
        if as_asyncapi:
            typer.echo(f"the topics written to {asyncapi.export(directory)}")
            return
        written = [*schema_export.export(directory), catalog_schema.export(directory)]
    except OSError as error:
        raise Failed(f"{directory}: cannot be written: {error.strerror}") from None
    typer.echo(f"{len(written)} schemas written to {directory}")
