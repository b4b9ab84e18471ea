"""Everything observed after a run, as it was found: nothing here is judged yet.

It can be read from a running installation (`collect`) or put together from plain lists
(`collect_desk`), and a test may change a copy of it (`dataclasses.replace`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.verification.checker.tables import Headers, StoredTables

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedRecord:
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
    records: tuple[PublishedRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Exports:
    """What the commands write: the lines of each file, parsed, in order."""

    announced: tuple[Json, ...] = ()
    recomputed: tuple[Json, ...] = ()
    measures: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Observations:
    """All of it. `clock` is what the engine's clock showed (aware): it decides what is refused as
    `future`, so no event may lie about 24 hours after it. `private` is what every private message
    begins with."""

    clock: datetime
    private: str
    activity: Topic
    awards: Topic
    dead_letters: Topic
    database: StoredTables
    exports: Exports
