"""Everything observed after a run, as it was found: nothing here is judged yet.

It can be read from a running installation (`collect`) or put together from plain lists
(`collect_desk`), and a test may change a copy of it (`dataclasses.replace`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a topic, byte for byte."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The offsets a partition had when it was read: from `begin` up to but not `end`."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic by partition. `records` are in the order of partition and offset."""

    name: str
    spans: Mapping[int, Span] = field(default_factory=dict)
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class CursorRow:
    """A row of `cursors`. Partitions below 0 are the engine's own, for what is redriven. `lane` is
    what the partition's facts stand under in the ledger."""

    partition: int
    lane: int
    next_offset: int
    first_offset: int
    applied: int = 0
    duplicates: int = 0
    retractions: int = 0
    dead_letters: int = 0
    holes: int = 0
    lost: int = 0
    unmet_retractions: int = 0
    halted: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of `ledger`. `content` is JSON text; `message` is the private text kept beside it."""

    retraction: bool
    lane: int
    offset: int
    content: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class AwardRow:
    """A row of `awards`: what the database says of an award ever announced."""

    award_id: str
    revision: int
    standing: bool


@dataclass(frozen=True, slots=True)
class DeadLetterRow:
    """A row of `dead_letters`; key, value and headers are exact bytes."""

    id: int
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    reason: str
    detail: str
    attempts: int = 1
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class CursorStep:
    """A change of one cursor, as the trigger of `cursor_log` saw it; in the order of `number`.

    `before` is None where the cursor was made, `after` where it was deleted. `accounted` is how
    many offsets the counters took in by this step, of which `lost` were given up. `at` is in
    seconds since 1970.
    """

    number: int
    partition: int
    before: int | None
    after: int | None
    accounted: int
    lost: int
    at: float


@dataclass(frozen=True, slots=True)
class Database:
    """One snapshot of the tables that matter, of the activity topic.

    `expired` is how many dead letters were deleted as resolved long ago. `steps` is None if no
    cursor log was installed. `rows_read` counts the rows, by table, that were searched for private
    words; `rows_private` are those that hold some, as text.
    """

    cursors: tuple[CursorRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    dead_letters: tuple[DeadLetterRow, ...] = ()
    expired: int = 0
    steps: tuple[CursorStep, ...] | None = None
    unpublished: int = 0
    rows_read: Mapping[str, int] = field(default_factory=dict)
    rows_private: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exports:
    """What the commands write: the lines of each file, parsed, in order."""

    announced: tuple[Json, ...] = ()
    recomputed: tuple[Json, ...] = ()
    measures: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """All of it. `clock` is what the engine's clock showed (aware): it decides what is refused as
    `future`, so no event may lie about 24 hours after it. `private` is what every private message
    begins with."""

    clock: datetime
    private: str
    activity: Topic
    awards: Topic
    dead_letters: Topic
    database: Database
    exports: Exports
