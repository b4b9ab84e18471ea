"""Where replays run: in the process of a test, while workers are processes of their own."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.store.postgres.connection import Transaction, transaction


@dataclass
class Office:
    """The database, for replays."""

    engine: Engine

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A transaction of one's own."""
        return transaction(self.engine)
