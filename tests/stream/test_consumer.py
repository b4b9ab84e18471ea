"""The consumer delivers what is read again after a seek back."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from engine.stream import app as faust_app
from tests.stream.wire import settings_of

HERE = TP("topic", 0)


async def _nowhere(_partitions: set[int]) -> Mapping[int, int]:
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
