"""The topic read into tables: what to write for the records of a batch."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Engine

from directory import metrics
from directory.intake.fold import RecordAt, fold
from directory.intake.records import ReadRecord, RefusedDescription, parse
from directory.intake.topic import DirectoryTopic
from directory.migrations import CHAIN
from directory.store import descriptions
from engine.observability import logger
from engine.sole_reader.cursors import Extent, ReadingStart
from engine.sole_reader.intake import RecordsRead
from engine.sole_reader.reader import SoleReader
from engine.sole_reader.topic import TopicRecord
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction

log = logger(__name__)


def feed(engine: Engine, topic: DirectoryTopic, silent_seconds: float = 10.0) -> SoleReader:
    """The reader of the directory. `silent_seconds`: after how long without a sign of life another
    process takes over."""
    intake = DirectoryIntake(topic.name)
    return SoleReader(
        "the directory", engine, CHAIN, locks.DIRECTORY, topic, intake, silent_seconds
    )


class DirectoryIntake:
    """Writes descriptions. `topic`: its name, for the log."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._refused: Counter[str] = Counter()

    def begin(self, tx: Transaction, start: ReadingStart, extents: Mapping[int, Extent]) -> None:
        """Nothing to prepare."""

    def write(self, tx: Transaction, batch: Mapping[int, RecordsRead]) -> dict[int, int]:
        """Write what the records describe. Gives how many were refused, by partition."""
        refused = {}
        self._refused.clear()
        for number, read in batch.items():
            changes = fold(map(_read, read.records))
            descriptions.apply(tx, read.lane, changes)
            for each in changes.refused:
                log.warning(
                    "record refused",
                    topic=self._topic,
                    partition=number,
                    offset=each.offset,
                    why=getattr(each.record, "why", ""),
                )
                assert isinstance(each.record, RefusedDescription)
                self._refused[each.record.reason] += 1
            refused[number] = len(changes.refused)
        return refused

    def committed(self) -> None:
        """Count what was refused."""
        for reason, number in self._refused.items():
            metrics.REFUSED.labels(reason).inc(number)


def _read(record: TopicRecord) -> RecordAt:
    return RecordAt(record.offset, record.published, _parsed(record))


def _parsed(record: TopicRecord) -> ReadRecord:
    if record.headers is None:
        return RefusedDescription("the name of a header is not UTF-8", "malformed")
    return parse(record.key, record.value, record.headers)
