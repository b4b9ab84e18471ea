"""What Kafka and the database contradict each other in is refused, and recovered by decision."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from confluent_kafka import Consumer, Producer
from sqlalchemy import Engine

from engine.intake.refusal_window import RefusalWindow
from engine.settings import Settings
from engine.store import audit_log
from engine.store.cursors import cursors, repairs
from engine.store.cursors.cursors import Counts, Cursor, CursorAdvance
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from engine.stream.offsets import groups, topics
from engine.stream.offsets.positions import PositionLost, Positions
from engine.stream.offsets.recovery import (
    CannotRecover,
    RecoveryRequest,
    RecoveryStep,
    Skip,
    plan,
    recover,
)
from tests.integration.local.processes import wait_until
from tests.integration.stream.administration import delete_topic
from tests.integration.stream.wire import settings_of


@dataclass
class OffsetPlace:
    """A topic of three partitions with records, of which a worker has read and committed some."""

    settings: Settings
    engine: Engine

    @property
    def topic(self) -> str:
        return self.settings.activity_topic

    def publish(self, partition: int, records: int) -> None:
        """Put any records onto a partition."""
        producer = Producer({"bootstrap.servers": self.settings.bootstrap, "linger.ms": 0})
        for _ in range(records):
            producer.produce(self.topic, b"{}", partition=partition)
        assert producer.flush(30) == 0

    def read_to(self, partition: int, offset: int, commit: bool = True) -> None:
        """Have read a partition up to an offset."""
        Positions(self.settings, self.engine, self.topic).find({partition})
        with transaction(self.engine) as tx:
            at = cursors.read(tx, self.topic)[partition].next_offset
            (cursor,) = cursors.lock(tx, [(self.topic, partition, at)])
            cursors.advance(
                tx, [CursorAdvance(cursor, offset, Counts(applied=offset - at), RefusalWindow())]
            )
        if commit:
            groups.commit(self.settings, self.topic, {partition: offset})

    def find(self, partition: int = 0) -> int:
        """Where a worker would read a partition on."""
        return (
            Positions(self.settings, self.engine, self.topic).find({partition}).offsets[partition]
        )

    def recover(
        self, *partitions: int, skips: dict[int, int] | None = None, last: int = 0
    ) -> list[RecoveryStep]:
        """Recover as ada does."""
        ranges = {number: Skip(first, last or first) for number, first in (skips or {}).items()}
        wanted = RecoveryRequest(frozenset(partitions), ranges)
        return recover(self.settings, self.engine, self.topic, wanted, "ada", "told at night")

    def cursor(self, partition: int = 0) -> Cursor:
        """The cursor of a partition."""
        with transaction(self.engine) as tx:
            return cursors.read(tx, self.topic)[partition]

    def audited(self) -> list[audit_log.Entry]:
        """The audit log."""
        with transaction(self.engine) as tx:
            return list(audit_log.entries(tx))

    def run(self, statement: str) -> None:
        """Change the database by hand."""
        with transaction(self.engine) as tx:
            tx.execute(statement)


@pytest.fixture
def place(kafka: str, database_url: str) -> Iterator[OffsetPlace]:
    """Partition 0 with five records of which three were read; partition 1 with one, not read."""
    name = f"recovery-{uuid.uuid4().hex[:8]}"
    settings = settings_of(kafka, name).model_copy(update={"group": name, "session_seconds": 1.0})
    engine = connect(database_url, "test")
    schema.migrate(engine)
    topics.create(settings)
    made = OffsetPlace(settings, engine)
    made.publish(0, 5)
    made.publish(1, 1)
    made.read_to(0, 3)
    yield made
    engine.dispose()


def test_where_nothing_is_wrong_nothing_is_done(place: OffsetPlace) -> None:
    assert place.recover() == []
    assert place.audited() == []
    assert place.find() == 3


def test_an_older_database_is_read_again_from_its_cursor_on(place: OffsetPlace) -> None:
    place.read_to(0, 5)
    place.run("UPDATE cursors SET next_offset = 3, applied = 3 WHERE partition = 0")

    with pytest.raises(PositionLost, match="cursor is at 3, but the consumer group has read to 5"):
        place.find()
    place.recover()

    assert place.find() == 3
    assert groups.committed(place.settings, place.topic)[0] == 3
    (entry,) = place.audited()
    assert (entry.action, entry.by, entry.reason) == ("recover", "ada", "told at night")
    assert entry.details == {
        "topic": place.topic,
        "trouble": "the database was restored from a backup",
        "partition": 0,
        "from": 3,
        "committed": 5,
    }


def test_offsets_of_the_group_that_expired_are_no_trouble(place: OffsetPlace) -> None:
    place.read_to(1, 1, commit=False)
    assert place.find(1) == 1


def test_an_empty_database_is_not_begun_with_by_itself(place: OffsetPlace) -> None:
    place.run("TRUNCATE cursors")
    with pytest.raises(PositionLost, match="group has read to 3, but the database knows nothing"):
        place.find()

    (step,) = place.recover()

    assert "announced again" in step.done
    assert place.find() == 0
    assert place.find(1) == 0  # never read: no trouble


def test_another_cluster_is_read_from_the_beginning_and_the_old_counts_are_kept(
    place: OffsetPlace,
) -> None:
    place.run("UPDATE cursors SET cluster_id = 'elsewhere'")
    with pytest.raises(PositionLost, match="count in Kafka cluster elsewhere, but this is"):
        place.find(2)
    with pytest.raises(CannotRecover, match="name no partition"):
        place.recover(0)

    place.recover()

    assert [place.find(number) for number in range(3)] == [0, 0, 0]
    assert (place.cursor().counts, place.cursor().lane) == (Counts(), 1)
    kept_as = str(place.audited()[0].details["kept_as"])
    with transaction(place.engine) as tx:
        (kept,) = cursors.read(tx, kept_as).values()
    assert (kept.partition, kept.lane, kept.counts) == (0, 0, Counts(applied=3))


def test_so_is_a_topic_made_anew(place: OffsetPlace) -> None:
    delete_topic(place.settings.bootstrap, place.topic)
    wait_until(lambda: place.topic in topics.create(place.settings), 30)
    place.publish(0, 7)
    with pytest.raises(PositionLost, match="was deleted and made anew"):
        place.find()
    with pytest.raises(PositionLost, match="was deleted and made anew"):
        Positions(place.settings, place.engine, place.topic).check_topic()

    place.recover()

    assert place.find() == 0
    Positions(place.settings, place.engine, place.topic).check_topic()


def test_a_partition_that_ends_before_the_cursor_is_read_from_its_beginning(
    place: OffsetPlace,
) -> None:
    place.read_to(1, 1)
    place.read_to(0, 9)
    with pytest.raises(PositionLost, match="cursor is at 9, but the partition ends at 5"):
        place.find()

    place.recover()

    assert (place.find(), place.find(1)) == (0, 1)


def test_what_retention_took_is_counted_as_lost(place: OffsetPlace) -> None:
    for partition in (0, 1):
        place.publish(partition, 5)
    place.read_to(1, 1)
    for partition, offset in ((0, 7), (1, 4)):
        _delete_before(place, partition, offset)
    with pytest.raises(PositionLost, match=r"records 3 to 6 are gone .*\(1 more: "):
        Positions(place.settings, place.engine, place.topic).find({0, 1})

    assert len(plan(place.settings, place.engine, place.topic, RecoveryRequest())) == 2
    (step,) = place.recover(1)
    assert step.done == f"{place.topic} partition 1 goes on at 4; 3 records count as lost"
    place.recover()

    assert (place.find(), place.find(1)) == (7, 4)
    assert place.cursor().counts == Counts(applied=3, lost=4)
    assert [entry.details["lost"] for entry in place.audited()] == [3, 4]


def test_one_record_is_stepped_over(place: OffsetPlace) -> None:
    with transaction(place.engine) as tx:
        cursors.halt(tx, place.topic, 0, 3, Halt(HaltKind.UNREADABLE, "so it is"))

    place.recover(skips={0: 3})

    cursor = place.cursor()
    assert (cursor.next_offset, cursor.counts.lost, cursor.halted) == (4, 1, None)
    assert place.audited()[0].details["trouble"] == "so it is"


def test_a_range_of_a_halted_partition_is_skipped_beside_running_workers(
    place: OffsetPlace,
) -> None:
    with transaction(place.engine) as tx:
        cursors.halt(tx, place.topic, 0, 3, Halt(HaltKind.BUG, "bug: so it is"))
    worker = Consumer(
        {"bootstrap.servers": place.settings.bootstrap, "group.id": place.settings.group}
    )
    worker.subscribe([place.topic])
    wait_until(lambda: worker.poll(0.1) is None and groups.members(place.settings) == 1, 30)
    with transaction(place.engine) as batch:  # a worker is about another partition
        place.read_to(1, 0, commit=False)
        cursors.lock(batch, [(place.topic, 1, 0)])

        (step,) = place.recover(skips={0: 3}, last=4)

    assert step.done == f"{place.topic} partition 0 goes on at 5; offsets 3 to 4 count as lost"
    cursor = place.cursor()
    assert (cursor.next_offset, cursor.counts.lost, cursor.halted) == (5, 2, None)
    assert groups.committed(place.settings, place.topic)[0] == 3  # nobody is to be disturbed
    worker.close()
    assert place.find() == 5


def test_the_end_of_a_range_must_be_there(place: OffsetPlace) -> None:
    with transaction(place.engine) as tx:
        cursors.halt(tx, place.topic, 0, 3, Halt(HaltKind.BUG, "bug: so it is"))
    with pytest.raises(CannotRecover, match="has no record at 5 yet"):
        place.recover(skips={0: 3}, last=5)
    assert place.cursor().halted is not None


@pytest.mark.parametrize(
    ("partition", "offset", "why"),
    [
        (0, 2, "is at 3, not at 2"),
        (0, 4, "is at 3, not at 4"),
        (1, 0, "was never read"),
        (9, 0, "has no partition 9"),
    ],
)
def test_only_what_comes_next_is_stepped_over(
    place: OffsetPlace, partition: int, offset: int, why: str
) -> None:
    with pytest.raises(CannotRecover, match=why):
        place.recover(skips={partition: offset})
    assert place.cursor().counts.lost == 0


def test_neither_is_what_was_not_published_yet_nor_a_flood(place: OffsetPlace) -> None:
    place.read_to(0, 5)
    with pytest.raises(CannotRecover, match="has no record at 5 yet"):
        place.recover(skips={0: 5})
    place.publish(0, 1)
    with transaction(place.engine) as tx:
        cursors.halt(tx, place.topic, 0, 5, Halt(HaltKind.REFUSAL_LIMIT, "so it is"))
    resume = f"`badge-engine dead-letters resume 0 --topic {place.topic}`"
    with pytest.raises(CannotRecover, match=resume):
        place.recover(skips={0: 5})


def test_what_would_be_done_is_told_and_not_done(place: OffsetPlace) -> None:
    place.run("UPDATE cursors SET cluster_id = 'elsewhere'")
    (step,) = plan(place.settings, place.engine, place.topic, RecoveryRequest())
    assert "count in Kafka cluster elsewhere" in step.wrong
    assert "read from the beginning" in step.done
    with pytest.raises(PositionLost):
        place.find()
    assert place.audited() == []


def test_as_long_as_somebody_works_nothing_is_done(place: OffsetPlace) -> None:
    place.run("UPDATE cursors SET cluster_id = 'elsewhere'")
    worker = Consumer(
        {"bootstrap.servers": place.settings.bootstrap, "group.id": place.settings.group}
    )
    worker.subscribe([place.topic])
    wait_until(lambda: worker.poll(0.1) is None and groups.members(place.settings) == 1, 30)

    with pytest.raises(CannotRecover, match=f"1 worker is in group {place.settings.group}: stop"):
        place.recover()

    worker.close()
    assert len(place.recover()) == 1


def test_nor_while_somebody_holds_a_cursor(
    place: OffsetPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs, "_PATIENCE", "200ms")
    place.read_to(0, 5)
    place.run("UPDATE cursors SET next_offset = 3, applied = 3 WHERE partition = 0")
    with transaction(place.engine) as tx:
        cursors.lock(tx, [(place.topic, 0, 3)])
        with pytest.raises(CannotRecover, match="somebody holds a cursor"):
            place.recover()


def _delete_before(place: OffsetPlace, partition: int, offset: int) -> None:
    from confluent_kafka import TopicPartition
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": place.settings.bootstrap})
    for done in admin.delete_records([TopicPartition(place.topic, partition, offset)]).values():
        done.result(30)
