"""The consumer group as Kafka knows it: who is in it, and the offsets committed for lag tools."""

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from kafka import TopicPartition
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NotCoordinatorError,
    for_code,
)
from kafka.structs import OffsetAndMetadata

from engine.settings import Settings
from engine.stream.offsets.topics import BrokerUnreachable, admin

# The first question about any group makes the topic that groups are kept in.
_NOT_YET = (CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError)
_ASK_AGAIN_SECONDS = 0.25
_PATIENCE_SECONDS = 10.0

T = TypeVar("T")


def committed(settings: Settings, topic: str) -> dict[int, int]:
    """The offsets that the group has committed, by partition. None may be left: they expire.

    Raises:
        BrokerUnreachable: no answer.
    """
    with admin(settings) as client:
        offsets = _asked(lambda: client.list_group_offsets({settings.group: None}))
    return {
        tp.partition: entry.offset
        for tp, entry in offsets.get(settings.group, {}).items()
        if tp.topic == topic and entry.offset >= 0
    }


def members(settings: Settings) -> int:
    """How many members the group has. One that was killed counts until its session ends.

    Raises:
        BrokerUnreachable: no answer.
    """
    with admin(settings) as client:
        groups = _asked(lambda: client.describe_groups([settings.group]))
    return len(groups.get(settings.group, {}).get("members") or ())


def commit(settings: Settings, topic: str, offsets: Mapping[int, int]) -> None:
    """Set the offsets of a group that has no members.

    Raises:
        BrokerUnreachable: no answer, or somebody has joined the group.
    """
    wanted = {
        TopicPartition(topic, partition): OffsetAndMetadata(offset, "", -1)
        for partition, offset in offsets.items()
    }
    with admin(settings) as client:
        done = _asked(lambda: client.alter_group_offsets(settings.group, wanted))
    refused = sorted({error.__name__ for error in done.values() if error is not for_code(0)})
    if refused:
        raise BrokerUnreachable(
            f"Kafka did not accept the offsets of group {settings.group}: {', '.join(refused)}"
        )


def _asked(question: Callable[[], T]) -> T:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return question()
        except _NOT_YET:
            if time.monotonic() > deadline:
                raise
            time.sleep(_ASK_AGAIN_SECONDS)
