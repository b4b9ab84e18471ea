"""One moment of the database, from which an answer is read.

A `Reader` serves a process. Each answer is read from a `Snapshot`:
one read-only transaction that sees one moment throughout.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.catalog.model import Catalog
from engine.queries.errors import UnknownProgram
from engine.queries.visible import readable
from engine.store.generations import pointers
from engine.store.generations.live import Generation, Generations
from engine.store.postgres.connection import Transaction, transaction


class Reader:
    """Answers from one database; made once per process, for any number of threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = _of_one_moment(engine)
        self.generations = Generations()

    @contextmanager
    def snapshot(self) -> Iterator["Snapshot"]:
        """The moment at which the first statement is made, until the block ends."""
        with transaction(self._engine) as tx:
            yield Snapshot(tx, self.generations)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an answer is read from: a transaction, and what the process knows already."""

    tx: Transaction
    generations: Generations

    def generation_of(self, program: str) -> Generation:
        """The live generation of a program.

        Raises:
            UnknownProgram, CatalogAltered
        """
        generation = self.generations.live_of(self.tx, program)
        if generation is None:
            raise UnknownProgram(
                f"no program is called {readable(program)}: no fact of it was ever accepted"
            )
        return generation

    def generation_for(self, program: str) -> Generation:
        """The live generation of a program, or the one that programs start under if nothing of it
        was accepted yet.

        Raises:
            CatalogAltered
        """
        live = self.generations.live_of(self.tx, program)
        return live if live is not None else self.generations.default(self.tx)

    def programs(self, program: str | None = None) -> dict[str, Generation]:
        """Every program, or the one of this name if it exists, with its live generation.

        Raises:
            CatalogAltered
        """
        return {
            name: self.generations.get(self.tx, number)
            for name, number in pointers.live(self.tx).items()
            if program in (None, name)
        }

    def catalog(self, row: int) -> Catalog:
        """A stored catalog, also one that no program is under any more.

        Raises:
            CatalogAltered
        """
        return self.generations.catalog(self.tx, row)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Transaction]:
    """A transaction that sees one moment throughout and writes nothing."""
    with transaction(_of_one_moment(engine)) as tx:
        yield tx


def _of_one_moment(engine: Engine) -> Engine:
    """The same connections, whose transactions see one moment. As options they are part of BEGIN: a
    statement of their own is a round trip of its own."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
