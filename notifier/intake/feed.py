"""The awards read into tables: notices, items on pages, and e-mails that are due."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Engine

from engine.observability import logger
from engine.sole_reader.cursors import Extent, ReadingStart
from engine.sole_reader.intake import RecordsRead
from engine.sole_reader.reader import SoleReader
from engine.sole_reader.topic import KafkaTopic
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction
from events.subscriber import AwardsMessage, news
from notifier.intake.announce import announce
from notifier.intake.records import MessagesRead, read_all
from notifier.migrations import CHAIN
from notifier.rules.telling import TellingOptions
from notifier.store import baseline
from notifier.store.notices import KeptNotices

log = logger(__name__)


def feed(
    engine: Engine,
    topic: KafkaTopic,
    options: TellingOptions,
    now: Callable[[], datetime],
    *,
    from_beginning: bool = False,
    silent_seconds: float = 10.0,
) -> SoleReader:
    """The reader of the awards.

    `from_beginning`: when it first starts, people are notified of what is on the topic already;
    else that is only kept. `silent_seconds`: after how long without a sign of life another process
    takes over.
    """
    intake = AwardsIntake(topic.name, options, now, from_beginning=from_beginning)
    return SoleReader("the notifier", engine, CHAIN, locks.NOTIFIER, topic, intake, silent_seconds)


class AwardsIntake:
    """Writes what messages mean. `topic`: its name, for the log."""

    def __init__(
        self,
        topic: str,
        options: TellingOptions,
        now: Callable[[], datetime],
        *,
        from_beginning: bool,
    ) -> None:
        self._topic = topic
        self._options = options
        self._now = now
        self._from_beginning = from_beginning
        self._baseline_until: dict[int, int] = {}

    def begin(self, tx: Transaction, start: ReadingStart, extents: Mapping[int, Extent]) -> None:
        """When nothing was ever read, what is there now is the baseline."""
        ends = {}
        if start.first and not self._from_beginning:
            ends = {number: extent.end for number, extent in extents.items()}
            log.info("what is on the topic now is announced to nobody", topic=self._topic)
        self._baseline_until = baseline.begin(tx, start.made, ends)

    def write(self, tx: Transaction, batch: Mapping[int, RecordsRead]) -> dict[int, int]:
        """Write what the records mean. Gives how many were refused, by partition."""
        messages = MessagesRead()
        refused = {}
        for number, read in batch.items():
            unread = read_all(read.records, self._baseline_until.get(number, 0), messages)
            for each in unread:
                log.warning(
                    "record refused",
                    topic=self._topic,
                    partition=number,
                    offset=each.offset,
                    why=each.why,
                )
            refused[number] = len(unread)
        now = self._now()
        if messages.baseline:
            _keep_news(KeptNotices(tx, now, baseline=True), messages.baseline)
        if messages.live:
            kept = KeptNotices(tx, now, baseline=False)
            fresh = _keep_news(kept, messages.live)
            if fresh:
                announce(tx, fresh, kept.known, self._options, now)
        return refused

    def committed(self) -> None:
        """Nothing to do."""


def _keep_news(kept: KeptNotices, messages: list[AwardsMessage]) -> list[AwardsMessage]:
    fresh = news(messages, kept)
    kept.keep(fresh)
    return fresh
