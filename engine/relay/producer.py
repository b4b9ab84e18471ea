"""Publishing with confluent-kafka: a tenth of the CPU per message of a pure Python client."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterable

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from engine.relay.rejection import Rejection
from engine.settings import Settings
from engine.store.awards import outbox
from events.envelope import CONTENT_TYPE

_FLUSH_SECONDS = 30.0
_PULSE_SECONDS = 1.0
_JSON = ("content-type", b"application/json")

# What it would print is in its reports, and logged by us.
_SILENT = logging.Logger("librdkafka", logging.CRITICAL + 1)

# Said of messages that were not to overtake the one that failed.
_BECAUSE_OF_ANOTHER = {
    KafkaError._FATAL,
    KafkaError._GAPLESS_GUARANTEE,
    KafkaError._PURGE_QUEUE,
    KafkaError._PURGE_INFLIGHT,
}


class NotPublished(Exception):
    """Kafka did not take every message; none of the parcel may be deleted. `refused`: the first
    that it did not accept, if it names them."""

    def __init__(self, text: str, refused: Rejection | None = None) -> None:
        super().__init__(text)
        self.refused = refused


class Pulse:
    """Calls what says that we live, at most once a second."""

    def __init__(self, alive: Callable[[], object]) -> None:
        self._alive = alive
        self._last = time.monotonic()

    def beat(self) -> None:
        """Say so, if it is time."""
        now = time.monotonic()
        if now - self._last >= _PULSE_SECONDS:
            self._last = now
            self._alive()


class Publishing:
    """Sends messages, idempotent and with all acknowledgements, and waits until all are there."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._topics = {topic: settings.topic_of(topic) for topic in outbox.TOPICS}
        self._producer: Producer | None = None
        self._refused: Rejection | None = None
        self._trouble = ""

    def publish(
        self, messages: Iterable[outbox.OutboxMessage], alive: Callable[[], object] = bool
    ) -> None:
        """Send messages in order. `alive` is called once a second for as long as that takes.

        Raises:
            NotPublished: some were not acknowledged; send all of them again.
            Exception: what `alive` raised; what it interrupted may have been sent in part.
        """
        if self._producer is None:
            self._producer = Producer(
                _options(self._settings) | {"error_cb": self._troubled}, logger=_SILENT
            )
        self._refused, self._trouble = None, ""
        producer, pulse = self._producer, Pulse(alive)
        try:
            for message in messages:
                self._send(producer, message, pulse)
                if self._refused is not None:
                    break
            self._wait(producer, pulse)
        except BaseException:
            producer.purge()
            self._producer = None
            raise
        if len(producer) or self._refused is not None:
            producer.purge()
            self._producer = None  # it would send nothing more: see _options
            raise NotPublished(self._why(), self._refused)

    def listen(self) -> None:
        """Take in what the client has to say while there is nothing to publish."""
        if self._producer is not None:
            _poll(self._producer, 0)

    def _send(self, producer: Producer, message: outbox.OutboxMessage, pulse: Pulse) -> None:
        topic = self._topics[message.topic]
        header = CONTENT_TYPE if message.topic == "awards" else _JSON
        while True:
            try:
                producer.produce(
                    topic,
                    message.value,
                    message.key,
                    headers=dict([header]),
                    on_delivery=self._delivered,
                )
                return
            except BufferError:
                _poll(producer, 0.1)
                pulse.beat()
            except KafkaException as error:
                self._note(topic, error.args[0], message.value)
                return

    def _wait(self, producer: Producer, pulse: Pulse) -> None:
        """Until everything is acknowledged, or given up."""
        deadline = time.monotonic() + _FLUSH_SECONDS
        while len(producer) and (left := deadline - time.monotonic()) > 0:
            _poll(producer, min(left, _PULSE_SECONDS))
            pulse.beat()

    def _delivered(self, error: KafkaError | None, message: Message) -> None:
        if error is not None:
            value = message.value()
            self._note(str(message.topic()), error, value if isinstance(value, bytes) else b"null")

    def _note(self, topic: str, error: KafkaError, value: bytes) -> None:
        first = self._refused
        if first is None or first.error.code() in _BECAUSE_OF_ANOTHER:
            self._refused = Rejection(topic, error, value)

    def _troubled(self, error: KafkaError) -> None:
        """What the client says of brokers, logins and the like while it goes on trying."""
        self._trouble = error.str()

    def _why(self) -> str:
        why = str(self._refused) if self._refused is not None else "no acknowledgement in time"
        return f"{why} ({self._trouble})" if self._trouble else why


def _poll(producer: Producer, seconds: float) -> None:
    """Let the client report. That it will send nothing more shows in the reports, with the why."""
    with contextlib.suppress(KafkaException):
        producer.poll(seconds)


def _options(settings: Settings) -> dict[str, object]:
    return {
        "bootstrap.servers": settings.bootstrap,
        "enable.idempotence": True,
        "acks": "all",
        # Messages behind one that was refused must not overtake it: the client sends nothing more.
        # The broker of a new producer would take the second batch without the first, so there is
        # no second before the first is there.
        "enable.gapless.guarantee": True,
        "max.in.flight.requests.per.connection": 1,
        # What is too large is for the topic to say (max.message.bytes); this is what a broker
        # reads at the most.
        "message.max.bytes": 100_000_000,
        "linger.ms": 2,
        # Plain: every subscriber can read it, whatever codecs it has, and it costs least
        # (measured: 2.7 us CPU a message; lz4 3.8, gzip 20).
        "compression.type": "none",
        "delivery.timeout.ms": int(_FLUSH_SECONDS * 1000),
        "topic.metadata.propagation.max.ms": 5_000,  # for so long a missing topic may be a new one
        "client.id": "badge-engine-relay",
        "log_level": 0,
        **settings.security.librdkafka_options(),
    }
