"""What an answer is read from: the engine's tables at one moment, and the directory.

The directory is read under another role of the database than the engine's tables, so on another
connection; it may be a moment ahead or behind, as it may be anyway.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.queries.snapshot import Reader, Snapshot
from engine.store.postgres.connection import Transaction, transaction


@dataclass(frozen=True, slots=True)
class Moment:
    """`engine`: a snapshot of the engine's tables. `directory`: a transaction that reads who is
    who, and what people have chosen."""

    engine: Snapshot
    directory: Transaction


class Readings:
    """Opens moments; made once per process, for any number of threads."""

    def __init__(self, reader: Engine, people: Engine) -> None:
        self.reader = Reader(reader)
        self._people = people

    @contextmanager
    def moment(self) -> Iterator[Moment]:
        """A moment, until the block ends. Render after it: it holds two connections.

        Raises:
            DatabaseUnreachable
        """
        with ExitStack() as stack:
            directory = stack.enter_context(transaction(self._people))
            yield Moment(stack.enter_context(self.reader.snapshot()), directory)
