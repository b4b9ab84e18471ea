"""`badge-engine digest`: one line that is equal for equal accepted facts."""

import hashlib
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.reading import snapshot
from engine.projections.state import dump
from engine.store.awards import awards
from engine.store.generations import measures
from engine.store.generations.catalogs import Generations, live


def digest(
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
) -> None:
    """Print a digest of the standing awards' ids and the measures of the live generation."""
    with bootstrap.database(settings.load()) as engine:
        typer.echo(compute(engine, program))


def compute(engine: Engine, program: str | None = None) -> str:
    """Hex SHA-256 over awards by id and measures by place; awards kept by decision left out."""
    found = hashlib.sha256()
    with snapshot(engine) as tx:
        for announced in awards.standing(tx, program):
            if not announced.decided:
                found.update(f"award {announced.award.id}\n".encode())
        generations = Generations()
        for name, number in sorted(live(tx).items()):
            if program in (None, name):
                catalog = generations.get(tx, number).catalog
                zeros = list(catalog.zeros)
                for row in measures.of_program(tx, catalog, number, name):
                    known = {who: values for who, values in row.state.items() if values != zeros}
                    if known:
                        place = "\x1f".join(part or "" for part in row.place)
                        found.update(f"measures {place}\n{dump(catalog, known)}\n".encode())
    return found.hexdigest()
