"""Asking database and broker until both answer: one that is away is waited for, and so is a broker
that has just come back and does not know its topics yet."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from engine.handlers.retry.errors import AWAY
from engine.observability import logger
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing

log = logger(__name__)

_AGAIN_SECONDS = 0.5
_MISSING_AT_MOST = 6  # so many times a topic that is missing may be one that is not known yet

T = TypeVar("T")


async def asked(question: Callable[[], T]) -> T:
    """The answer to a question that is asked in a thread.

    Raises:
        TopicMissing: the topic stays missing.
    """
    missing = 0
    while True:
        try:
            return await asyncio.to_thread(question)
        except (*AWAY, BrokerUnreachable) as error:
            log.warning("cannot find positions, waiting", error=type(error).__name__)
        except TopicMissing:
            missing += 1
            if missing > _MISSING_AT_MOST:
                raise
        await asyncio.sleep(_AGAIN_SECONDS)
