"""What can be wrong between the database's cursors and what Kafka has. Pure.

A worker refuses to run on any of them: going on would skip records, or publish twice, silently.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from engine.store.cursors.cursors import Cursor, Origin
from engine.stream.offsets.topics import Range


class ContradictionKind(Enum):
    """Which contradiction. The value is the title of its section in docs/operating.md."""

    CLUSTER = "another cluster"
    RECREATED = "topic recreated"
    TRUNCATED = "Kafka lost records"
    RETENTION = "retention passed the cursor"
    RESTORED = "the database was restored from a backup"
    EMPTY = "the database is empty"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction. `partition` is None where it is the whole topic's."""

    kind: ContradictionKind
    partition: int | None
    what: str


def of_topic(topic: str, known: Origin | None, here: Origin) -> Contradiction | None:
    """Whether the cursors count in this topic of this cluster."""
    if known is None or known == here:
        return None
    if known.cluster_id != here.cluster_id:
        what = (
            f"{topic}: the cursors count in Kafka cluster {known.cluster_id}, but this is cluster "
            f"{here.cluster_id}. See docs/operating.md, 'another cluster'."
        )
        return Contradiction(ContradictionKind.CLUSTER, None, what)
    what = (
        f"{topic} was deleted and made anew since it was last read, so the cursors count in a "
        "topic that is gone. See docs/operating.md, 'topic recreated'."
    )
    return Contradiction(ContradictionKind.RECREATED, None, what)


def of_partition(
    topic: str,
    partition: int,
    before: Cursor | None,
    there: Range,
    committed: int | None,
    now: Cursor | None,
) -> Iterator[Contradiction]:
    """Whether a partition's cursor can be gone on from.

    Asked in this order, so that what a working worker does meanwhile is no trouble: `before`, the
    cursor; `there`, what Kafka has; `committed`, the group's offset; `now`, the cursor again. (A
    worker moves the cursor forward, and commits to the group after that.)
    """
    where = f"{topic} partition {partition}"
    if before is not None and before.next_offset > there.end:
        what = (
            f"{where}: the cursor is at {before.next_offset}, but the partition ends at "
            f"{there.end}: Kafka has lost records that were read, or this is another topic. See "
            "docs/operating.md, 'Kafka lost records'."
        )
        yield Contradiction(ContradictionKind.TRUNCATED, partition, what)
        return
    if now is not None and now.next_offset < there.begin:
        what = (
            f"{where}: records {now.next_offset} to {there.begin - 1} are gone from Kafka "
            "before they were read (retention is too short for this lag). They must be published "
            "again; see docs/operating.md, 'retention passed the cursor'."
        )
        yield Contradiction(ContradictionKind.RETENTION, partition, what)
    if committed is not None and now is None:
        what = (
            f"{where}: the consumer group has read to {committed}, but the database knows nothing "
            "of that: it is a new one, or has lost everything. See docs/operating.md, 'the "
            "database is empty'."
        )
        yield Contradiction(ContradictionKind.EMPTY, partition, what)
    if committed is not None and now is not None and now.next_offset < committed:
        what = (
            f"{where}: the cursor is at {now.next_offset}, but the consumer group has read to "
            f"{committed}: the database is older than what was said from it. See "
            "docs/operating.md, 'the database was restored from a backup'."
        )
        yield Contradiction(ContradictionKind.RESTORED, partition, what)
