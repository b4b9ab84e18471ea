"""The consumer delivers what is read again after a seek back, and nothing before a first seek."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from engine.stream.fetch import app as faust_app
from tests.integration.stream.wire import settings_of

HERE = TP("topic", 0)


async def _nowhere(_partitions: set[TP]) -> Mapping[TP, int]:
    return {}


def test_what_lies_before_an_offset_already_delivered_is_delivered_again() -> None:
    assert asyncio.run(_delivered(49, 19, 49)) == [49, 19, 49]


async def _delivered(*offsets: int) -> list[int]:
    """Which of these offsets, fetched one after the other, get through."""
    app = faust_app.make(settings_of("127.0.0.1:1", uuid.uuid4().hex), _nowhere)
    consumer: Any = app.consumer
    found: list[int] = []
    stopped = asyncio.Event()

    async def callback(message: Any) -> None:
        found.append(message.offset)

    async def getmany(timeout: float) -> AsyncIterator[tuple[TP, Any]]:
        for offset in offsets:
            yield HERE, SimpleNamespace(offset=offset, topic=HERE.topic, key=None, value=None)
        stopped.set()

    consumer.callback, consumer.getmany = callback, getmany
    await asyncio.wait_for(consumer._drain_messages(SimpleNamespace(_stopped=stopped)), 10)
    return found


def test_what_a_rebalance_reads_before_the_seek_is_not_delivered() -> None:
    """Given a partition at 35 that a rebalance gives back, when it is read from the group's
    offset, 18, then nothing comes of it; and after the seek it goes on at 35."""
    kafka = _Kafka()
    assert asyncio.run(_fetched_around_a_rebalance(kafka)) == [(30, 35), None, (35, 37)]


async def _fetched_around_a_rebalance(kafka: "_Kafka") -> list[tuple[int, int] | None]:
    app = faust_app.make(settings_of("127.0.0.1:1", uuid.uuid4().hex), _nowhere)
    consumer: Any = app.consumer
    consumer.resume_flow()
    thread = consumer.thread
    batches: list[tuple[int, int] | None] = []

    async def fetch(begin: int, end: int) -> None:
        kafka.holds(begin, end)
        found = await thread._fetch_records(kafka, {HERE})
        batches.append((found[HERE][0].batch.start, found[HERE][0].batch.end) if found else None)

    await thread._seek_wait(kafka, {HERE: 30})
    await fetch(30, 35)
    kafka.rebalance()
    await fetch(18, 35)
    await thread._seek_wait(kafka, {HERE: 35})
    await fetch(35, 37)
    return batches


class _Kafka:
    """As much of Kafka's client as the thread touches."""

    _closed = False

    def __init__(self) -> None:
        self._fetcher = self._subscriptions = self._subscription = self
        self.fetch_context = nullcontext
        self.rebalance()

    def rebalance(self) -> None:
        """A new assignment, of the same partition."""
        state = SimpleNamespace(position=0, has_valid_position=True)
        assignment = SimpleNamespace(state_value=lambda _tp: state)
        self._state, self.subscription = state, SimpleNamespace(assignment=assignment)

    def holds(self, begin: int, end: int) -> None:
        """What the next fetch gives."""
        self._state.position = end
        self._records = [
            SimpleNamespace(offset=n, key=None, value=b"{}", headers=()) for n in range(begin, end)
        ]

    async def fetched_records(self, *_arguments: Any, **_named: Any) -> dict[TP, list[Any]]:
        return {HERE: self._records}

    def seek(self, _tp: TP, offset: int) -> None:
        self._state.position = offset

    async def position(self, _tp: TP) -> int:
        return int(self._state.position)
