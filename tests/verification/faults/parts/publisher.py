"""Publishes records at a given rate, on a thread of its own, whatever happens to the brokers."""

import threading
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

from confluent_kafka import KafkaError, KafkaException, Message, Producer

_POLL_SECONDS = 0.1
_STALLED_SECONDS = 60.0
_WAITING_AT_MOST = 20_000


class SentRecord(NamedTuple):
    """A record to publish."""

    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()


class HistoryPublisher:
    """Publishes `records` to `topic` from the start of the block on; its end stops it.

    Idempotent, acknowledged by all in-sync replicas, tried again for ever: each record is on
    the topic, those of a key in the order given, in the partition where the engine's own
    publisher puts the key. `rate` is in records a second; None is as fast as possible.

    Each is there once, but for this: where nothing is acknowledged for 60 s (seen once, for
    ever, after brokers had been restarted many times), what is not is sent again by a new producer.
    """

    def __init__(
        self, bootstrap: str, topic: str, records: Iterable[SentRecord], rate: float | None = None
    ) -> None:
        self.sent = 0
        """How many were read from `records`."""
        self.published = 0
        """How many are acknowledged."""
        self._topic, self._records, self._rate = topic, iter(records), rate
        self._failure: Exception | None = None
        self._stopping, self._abandoning = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)
        self._waiting: dict[int, SentRecord] = {}  # not yet acknowledged, by number
        self._acknowledged_at = time.monotonic()
        self._bootstrap = bootstrap
        self._producer = self._new_producer()

    def _new_producer(self) -> Producer:
        return Producer(
            {
                "bootstrap.servers": self._bootstrap,
                "enable.idempotence": True,
                "partitioner": "murmur2_random",
                "message.timeout.ms": 0,  # never given up
                "linger.ms": 5,
                "queue.buffering.max.messages": 2 * _WAITING_AT_MOST,
                "message.max.bytes": 1_100_000,
                "reconnect.backoff.max.ms": 1_000,
                # Partitions that are added are used soon.
                "topic.metadata.refresh.interval.ms": 2_000,
                "error_cb": self._erred,
                "log_level": 0,  # refused connections are what is expected here
            }
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and not self._abandoning.is_set():
            self.stop()
            return
        # What goes wrong here would hide what went wrong before.
        self._stopping.set()
        self._abandoning.set()
        self._thread.join()

    @property
    def finished(self) -> bool:
        """Whether no more records are read and those read are acknowledged."""
        return not self._thread.is_alive() and self.published == self.sent

    def wait(self, seconds: float) -> bool:
        """Whether it has finished, now or within `seconds`. Raises what ended it, if that was
        something else."""
        self._thread.join(seconds)
        if self._failure is not None:
            raise self._failure
        return self.finished

    def stop(self, seconds: float = 180.0) -> int:
        """Read no more records; wait until those read are acknowledged, and give their number.

        Raises what ended it, if anything did, and TimeoutError if brokers do not take the rest.
        """
        self._stopping.set()
        if not self.wait(seconds):
            self._abandoning.set()
            self._thread.join()
            rest = self.sent - self.published
            raise TimeoutError(f"{rest} of {self.sent} records are not acknowledged")
        return self.published

    def _run(self) -> None:
        try:
            for record in self._paced():
                self._send(record)
            while self._waiting and not self._abandoning.is_set():
                self._poll(_POLL_SECONDS)
        except Exception as error:
            self._failure = error
        finally:
            self._producer.purge()

    def _paced(self) -> Iterator[SentRecord]:
        began = time.monotonic()
        while not self._stopping.is_set():
            self._poll(0)
            due = began if self._rate is None else began + self.sent / self._rate
            if (wait := due - time.monotonic()) > 0:
                self._stopping.wait(min(wait, _POLL_SECONDS))
            elif (record := next(self._records, None)) is not None:
                yield record
            else:
                return

    def _send(self, record: SentRecord) -> None:
        self.sent += 1
        while len(self._waiting) >= _WAITING_AT_MOST and not self._abandoning.is_set():
            self._poll(_POLL_SECONDS)
        self._waiting[self.sent] = record
        self._produce(self.sent, record)

    def _produce(self, number: int, record: SentRecord) -> None:
        producer = self._producer

        def delivered(error: KafkaError | None, _message: Message) -> None:
            if producer is not self._producer:
                return  # of one that stalled
            self._acknowledged_at = time.monotonic()
            if error is None:
                self.published += 1
                del self._waiting[number]
            elif not self._abandoning.is_set():
                self._failure = KafkaException(error)

        producer.produce(
            self._topic, record.value, record.key,
            headers=list(record.headers), on_delivery=delivered,
        )  # fmt: skip

    def _poll(self, seconds: float) -> None:
        self._producer.poll(seconds)
        if self._failure is not None:
            raise self._failure
        if not self._waiting:
            self._acknowledged_at = time.monotonic()
        elif time.monotonic() - self._acknowledged_at > _STALLED_SECONDS:
            self._again()

    def _again(self) -> None:
        """Send what is not acknowledged once more, in order."""
        stalled, self._producer = self._producer, self._new_producer()
        stalled.purge()
        self._acknowledged_at = time.monotonic()
        for number, record in list(self._waiting.items()):
            self._produce(number, record)

    def _erred(self, error: KafkaError) -> None:
        if error.fatal():
            self._failure = KafkaException(error)
