"""Descriptions in PostgreSQL: the statements keep what the naive reader says counts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from directory.intake.fold import RecordAt, fold
from directory.intake.records import DescriptionRecord, Subject, TombstoneRecord
from directory.store import descriptions
from engine.sole_reader.cursors import CursorTable, Extent, Superseded, TopicCursor
from engine.store.postgres.connection import Transaction, transaction
from events.instants import from_datetime
from events.schemas.directory.description import Kind
from events.schemas.registry import read_description
from tests.support.examples import examples
from tests.unit.directory.partition import START, Step, naive, steps

CURSORS = CursorTable("directory")
TABLES: dict[Kind, str] = {"participant": "participants", "loop": "loops"}


@pytest.fixture
def tx(database: Engine) -> Iterator[Transaction]:
    with transaction(database) as opened:
        yield opened


def at(kind: Kind, offset: int, step: Step, seconds: int | None = None) -> RecordAt:
    """A step as a record about a participant or a loop; `seconds`: when it was published."""
    who, day = step
    subject = Subject(kind, "acme", who)
    published = START + timedelta(seconds=offset if seconds is None else seconds)
    if day is None:
        return RecordAt(offset, published, TombstoneRecord(subject))
    data: dict[str, Any] = {"program_id": "acme", f"{kind}_id": who}
    if kind == "participant":
        data |= {"display_name": f"{offset}"}
    else:
        members = [{"participant_id": f"at-{offset}"}, {"participant_id": "always"}]
        data |= {"name": f"{offset}", "kind": "group", "state": "open", "members": members}
    model = read_description(f"mentoring.{kind}.described.v1", data)
    time = from_datetime(START + timedelta(days=day))
    return RecordAt(offset, published, DescriptionRecord(subject, time, model))


def apply(tx: Transaction, lane: int, *records: RecordAt) -> None:
    descriptions.apply(tx, lane, fold(records))


def offsets(tx: Transaction, kind: Kind) -> dict[str, int]:
    column = kind
    rows = tx.rows(f'SELECT {column}, "offset" FROM directory.{TABLES[kind]}')
    return dict(rows)


def members(tx: Transaction) -> dict[str, set[str]]:
    rows = tx.rows("SELECT loop, array_agg(participant::text) FROM directory.members GROUP BY loop")
    return {loop: set(names) for loop, names in rows}


@pytest.mark.parametrize("kind", ["participant", "loop"])
def test_the_tables_hold_what_counts_whatever_the_batches(database: Engine, kind: Kind) -> None:
    @examples(40)
    @given(steps, st.integers(1, 6), st.integers(0, 25))
    def in_batches(history: list[Step], size: int, back: int) -> None:
        records = [at(kind, offset, step) for offset, step in enumerate(history)]
        expected = {who: offset for who, (_, offset) in naive(history).items()}
        with transaction(database) as tx:
            tx.execute(f"DELETE FROM directory.{TABLES[kind]}")
            # The end is read twice, as after a cursor that was set back.
            for part in (records, records[max(0, len(records) - back) :]):
                for start in range(0, len(part), size):
                    apply(tx, 1, *part[start : start + size])
            assert offsets(tx, kind) == expected
            if kind == "loop":
                assert members(tx) == {
                    who: {f"at-{offset}", "always"} for who, offset in expected.items()
                }

    in_batches()


def test_a_loop_that_loses_by_its_time_leaves_the_members_alone(tx: Transaction) -> None:
    apply(tx, 1, at("loop", 0, ("a", 3)), at("loop", 1, ("b", 1)))

    apply(tx, 1, at("loop", 2, ("a", 2)), at("loop", 3, ("b", 2)))

    assert members(tx) == {"a": {"at-0", "always"}, "b": {"at-3", "always"}}


def test_what_a_later_topic_says_counts_at_a_lower_offset(tx: Transaction) -> None:
    apply(tx, 1, at("participant", 90, ("a", 3)), at("participant", 91, ("b", 3)))

    apply(tx, 2, at("participant", 0, ("a", None), seconds=200), at("participant", 1, ("b", 3)))

    assert offsets(tx, "participant") == {"b": 1}


def test_a_tombstone_that_was_overtaken_by_another_partition_forgets_nothing(
    tx: Transaction,
) -> None:
    # Given a person described on an added partition, after their tombstone on the old one,
    apply(tx, 5, at("participant", 0, ("a", 3), seconds=100))

    # when the tombstone is read only then,
    apply(tx, 1, at("participant", 50, ("a", None), seconds=60))

    # then the description stays; a tombstone after it forgets it, on whichever partition.
    assert offsets(tx, "participant") == {"a": 0}
    apply(tx, 1, at("participant", 51, ("a", None), seconds=101))
    assert offsets(tx, "participant") == {}


def test_an_erased_person_is_ignored_until_a_description_with_a_later_time(
    tx: Transaction,
) -> None:
    tx.execute(
        "INSERT INTO directory.erased (program, participant, erased_at) VALUES ('acme', 'a', %s)",
        START + timedelta(days=2),
    )

    apply(tx, 1, at("participant", 0, ("a", 1)), at("participant", 1, ("b", 1)))
    apply(tx, 1, at("participant", 2, ("a", 2)))
    assert offsets(tx, "participant") == {"b": 1}
    apply(tx, 1, at("participant", 3, ("a", None)))
    assert tx.one("SELECT forgotten FROM directory.erased") == (True,)

    apply(tx, 1, at("participant", 4, ("a", 3)))
    assert offsets(tx, "participant") == {"a": 4, "b": 1}


def test_a_cursor_that_somebody_moved_is_not_moved(tx: Transaction) -> None:
    started = CURSORS.start(tx, "topic", {0: Extent(0, 10)}).cursors
    CURSORS.advance(tx, 0, started[0], 5, 0)

    with pytest.raises(Superseded, match="partition 0 is not at 0"):
        CURSORS.advance(tx, 0, started[0], 7, 0)


@pytest.mark.parametrize(
    ("topic", "extent", "expected"),
    [
        ("topic", Extent(0, 10), TopicCursor(5, 1)),  # as it was
        ("topic", Extent(7, 10), TopicCursor(7, 1)),  # Kafka has no more what is before
        ("topic", Extent(0, 3), TopicCursor(0, 2)),  # made again, on a broker without ids
        ("other", Extent(0, 10), TopicCursor(0, 2)),  # made again
        ("other", Extent(2, 10), TopicCursor(2, 2)),
    ],
)
def test_a_partition_is_read_on_only_if_it_is_the_one_that_was_read(
    tx: Transaction, topic: str, extent: Extent, expected: TopicCursor
) -> None:
    started = CURSORS.start(tx, "topic", {0: Extent(0, 10)}).cursors
    CURSORS.advance(tx, 0, started[0], 5, 0)

    assert CURSORS.start(tx, topic, {0: extent}).cursors == {0: expected}
    assert CURSORS.start(tx, topic, {0: extent}).cursors == {0: expected}
