"""`badge-engine board`: what everybody in a loop holds, and how far it is to the next level."""

from typing import Annotated

import msgspec
import typer

from engine import bootstrap, settings
from engine.cli.console.output import print_json
from engine.cli.console.tables import console
from engine.cli.rendering.board import show
from engine.queries import boards
from engine.queries.snapshot import Reader


def board(
    program: Annotated[str, typer.Option(help="The program.")],
    loop: Annotated[str | None, typer.Option(help="One of its loops only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show who holds what in each loop, since when, and the progress to the next level."""
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        if loop is None:
            answer = boards.of_program(snapshot, program)
        else:
            answer = boards.of_loop(snapshot, program, loop)
    if as_json:
        print_json(msgspec.to_builtins(answer))
    else:
        show(answer, console())
