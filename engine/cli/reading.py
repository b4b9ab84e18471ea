"""Reading for commands that show things: one moment of the database, and a program's generation."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from engine.cli.failing import Failed
from engine.store.database import Transaction, transaction
from engine.store.generations.catalogs import Generation, Generations, live


@contextmanager
def snapshot(engine: Engine) -> Iterator[Transaction]:
    """A transaction that sees one moment throughout and writes nothing."""
    with transaction(engine) as tx:
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield tx


def generation_of(tx: Transaction, program: str) -> Generation:
    """The live generation of a program.

    Raises:
        Failed: nothing was ever taken in for a program of this name.
    """
    number = live(tx).get(program)
    if number is None:
        raise Failed(f"no program is called {program}: nothing was ever taken in for it")
    return Generations().get(tx, number)
