"""How far the directory has been read, and what is in it: for operators and monitors."""

from dataclasses import dataclass
from typing import Any

from directory.intake.topic import DirectoryTopic
from engine.sole_reader import progress
from engine.sole_reader.progress import ReadingProgress
from engine.store.postgres.connection import Transaction

_COUNTED = ("programs", "participants", "loops")


@dataclass(frozen=True, slots=True)
class DirectoryStatus:
    """How far it was read, and how many of each kind are described."""

    progress: ReadingProgress
    described: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """For monitors."""
        return self.progress.as_json() | {"described": self.described}


def look(tx: Transaction, topic: DirectoryTopic) -> DirectoryStatus:
    """The state of now. Raises KafkaAway, TopicAbsent."""
    read = progress.look(tx, "directory", topic)
    counts = {table: tx.rows(f"SELECT count(*) FROM directory.{table}")[0][0] for table in _COUNTED}
    return DirectoryStatus(read, counts)
