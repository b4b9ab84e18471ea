"""What Kafka did not take: of which topic, which message, why, and what to do about it."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from confluent_kafka import KafkaError

_TOO_LARGE = {KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE}
_MISSING = {
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_TOPIC,
    KafkaError._UNKNOWN_PARTITION,
}
_FORBIDDEN = {
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
    KafkaError._AUTHENTICATION,
}
_AWAY = {KafkaError._MSG_TIMED_OUT, KafkaError._TIMED_OUT, KafkaError._ALL_BROKERS_DOWN}
_BESIDE_THE_VALUE = 1_024  # bytes of a batch with one message: its frame, the key, the header


@dataclass(frozen=True, slots=True)
class Rejection:
    """The first message that was not taken, and the error. `value`: what it was to carry."""

    topic: str
    error: KafkaError
    value: bytes = field(repr=False)

    @property
    def too_large(self) -> bool:
        """Whether it, or the batch that it was sent in, is more than the topic takes."""
        return self.error.code() in _TOO_LARGE

    def __str__(self) -> str:
        return f"{self.error.name()}: {self.error.str()}"

    def what_to_do(self) -> str:
        """For an operator who reads the log."""
        code = self.error.code()
        if code in _TOO_LARGE:
            enough = len(self.value) + _BESIDE_THE_VALUE
            return f"raise max.message.bytes of {self.topic} to {enough} or more"
        if code in _MISSING:
            return f"create {self.topic} again: `badge-engine migrate`"
        if code in _FORBIDDEN:
            return f"allow the engine to write to {self.topic} (Write and Describe)"
        if code in _AWAY:
            return "make Kafka reachable; publishing goes on by itself"
        return "see docs/operating.md, 'Kafka does not take a message'"

    def message(self) -> str:
        """The message by its name: an event's id, or the record that a dead letter is about."""
        try:
            message = msgspec.json.decode(self.value, type=dict[str, Any])
        except msgspec.MsgspecError:
            return "a message that cannot be read"
        if "id" in message:
            return f"{message.get('type')} {message['id']}"
        where = ("topic", "partition", "offset")
        return "dead letter of {} partition {} offset {}".format(*map(message.get, where))
