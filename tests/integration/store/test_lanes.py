"""Facts of two topics never stand under the same lane and offset in the ledger."""

from sqlalchemy import Engine

from engine.intake.refusal_window import RefusalWindow
from engine.store.cursors import cursors, repairs
from engine.store.cursors.cursors import REDRIVE_LANE, Counts, CursorAdvance
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.postgres.connection import transaction


def test_the_first_topics_lanes_are_its_partitions(database: Engine) -> None:
    with transaction(database) as tx:
        for partition in (3, 0):
            cursors.start(tx, "first", partition, 10)
            cursors.start(tx, "first", partition, 99)  # it is there
        cursors.next_in_lane(tx, "first", REDRIVE_LANE)
        found = cursors.read(tx, "first")
    assert {number: cursor.lane for number, cursor in found.items()} == {-1: -1, 0: 0, 3: 3}
    assert found[3].next_offset == 10


def test_another_topics_lanes_are_others(database: Engine) -> None:
    with transaction(database) as tx:
        for topic in ("first", "second"):
            for partition in range(3):
                cursors.start(tx, topic, partition, 0)
            cursors.next_in_lane(tx, topic, REDRIVE_LANE)
        cursors.start(tx, "first", 3, 0)  # added later
        lanes = [row[0] for row in tx.rows("SELECT lane FROM cursors")]
        assert [c.lane for c in cursors.read(tx, "second").values()] == [-2, 3, 4, 5]
    assert len(set(lanes)) == len(lanes) == 9


def test_cursors_set_aside_keep_their_counts_and_lanes(database: Engine) -> None:
    with transaction(database) as tx:
        for partition in range(2):
            cursors.start(tx, "topic", partition, 5)
        (cursor,) = cursors.lock(tx, [("topic", 1, 5)])
        cursors.advance(tx, [CursorAdvance(cursor, 9, Counts(applied=3, holes=1), RefusalWindow())])

        repairs.set_aside(tx, "topic", [0, 1], "topic until then")
        cursors.start(tx, "topic", 1, 0)

        (before,) = (c for c in cursors.read(tx, "topic until then").values() if c.partition == 1)
        (after,) = cursors.read(tx, "topic").values()
    assert (before.lane, before.next_offset, before.counts) == (1, 9, Counts(applied=3, holes=1))
    assert (after.lane, after.first_offset, after.counts) == (2, 0, Counts())


def test_what_is_given_up_is_counted_and_goes_on(database: Engine) -> None:
    with transaction(database) as tx:
        cursors.start(tx, "topic", 0, 5)
        cursors.halt(tx, "topic", 0, 5, Halt(HaltKind.BUG, "so it is"))
        repairs.give_up(tx, cursors.read(tx, "topic")[0], 12)
        (cursor,) = cursors.read(tx, "topic").values()
    assert (cursor.next_offset, cursor.counts, cursor.halted) == (12, Counts(lost=7), None)
