"""Which sent records are confirmed: each is pending until its own future is done.

KafkaProducer.flush alone is not enough: it gives up on a batch that the broker found too large
and the producer split, while its records are still on their way.
"""

from threading import Condition
from typing import NamedTuple

from kafka.producer.future import FutureRecordMetadata, RecordMetadata

_MOST_KNOWN = 10_000


class Confirmed(NamedTuple):
    """Where a record lies. `offset` is -1 where the broker knew it already, from a try before."""

    topic: str
    partition: int
    offset: int


class DeliveryError(Exception):
    """Events that Kafka did not confirm; it may hold some of them all the same. Publish them again:
    the engine counts a fact once."""

    def __init__(self, failures: list[tuple[str, str]]) -> None:
        """`failures`: the event id (for raw values the position) and the reason of each."""
        self.failures = tuple(failures)
        shown = "; ".join(f"{name}: {reason}" for name, reason in failures[:10])
        more = f"; and {len(failures) - 10} more" if len(failures) > 10 else ""
        super().__init__(f"{len(failures)} not confirmed: {shown}{more}")


class Deliveries:
    """The records sent and not yet confirmed, those that failed, and where the latest of those
    confirmed lie; safe between threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._sent = 0
        self._pending: dict[int, str] = {}
        self._failures: list[tuple[str, str]] = []
        self._confirmed: dict[str, Confirmed] = {}

    def expect(self, name: str, future: FutureRecordMetadata) -> None:
        """Follow the record called `name` until it is confirmed or failed."""
        with self._changed:
            self._sent += 1
            number = self._sent
            self._pending[number] = name
        future.add_callback(lambda metadata: self._confirm(number, metadata))
        future.add_errback(lambda error: self._fail(number, error))

    def wait(self, seconds: float) -> None:
        """Return when every record expected so far is confirmed; raises DeliveryError for those
        that failed since the last call, or are still pending after the time given."""
        with self._changed:
            last = self._sent
            self._changed.wait_for(lambda: next(iter(self._pending), last + 1) > last, seconds)
            late = [number for number in self._pending if number <= last]
            self._failures += [(self._pending.pop(number), "no answer in time") for number in late]
            failures, self._failures = self._failures, []
        if failures:
            raise DeliveryError(failures)

    def confirmed(self, name: str) -> Confirmed | None:
        """Where a record lies that was confirmed; None if it was not, or ten thousand since."""
        with self._changed:
            return self._confirmed.get(name)

    def _confirm(self, number: int, metadata: RecordMetadata) -> None:
        with self._changed:
            name = self._pending.pop(number, None)
            if name is not None:
                at = Confirmed(metadata.topic, metadata.partition, metadata.offset)
                self._confirmed[name] = at
                if len(self._confirmed) > _MOST_KNOWN:
                    del self._confirmed[next(iter(self._confirmed))]
            self._changed.notify_all()

    def _fail(self, number: int, error: BaseException) -> None:
        with self._changed:
            name = self._pending.pop(number, None)
            if name is not None:
                self._failures.append((name, f"{type(error).__name__}: {error}"))
            self._changed.notify_all()
