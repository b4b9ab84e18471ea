"""The worker: joins the group, processes batches, and never goes on after something unexpected.

It ends in one of two ways: cleanly when asked to (the running batch is finished first), or at once,
with the batch untouched, when something happens that no rule here covers.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from faust.types import TP
from psycopg import ProgrammingError
from sqlalchemy import Engine

from engine.handlers.inputs_heard import InputsHeard
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.attempts import Stopped
from engine.handlers.retry.isolate import BatchProcessor, RecordFailed
from engine.handlers.steps.triage import Triage
from engine.observability import logger
from engine.settings import Settings
from engine.store.cursors.cursors import CursorMoved
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import CatalogDiffers
from engine.store.postgres import schema
from engine.store.postgres.schema import SchemaMissing
from engine.stream.audit_head_log import AuditHeadLog
from engine.stream.fetch import app as faust_app
from engine.stream.fetch.consumer import Consumer
from engine.stream.fetch.fetched import Fetched
from engine.stream.input_topic import InputTopic
from engine.stream.inputs_keeper import InputsKeeper
from engine.stream.offsets.positions import PositionLost
from engine.stream.offsets.retry import asked
from engine.stream.offsets.topics import TopicMissing
from engine.stream.watchdog import Watchdog
from engine.tracebacks import described

log = logger(__name__)

_SEEK_SECONDS = 20.0  # below Faust's own limit, past which it would stand still without a word
_STOP_SECONDS = 5.0
_COMMIT_EVERY_SECONDS = 1.0


# What is clear without a traceback.
REFUSALS = (PositionLost, TopicMissing, CatalogAltered, CatalogDiffers, SchemaMissing)


class WorkerFailed(Exception):
    """The worker met something no rule covers. Its batch was not written."""


class Worker:
    """One member of the group. `run` returns after `stop`, when its batch is committed."""

    def __init__(self, settings: Settings, engine: Engine, terms: IntakePolicy) -> None:
        self._settings = settings
        self._engine = engine
        self._topics = {
            name: InputTopic(settings, engine, name, partial(self._consumer_positions, name))
            for name in settings.input_topics
        }
        heard = InputsHeard()
        self._inputs = InputsKeeper(engine, heard)
        self._processor = BatchProcessor(engine, terms, heard)
        self._app = faust_app.make(settings, self._find_positions)
        # One agent for all topics: what has arrived of any of them shares a transaction.
        topic = self._app.topic(*self._topics, schema=faust_app.PassThrough(), acks=False)
        self._app.agent(topic, name="inputs")(self._agent)
        self._audit_head_log = AuditHeadLog(engine)
        self._stopping = asyncio.Event()
        self._failed: asyncio.Future[BaseException] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._uncommitted: dict[TP, int] = {}

    def stop(self) -> None:
        """Ask `run` to finish its batch and return."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until stopped.

        Raises:
            PositionLost, TopicMissing, CatalogAltered, CatalogDiffers, SchemaMissing: Kafka or the
                database changed under it; the message says what to do.
            RecordFailed: its partition is stopped, the others can go on.
            WorkerFailed: anything unexpected, with the cause.
        """
        self._failed = asyncio.get_running_loop().create_future()
        tasks = {
            asyncio.create_task(self._app.start(), name="start"),
            asyncio.create_task(self._app._crashed.wait(), name="crashed"),
            asyncio.create_task(self._commit_now_and_then(), name="commit"),
            asyncio.create_task(self._watch(), name="watch"),
        }
        stopping = asyncio.create_task(self._stopping.wait())
        waits: set[asyncio.Future[Any]] = {self._failed, stopping, *tasks}
        while True:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if stopping in done:
                break
            self._raise_if_failed(done)
            waits -= done  # only `start` may end well
        await self._shut_down()
        for task in tasks:
            task.cancel()

    def _raise_if_failed(self, done: set[asyncio.Future[Any]]) -> None:
        for task in sorted(done, key=lambda task: task is not self._failed):  # what we know first
            name = task.get_name() if isinstance(task, asyncio.Task) else "failed"
            error = task.result() if task is self._failed else task.exception()
            if name != "start" or error is not None:
                cause = error or self._app.crash_reason
                if isinstance(cause, (*REFUSALS, RecordFailed)):
                    raise cause
                raise WorkerFailed(described(cause) if cause else "Faust ended") from cause

    async def _shut_down(self) -> None:
        """Stop fetching, finish the batch, leave the group; by force if Faust does not let go."""
        log.info("stopping")
        consumer = self._app.consumer
        consumer.stop_flow()
        self._app.flow_control.suspend()
        self._app.flow_control.clear()
        self._processor.stop()
        await self._idle.wait()
        await self._commit()
        await asyncio.to_thread(self._inputs.write)
        try:
            await asyncio.wait_for(self._app.stop(), _STOP_SECONDS)
        except TimeoutError:
            log.warning("Faust does not stop; leaving without it")
        with contextlib.suppress(OSError):
            os.rmdir(self._app.conf.datadir)

    async def _agent(self, stream: Any) -> None:
        async for fetched in stream:
            try:
                await self._process(fetched)
            except Stopped:
                return
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # nothing may escape an agent: Faust would go on
                self._fail(error)
                await asyncio.Event().wait()

    async def _process(self, next_: Fetched) -> None:
        consumer = self._consumer
        if self._stopping.is_set() or not consumer.current(next_):
            consumer.done(next_)
            return
        gathered = consumer.backlog.gather(next_)
        if not gathered:
            return
        self._idle.clear()
        try:
            results = await asyncio.to_thread(self._processed, gathered)
        finally:
            self._idle.set()
        again = set()
        for fetched, result in zip(gathered, results, strict=True):
            consumer.done(fetched)
            partition = fetched.partition
            if isinstance(result, CursorMoved):
                log.info("batch superseded: the cursor moved", reason=str(result))
                again.add(partition)
                continue
            self._uncommitted[partition] = result.end
            if result.halted is not None:
                log.error(
                    "partition halted",
                    topic=partition.topic,
                    partition=partition.partition,
                    kind=result.halted.kind.value,
                    why=result.halted.text,
                )
                again.add(partition)
        if again:
            await self._seek_again(again)

    def _processed(self, gathered: list[Fetched]) -> Sequence[Triage | CursorMoved]:
        """Process batches in one transaction if that works, else each in its own."""
        try:
            if len(gathered) > 1:
                done = self._processor.process_together([fetched.batch for fetched in gathered])
                if done is not None:
                    return done
            return [self._processed_alone(fetched) for fetched in gathered]
        except ProgrammingError:  # a table is not there, say
            schema.check(self._engine)
            raise

    def _processed_alone(self, fetched: Fetched) -> Triage | CursorMoved:
        try:
            return self._processor.process(fetched.batch)
        except CursorMoved as moved:
            return moved

    async def _find_positions(self, partitions: set[TP]) -> Mapping[TP, int]:
        """For Faust's seek after each rebalance."""
        wanted = _by_topic(partitions)
        try:
            positions = await asyncio.wait_for(
                asked(lambda: {name: self._topics[name].find(wanted[name]) for name in wanted}),
                _SEEK_SECONDS,
            )
        except asyncio.CancelledError:
            raise  # by another rebalance, whose seek comes next; or by our end
        except BaseException as error:
            self._fail(error)
            raise
        offsets: dict[TP, int] = {}
        halted: set[TP] = set()
        for name, of_topic in positions.items():
            self._topics[name].watchdog.note_halted(of_topic.halted)
            offsets |= {TP(name, number): offset for number, offset in of_topic.offsets.items()}
            halted |= {TP(name, number) for number in of_topic.halted}
        self._inputs.resume(offsets.items())
        consumer = self._consumer
        consumer.pause_partitions(halted)
        # A set: Faust iterates over its argument twice.
        reading = offsets.keys() - halted
        consumer.resume_partitions(reading & consumer.assignment())
        for name, of_topic in positions.items():
            log.info(
                "reading",
                topic=name,
                partitions=sorted(of_topic.offsets),
                halted=sorted(of_topic.halted),
            )
        return offsets

    async def _seek_again(self, partitions: set[TP]) -> None:
        """Read the cursors of single partitions again and go there."""
        mine = partitions & self._consumer.assignment()
        if mine:
            await self._consumer.seek_wait(await self._find_positions(mine))

    async def _watch(self) -> None:
        """Seek resumed partitions, have added ones read; fail if a partition does not move and
        nothing holds it up, or if a topic is another one."""
        while True:
            await asyncio.sleep(Watchdog.every_seconds)
            await self._audit_head_log.look()
            await self._inputs.look()
            again = self._consumer.thread.out_of_range.copy()
            for topic in self._topics.values():
                unread = await topic.watch.look()
                if unread:
                    log.warning(
                        "partitions that nobody reads", topic=topic.name, partitions=sorted(unread)
                    )
                    await self._consumer.thread.rejoin()
                self._warn_of_open_transactions(topic)
                again |= {TP(topic.name, number) for number in await topic.watchdog.look()}
            if again:
                await self._seek_again(again)

    def _warn_of_open_transactions(self, topic: InputTopic) -> None:
        thread = self._consumer.thread
        if self._app.rebalancing:
            return
        every = {tp.partition: thread.ends(tp) for tp in self._assigned(topic.name)}
        ends = {number: there for number, there in every.items() if there is not None}
        for blocked in topic.open_transactions.look(ends, time.monotonic()):
            log.warning(
                "records wait behind an open transaction",
                topic=topic.name,
                partition=blocked.partition,
                records=blocked.records,
                start_offset=blocked.start_offset,
                seconds=round(blocked.seconds),
                what_to_do="see docs/operating.md, 'an open transaction'",
            )

    def _assigned(self, topic: str) -> set[TP]:
        return {tp for tp in self._consumer.assignment() if tp.topic == topic}

    def _consumer_positions(self, topic: str) -> dict[int, int] | None:
        """The ends, as the broker last reported them, of the topic's partitions that nothing holds
        up: no batch of theirs is in flight, and the backlog is not full. None where that is
        unknown: in a rebalance, or where none of those to be fetched was."""
        consumer = self._consumer
        if self._app.rebalancing:
            return None
        if not consumer.backlog.free():
            return {}
        reading = self._assigned(topic) - consumer.halted()
        waiting = [tp for tp in reading if not consumer.backlog.holds(tp)]
        reported = {tp.partition: consumer.thread.stable_end(tp) for tp in waiting}
        ends = {number: end for number, end in reported.items() if end is not None}
        return None if reported and not ends else ends

    async def _commit_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(_COMMIT_EVERY_SECONDS)
            await self._commit()

    async def _commit(self) -> None:
        offsets, self._uncommitted = self._uncommitted, {}
        if offsets:
            await self._consumer.thread.commit_for_lag_tools(offsets)

    def _fail(self, error: BaseException) -> None:
        if self._failed is not None and not self._failed.done():
            self._failed.set_result(error)

    @property
    def _consumer(self) -> Consumer:
        return cast(Consumer, self._app.consumer)


def _by_topic(partitions: Iterable[TP]) -> dict[str, set[int]]:
    """The numbers of partitions, by topic."""
    numbers: dict[str, set[int]] = {}
    for tp in sorted(partitions):
        numbers.setdefault(tp.topic, set()).add(tp.partition)
    return numbers
