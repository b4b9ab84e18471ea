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
from aiokafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError
from faust.transport.drivers import aiokafka as faust_kafka
from faust.types import TP, ConsumerMessage

from engine.handlers.batch import Batch, Record
from engine.stream.fetch.backlog import Backlog
from engine.stream.fetch.fetch_limits import footprint
from engine.stream.fetch.fetched import Fetched
from engine.stream.offsets.open_transaction_watch import Ends
from events.schemas.registry import TopicKind

# Called with partitions; gives where each is to be read on from.
Positions = Callable[[set[TP]], Awaitable[Mapping[TP, int]]]

_COMMIT_SECONDS = 5.0
_OUT_OF_RANGE_SECONDS = 0.2


class Thread(faust_kafka.AIOKafkaConsumerThread):
    """The thread that fetches. Seeks and fetches run here, so an epoch is never half seen."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.epochs: dict[TP, int] = {}
        self._starts: dict[TP, int] = {}  # of what was sought in this assignment, and nothing else
        self._assignment: Any = None
        self.out_of_range: set[TP] = set()  # whose next offset Kafka does not have
        self._numbers = itertools.count(1)

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        # Faust offers no setting for it: records of aborted transactions never happened.
        consumer._isolation_level = "read_committed"
        return consumer

    async def _seek_wait(self, consumer: Any, partitions: Mapping[TP, int]) -> None:
        self._forget_another_assignment(consumer)
        for tp, offset in partitions.items():
            self._starts[tp] = offset
            self.epochs[tp] = next(self._numbers)
            self.out_of_range.discard(tp)
        await super()._seek_wait(consumer, partitions)

    async def _fetch_records(self, consumer: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            fetched = await super()._fetch_records(consumer, *args, **kwargs)
        except NoOffsetForPartitionError:
            return {}  # a rebalance is under way; the seek that follows it sets the position
        except OffsetOutOfRangeError as error:
            # Retention, or a recreated topic. The worker looks at the cursors, and seeks or ends.
            self.out_of_range |= {TP(*tp) for tp in error.args[0]}
            await asyncio.sleep(_OUT_OF_RANGE_SECONDS)
            return {}
        self._forget_another_assignment(consumer)
        batches = {
            tp: [self._fetched(consumer, tp, records)]
            for tp, records in fetched.items()
            if tp in self._starts and self._position(consumer, tp) >= 0
        }
        for tp in self._starts.keys() - batches.keys():
            # Only a marker or compacted offsets: nothing to read, but a step forward.
            if self._position(consumer, tp) > self._starts[tp]:
                batches[tp] = [self._fetched(consumer, tp, [])]
        return batches

    def _forget_another_assignment(self, consumer: Any) -> None:
        """Until it is sought, a newly assigned partition is read from the group's offset, a second
        behind: records that were processed, and would be again under a start that was right before
        the rebalance."""
        assignment = consumer._subscription.subscription.assignment
        if assignment is not self._assignment:
            self._assignment = assignment
            self._starts.clear()

    def _position(self, consumer: Any, tp: TP) -> int:
        """Where the client reads on; -1 for a partition that is not ours or not yet sought."""
        state = consumer._subscription.subscription.assignment.state_value(tp)
        return state.position if state is not None and state.has_valid_position else -1

    def _fetched(self, consumer: Any, tp: TP, records: list[Record]) -> Fetched:
        start, end = self._starts[tp], self._position(consumer, tp)
        self._starts[tp] = end
        size = sum(map(footprint, records))
        batch = Batch(
            tp.topic,
            tp.partition,
            start,
            end,
            records,
            type(cast(Consumer, self.consumer)).kind_of(tp.topic),
        )
        return Fetched(batch, self.epochs.get(tp, 0), size)

    def stable_end(self, tp: TP) -> int | None:
        """Where a partition ends for readers of committed records, as the broker last reported."""
        end: int | None = self._ensure_consumer().last_stable_offset(tp)
        return end

    def ends(self, tp: TP) -> Ends | None:
        """Both ends, as the broker last reported; None for a partition that is not fetched now."""
        consumer = self._ensure_consumer()
        state = consumer._subscription.subscription.assignment.state_value(tp)
        if state is None or state.paused or state.lso is None:
            return None
        return Ends(state.lso, state.highwater)

    async def commit_for_lag_tools(self, offsets: Mapping[TP, int]) -> None:
        """Tell the group how far we are. Nothing depends on it, so nothing fails by it."""
        consumer = self._ensure_consumer()
        positions = {TopicPartition(*tp): offset for tp, offset in offsets.items()}

        async def commit() -> None:
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(consumer.commit(positions), _COMMIT_SECONDS)

        await self.call_thread(commit)

    async def rejoin(self) -> None:
        """Join the group again. From its leader this makes the group assign all partitions there
        are; from another member it has no effect."""
        consumer = self._ensure_consumer()

        async def request() -> None:
            consumer._coordinator.request_rejoin()

        await self.call_thread(request)


class _Forgetful(dict[TP, int | None]):
    """What Faust remembers of offsets delivered: nothing. It would drop, without a word, what is
    read again after a seek back; our epochs tell which batches are stale."""

    def __getitem__(self, tp: TP) -> None:
        return None


class Consumer(faust_kafka.Consumer):
    """The consumer. A subclass made with the app sets the functions and the limits."""

    positions: ClassVar[Positions]
    kind_of: ClassVar[Callable[[str], TopicKind]]
    bytes_at_most: ClassVar[int]  # fetched and not yet committed
    records_at_most: ClassVar[int]  # of one batch

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_offset = _Forgetful()
        self.backlog = Backlog(
            self.bytes_at_most, self.records_at_most, lambda tp: self.thread.epochs.get(tp)
        )
        self._left = asyncio.Event()

    def _new_consumer_thread(self) -> Thread:
        self.thread = Thread(self, loop=self.loop, beacon=self.beacon)
        return self.thread

    def _epoch_of(self, tp: TP) -> int | None:
        return self.thread.epochs.get(tp)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek everything assigned to the database's cursors; every batch in flight is stale."""
        offsets = await type(self).positions(set(self.assignment()))
        if offsets:
            await self.seek_wait(offsets)
        return offsets

    async def commit(self, *_args: Any, **_kwargs: Any) -> bool:
        """Faust's own commit is off."""
        return False

    def current(self, fetched: Fetched) -> bool:
        """Whether a batch is of its partition's latest seek."""
        return self._epoch_of(fetched.partition) == fetched.epoch

    def halted(self) -> set[TP]:
        """The partitions that are not read, since they are halted."""
        return self._paused_partitions.copy()

    def done(self, fetched: Fetched) -> None:
        """Remove a batch from the backlog."""
        self.backlog.leave(fetched)
        self._left.set()

    async def _wait_next_records(self, timeout: float) -> Any:
        if not self.backlog.free():
            self._left.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._left.wait(), timeout)
            if not self.backlog.free():
                return None, None
        return await super()._wait_next_records(timeout)

    def _to_message(self, tp: TP, record: Fetched) -> ConsumerMessage:
        self.backlog.enter(record)
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
