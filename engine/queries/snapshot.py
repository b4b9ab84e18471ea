"""Reading for commands that show things: one moment of the database, and a program's generation."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from engine.store.generations import pointers
from engine.store.generations.live import Generation, Generations
from engine.store.postgres.connection import Transaction, transaction


class UnknownProgram(Exception):
    """Nothing was ever accepted for a program of this name."""


class UnknownLoop(Exception):
    """A program has no loop of this name with anything to show."""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Transaction]:
    """A transaction that sees one moment throughout and writes nothing."""
    with transaction(engine) as tx:
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield tx


def generation_of(tx: Transaction, program: str) -> Generation:
    """The live generation of a program.

    Raises:
        UnknownProgram
    """
    number = pointers.live(tx).get(program)
    if number is None:
        raise UnknownProgram(f"no program is called {program}: nothing was ever taken in for it")
    return Generations().get(tx, number)
