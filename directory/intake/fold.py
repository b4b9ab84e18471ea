"""What consecutive records of one partition amount to: what to forget, then what to describe. Pure.

Of the descriptions of a subject the one with the later time wins, of two with the same time the
one with the later offset. A tombstone ends everything before its offset: after it, any description
counts, an older one too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directory.intake.records import (
    DescriptionRecord,
    ReadRecord,
    RefusedDescription,
    Subject,
    TombstoneRecord,
)


@dataclass(frozen=True, slots=True)
class RecordAt:
    """A record where it is: `published` is the time that Kafka gives it."""

    offset: int
    published: datetime
    record: ReadRecord


@dataclass(frozen=True, slots=True)
class DirectoryChanges:
    """To be applied in this order: forget, then describe."""

    forgotten: dict[Subject, RecordAt]
    described: dict[Subject, RecordAt]
    refused: list[RecordAt]


def fold(records: Iterable[RecordAt]) -> DirectoryChanges:
    """The changes that records of one partition, by offset, make together."""
    changes = DirectoryChanges({}, {}, [])
    for at in records:
        match at.record:
            case RefusedDescription():
                changes.refused.append(at)
            case TombstoneRecord(subject):
                changes.forgotten[subject] = at
                changes.described.pop(subject, None)
            case DescriptionRecord(subject, time, _):
                rival = changes.described.get(subject)
                if rival is None or _time(rival) <= time:
                    changes.described[subject] = at
    return changes


def _time(at: RecordAt) -> str:
    assert isinstance(at.record, DescriptionRecord)
    return at.record.time
