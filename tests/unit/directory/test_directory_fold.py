"""Which description counts: the same whatever batches the records come in.

`fold` makes changes of batches, which a model of the tables applies as the statements do; the naive
reader of partition.py says what must come of it.
"""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.intake.fold import DirectoryChanges, RecordAt, fold
from directory.intake.records import DescriptionRecord, RefusedDescription, Subject
from events.instants import from_datetime
from tests.support.examples import examples
from tests.unit.directory.partition import START, Step, naive, record, steps, subject


def apply(rows: dict[Subject, RecordAt], changes: DirectoryChanges) -> None:
    """What the statements do, on one lane."""
    for who, tombstone in changes.forgotten.items():
        if who in rows and rows[who].offset < tombstone.offset:
            del rows[who]
    for who, described in changes.described.items():
        if who not in rows or position(rows[who]) < position(described):
            rows[who] = described


def position(at: RecordAt) -> tuple[str, int]:
    assert isinstance(at.record, DescriptionRecord)
    return at.record.time, at.offset


def folded(batches: list[list[RecordAt]]) -> dict[Subject, RecordAt]:
    rows: dict[Subject, RecordAt] = {}
    for batch in batches:
        apply(rows, fold(batch))
    return rows


def expected(history: list[Step]) -> dict[Subject, int]:
    return {subject(who): offset for who, (_, offset) in naive(history).items()}


def offsets(rows: dict[Subject, RecordAt]) -> dict[Subject, int]:
    return {who: at.offset for who, at in rows.items()}


@examples(300)
@given(steps, st.data())
def test_batches_of_any_size_give_what_record_by_record_gives(
    history: list[Step], data: st.DataObject
) -> None:
    records = [record(offset, step) for offset, step in enumerate(history)]
    batches = []
    while records:
        size = data.draw(st.integers(1, len(records)))
        batches.append(records[:size])
        records = records[size:]

    assert offsets(folded(batches)) == expected(history)


@examples(200)
@given(steps, st.integers(0, 25))
def test_reading_again_from_any_earlier_offset_ends_the_same(
    history: list[Step], back: int
) -> None:
    records = [record(offset, step) for offset, step in enumerate(history)]

    assert offsets(folded([records, records[max(0, len(records) - back) :]])) == expected(history)


@examples(200)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), unique=True, max_size=12),
    st.randoms(),
)
def test_descriptions_in_any_order_and_any_number_of_times_leave_the_latest(
    history: list[tuple[str, int]], chance: Any
) -> None:
    again = [*history, *chance.sample(history, len(history) // 2)]
    chance.shuffle(again)

    rows = folded([[record(offset, step)] for offset, step in enumerate(again)])

    latest = {who: max(day for name, day in history if name == who) for who, _ in history}
    assert {who: position(at)[0] for who, at in rows.items()} == {
        subject(who): from_datetime(START + timedelta(days=day)) for who, day in latest.items()
    }


@examples(200)
@given(steps, st.data())
def test_a_compacted_topic_of_a_publisher_in_order_gives_the_same(
    history: list[Step], data: st.DataObject
) -> None:
    # Given descriptions published in the order of their times,
    ordered = [(who, None if day is None else at) for at, (who, day) in enumerate(history)]
    records = [record(offset, step) for offset, step in enumerate(ordered)]

    # when Kafka has dropped any of those that a later one of the same key replaces,
    last = {who: offset for offset, (who, _) in enumerate(ordered)}
    kept = [
        at
        for at, (who, _) in zip(records, ordered, strict=True)
        if at.offset == last[who] or data.draw(st.booleans())
    ]

    # then a reader from the beginning ends where one of everything does.
    assert offsets(folded([kept])) == expected(ordered)


def test_refused_records_change_nothing_and_are_named() -> None:
    good, bad = record(0, ("a", 1)), RecordAt(1, START, RefusedDescription("why", "key"))

    changes = fold([good, bad])

    assert changes.described == {subject("a"): good}
    assert changes.refused == [bad]
