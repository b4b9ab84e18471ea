"""`badge-engine digest`: one line that is equal for equal accepted facts."""

from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.audit import digests
from engine.queries.snapshot import snapshot
from engine.store.awards import awards
from engine.store.generations import pointers
from engine.store.generations.live import Generations


def digest(
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
) -> None:
    """Print a digest of the standing awards' ids and the measures of the live generation."""
    with bootstrap.database(settings.load()) as engine:
        typer.echo(compute(engine, program))


def compute(engine: Engine, program: str | None = None) -> str:
    """Hex SHA-256 over awards by id and measures by place; awards kept by decision left out."""
    with snapshot(engine) as tx:
        known = Generations()
        under = {
            name: known.get(tx, number)
            for name, number in pointers.live(tx).items()
            if program in (None, name)
        }
        standing = awards.standing(tx, program)
        return digests.digest(tx, (a.award.id for a in standing if not a.decided), under)
