"""A topic that a worker reads: where to read on in it, and what is looked at meanwhile."""

from collections.abc import Callable, Mapping

from sqlalchemy import Engine

from engine.settings import Settings
from engine.stream.offsets.open_transaction_watch import OpenTransactionWatch
from engine.stream.offsets.positions import Positions
from engine.stream.offsets.topic_watch import TopicWatch
from engine.stream.watchdog import Watchdog


class InputTopic:
    """`ends`: of the topic's partitions that are assigned, as the watchdog wants them."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        name: str,
        ends: Callable[[], Mapping[int, int] | None],
    ) -> None:
        self.name = name
        positions = Positions(settings, engine, name)
        self.find = positions.find
        self.watch = TopicWatch(positions.check_topic)
        self.open_transactions = OpenTransactionWatch()
        self.watchdog = Watchdog(positions, ends)
