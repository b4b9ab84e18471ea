"""Publishing to the badge engine what happened: the SDK for other services.

    with Publisher("broker:9092", source="/meetings") as publisher:
        publisher.meeting_completed(
            program_id="acme", loop_id="loop-7", meeting_id="m-42",
            attendee_ids=["p-1", "p-2"], time=meeting.ended_at,
        )

An event is checked before it is sent (InvalidData at the caller, nothing sent), and confirmed by
all in-sync replicas when flush or the end of the `with` block returns; DeliveryError names those
that were not (at once, if an event could not even be handed over). Events of one loop arrive in
the order of the calls.

Publishing a fact again is safe as long as it is the same, its `time` included: pass the time from
your own record rather than the default, now, wherever you may have to publish it twice.

Each event goes to the topic of its type: what only governance may tell has a topic of its own, and
so have `describe_…` and `forget_…`, which tell the directory who is who. A description is the whole
state: what it leaves out is no longer so.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from types import TracebackType
from typing import Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError, UnknownError

from events.deliveries import Confirmed, Deliveries, DeliveryError
from events.envelope import CONTENT_TYPE
from events.kafka_reasons import listening
from events.kafka_security import Security
from events.outgoing import (
    Destination,
    OutgoingRecord,
    compose,
    compose_description,
    key_of_description,
)
from events.publishing.descriptions import Descriptions
from events.publishing.governance import GovernanceEvents
from events.publishing.mentoring import MentoringEvents
from events.publishing.recognition import RecognitionEvents

__all__ = ["Confirmed", "DeliveryError", "Publisher", "Security"]

_PLAINTEXT = Security()


# What Kafka's own timeout needs to be reported.
_GRACE = 5.0


class Publisher(MentoringEvents, RecognitionEvents, GovernanceEvents, Descriptions):
    """Sends events; safe to share between threads. Opening it raises KafkaError if no
    broker answers, with a note that says why if that is known. Events unconfirmed after
    `delivery_timeout` seconds count as failed."""

    def __init__(
        self,
        bootstrap_servers: str | Sequence[str],
        *,
        source: str,
        topic: str = "mentoring.activity",
        governance_topic: str = "mentoring.governance",
        directory_topic: str = "mentoring.directory",
        security: Security = _PLAINTEXT,
        delivery_timeout: float = 120.0,
    ) -> None:
        self._source = source
        self._topics: Mapping[Destination, str] = {
            "activity": topic,
            "governance": governance_topic,
            "directory": directory_topic,
        }
        self._patience = delivery_timeout + _GRACE
        self._deliveries = Deliveries()
        self._raw_values = count(1)
        options = {
            "bootstrap_servers": bootstrap_servers,
            "client_id": "badge-engine-publisher",
            "enable_idempotence": True,
            "acks": "all",
            "linger_ms": 5,
            # Room for a value of 1 MiB with its key and headers.
            "max_request_size": 1_100_000,
            "delivery_timeout_ms": round(delivery_timeout * 1000),
            "bootstrap_timeout_ms": round(min(30.0, delivery_timeout) * 1000),
            "request_timeout_ms": round(min(30.0, delivery_timeout / 2) * 1000),
            "max_block_ms": round(min(60.0, delivery_timeout) * 1000),
            "allow_auto_create_topics": False,
            **security.kafka_python_options(),
        }
        with listening(security.protocol) as heard:
            try:
                self._producer = KafkaProducer(**options)
            except KafkaError as error:
                if heard.why:
                    error.add_note(heard.why)
                raise

    def send_description(self, value: bytes) -> None:
        """Send a description that is rendered already, as it is. Raises InvalidData."""
        self._send(self._next_raw(), key_of_description(value), value, "directory")

    def send_raw(
        self, value: bytes, key: bytes | None, destination: Destination = "activity"
    ) -> None:
        """Send a value as it is, unchecked, as a structured CloudEvent. Failures name it by
        its position among the raw values sent, the first being "value 1"."""
        self._send(self._next_raw(), key, value, destination)

    def send(self, record: OutgoingRecord) -> None:
        """Send an event that was composed before, byte for byte."""
        self._send(record.event_id, record.key, record.value, record.destination)

    def flush(self) -> None:
        """Wait until everything sent so far is confirmed or failed. Raises DeliveryError for
        what failed since the last flush."""
        # Raised when it gives up on a batch that it split; the deliveries decide.
        with suppress(UnknownError):
            self._producer.flush()
        self._deliveries.wait(self._patience)

    def confirmed(self, event_id: str) -> Confirmed | None:
        """Where an event lies in Kafka, after `flush`; None if it is not confirmed, or if ten
        thousand others were confirmed since."""
        return self._deliveries.confirmed(event_id)

    def close(self) -> None:
        """Flush and disconnect; safe to repeat. Raises DeliveryError as flush does."""
        try:
            self.flush()
        finally:
            with suppress(KafkaTimeoutError):
                self._producer.close(timeout=_GRACE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except DeliveryError as undelivered:
            # The first error is the cause; hiding it behind this one would mislead.
            if error is None:
                raise
            error.add_note(str(undelivered))

    def _publish(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        record = compose(type, data, source=self._source, time=time, event_id=event_id)
        self.send(record)
        return record.event_id

    def _describe(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        record = compose_description(type, data, source=self._source, time=time, event_id=event_id)
        self.send(record)
        return record.event_id

    def _forget(self, key: bytes) -> None:
        self._send(self._next_raw(), key, None, "directory")

    def _next_raw(self) -> str:
        return f"value {next(self._raw_values)}"

    def _send(
        self, name: str, key: bytes | None, value: bytes | None, destination: Destination
    ) -> None:
        headers = [] if value is None else [CONTENT_TYPE]
        topic = self._topics[destination]
        try:
            future = self._producer.send(topic, value, key=key, headers=headers)
        except KafkaError as error:
            # At once: no metadata or no room means the next one would block as long.
            raise DeliveryError([(name, f"{type(error).__name__}: {error}")]) from error
        self._deliveries.expect(name, future)
