"""Faust's Kafka consumer, made to deliver one item per partition batch, from our cursors on.

Faust costs per message; one message per batch costs next to nothing. Start and end of a batch are
positions, not first and last offsets: transaction markers and compaction leave holes.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar, cast

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError, NoOffsetForPartitionError
from faust.transport.drivers import aiokafka as faust_kafka
from faust.types import TP, ConsumerMessage

from engine.handlers.batch import Batch, Record
from engine.stream.fetched import Fetched
from engine.stream.room import Room

# Called with partitions by number; gives where each is to be read on from.
Positions = Callable[[set[int]], Awaitable[Mapping[int, int]]]

_COMMIT_SECONDS = 5.0


class UnreadableRecord(Exception):
    """A record cannot be read by Kafka's client, so not even be refused."""


class Thread(faust_kafka.AIOKafkaConsumerThread):
    """The thread that fetches. Seeks and fetches run here, so an epoch is never half seen."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.epochs: dict[TP, int] = {}
        self._starts: dict[TP, int] = {}
        self._numbers = itertools.count(1)

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        # Faust offers no setting for it: records of aborted transactions never happened.
        consumer._isolation_level = "read_committed"
        return consumer

    async def _seek_wait(self, consumer: Any, partitions: Mapping[TP, int]) -> None:
        for tp, offset in partitions.items():
            self._starts[tp] = offset
            self.epochs[tp] = next(self._numbers)
        await super()._seek_wait(consumer, partitions)

    async def _fetch_records(self, consumer: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            fetched = await super()._fetch_records(consumer, *args, **kwargs)
        except NoOffsetForPartitionError:
            return {}  # a rebalance is under way; the seek that follows it sets the position
        except UnicodeDecodeError:
            raise UnreadableRecord(
                "a record has a header whose name is not UTF-8, and Kafka's client cannot read "
                f"past it; it stands in one of these partitions, at or after the cursor: "
                f"{sorted(tp.partition for tp in self._starts)}. See docs/operating.md, "
                "'unreadable record'."
            ) from None
        found = {tp: [self._fetched(consumer, tp, records)] for tp, records in fetched.items()}
        for tp in self._starts.keys() - found.keys():
            # Only a marker or compacted offsets: nothing to read, but a step forward.
            if self._position(consumer, tp) > self._starts[tp]:
                found[tp] = [self._fetched(consumer, tp, [])]
        return found

    def _position(self, consumer: Any, tp: TP) -> int:
        """Where the client reads on; -1 for a partition that is not ours or not yet sought."""
        state = consumer._subscription.subscription.assignment.state_value(tp)
        return state.position if state is not None and state.has_valid_position else -1

    def _fetched(self, consumer: Any, tp: TP, records: list[Any]) -> Fetched:
        start, end = self._starts.get(tp, -1), self._position(consumer, tp)
        self._starts[tp] = end
        size = sum(len(r.value or b"") + len(r.key or b"") for r in records)
        batch = Batch(
            tp.topic,
            tp.partition,
            start,
            end,
            [Record(r.offset, r.key, r.value, r.headers) for r in records],
        )
        return Fetched(batch, self.epochs.get(tp, 0), size)

    def stable_end(self, tp: TP) -> int | None:
        """Where a partition ends for now, as last told by the broker: before what is still open
        in a publisher's transaction."""
        end: int | None = self._ensure_consumer().last_stable_offset(tp)
        return end

    async def commit_for_lag_tools(self, offsets: Mapping[TP, int]) -> None:
        """Tell the group how far we are. Nothing depends on it, so nothing fails by it."""
        consumer = self._ensure_consumer()
        positions = {TopicPartition(*tp): offset for tp, offset in offsets.items()}

        async def commit() -> None:
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(consumer.commit(positions), _COMMIT_SECONDS)

        await self.call_thread(commit)


class _Forgetful(dict[TP, int | None]):
    """What Faust remembers of offsets delivered: nothing. It would drop, without a word, what is
    read again after a seek back; our epochs tell which batches are stale."""

    def __getitem__(self, tp: TP) -> None:
        return None


class Consumer(faust_kafka.Consumer):
    """The consumer. `positions` and `bytes_at_most` are set by whoever makes the app."""

    positions: ClassVar[Positions]
    bytes_at_most: ClassVar[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_offset = _Forgetful()
        self.room = Room(self.bytes_at_most, lambda tp: self.thread.epochs.get(tp))
        self._left = asyncio.Event()

    def _new_consumer_thread(self) -> Thread:
        self.thread = Thread(self, loop=self.loop, beacon=self.beacon)
        return self.thread

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek everything assigned to the database's cursors; every batch in flight is stale."""
        assigned = {tp.partition: tp for tp in self.assignment()}
        found = await type(self).positions(set(assigned))
        offsets = {assigned[partition]: offset for partition, offset in found.items()}
        if offsets:
            await self.seek_wait(offsets)
        return offsets

    async def commit(self, *_args: Any, **_kwargs: Any) -> bool:
        """Faust's own commit is off."""
        return False

    def current(self, fetched: Fetched) -> bool:
        """Whether a batch is of its partition's latest seek."""
        tp = TP(fetched.batch.topic, fetched.batch.partition)
        return self.thread.epochs.get(tp) == fetched.epoch

    def done(self, fetched: Fetched) -> None:
        """Give back the room a batch took."""
        self.room.leave(TP(fetched.batch.topic, fetched.batch.partition), fetched)
        self._left.set()

    async def _wait_next_records(self, timeout: float) -> Any:
        if not self.room.free():
            self._left.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._left.wait(), timeout)
            if not self.room.free():
                return None, None
        return await super()._wait_next_records(timeout)

    def _to_message(self, tp: TP, record: Fetched) -> ConsumerMessage:
        self.room.enter(tp, record)
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            record.batch.end - 1,
            0.0,
            0,
            [],
            None,
            cast(Any, record),  # Faust thinks of bytes, and passes on whatever it is
            None,
            0,
            0,
            tp,
            generation_id=self.app.consumer_generation_id,
        )


class Transport(faust_kafka.Transport):
    """Faust's Kafka transport with a consumer class of one's own."""

    def __init__(self, consumer: type[Consumer], *args: Any, **kwargs: Any) -> None:
        self.Consumer = consumer  # type: ignore[misc]  # looked up on the instance
        super().__init__(*args, **kwargs)
