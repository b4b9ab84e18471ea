"""What contradicts itself between cursors, Kafka and the group; and what working workers make look
as if it did."""

import pytest

from engine.store.cursors.cursors import Cursor, Origin
from engine.stream.offsets.contradictions import ContradictionKind, of_partition, of_topic
from engine.stream.offsets.topics import Range

HERE = Origin("cluster", "topic")


def _at(offset: int | None) -> Cursor | None:
    return None if offset is None else Cursor("t", 3, 3, offset, 0)


@pytest.mark.parametrize(
    ("before", "there", "committed", "now", "kinds"),
    [
        (None, (0, 0), None, None, []),  # never read
        (None, (7, 9), None, None, []),  # never read, and some of it expired
        (5, (0, 9), 5, 5, []),
        (5, (0, 9), 4, 5, []),  # a second behind, as always
        (5, (0, 9), None, 5, []),  # the group's offsets expired
        (5, (5, 5), 5, 5, []),  # all was read, and all is gone
        (5, (0, 9), 9, 9, []),  # a worker went on and committed meanwhile
        (5, (7, 9), 8, 8, []),  # a worker went on, and retention after it
        (5, (0, 6), 8, 8, []),  # a worker went on to what came after the look
        (None, (0, 9), 4, 4, []),  # a worker began meanwhile
        (5, (6, 9), 5, 5, [ContradictionKind.RETENTION]),
        (5, (0, 4), 5, 5, [ContradictionKind.TRUNCATED]),
        (9, (0, 4), 9, 9, [ContradictionKind.TRUNCATED]),
        (5, (0, 9), 6, 5, [ContradictionKind.RESTORED]),
        (5, (7, 9), 9, 5, [ContradictionKind.RETENTION, ContradictionKind.RESTORED]),
        (None, (0, 9), 4, None, [ContradictionKind.EMPTY]),
        (None, (4, 9), 4, None, [ContradictionKind.EMPTY]),
    ],
)
def test_a_partition(
    before: int | None,
    there: tuple[int, int],
    committed: int | None,
    now: int | None,
    kinds: list[ContradictionKind],
) -> None:
    found = list(of_partition("t", 3, _at(before), Range(*there, there[1]), committed, _at(now)))
    assert [trouble.kind for trouble in found] == kinds
    for trouble in found:
        assert trouble.partition == 3
        assert trouble.what.startswith("t partition 3: ")


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (None, None),
        (HERE, None),
        (Origin("another", "topic"), ContradictionKind.CLUSTER),
        (Origin("another", "another"), ContradictionKind.CLUSTER),
        (Origin("cluster", "another"), ContradictionKind.RECREATED),
    ],
)
def test_a_topic(known: Origin | None, kind: ContradictionKind | None) -> None:
    found = of_topic("t", known, HERE)
    assert (found.kind if found else None) is kind
