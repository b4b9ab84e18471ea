"""The rows of the engine's tables that matter, as they were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Headers = tuple[tuple[str, bytes | None], ...]

REDRIVEN = -1
"""The engine's own partition for what is redriven."""
IMPORTED = -2
"""And for histories that are brought in."""


@dataclass(frozen=True, slots=True)
class CursorRow:
    """A row of `cursors`. Partitions below 0 are the engine's own. `lane` is what the partition's
    facts stand under in the ledger."""

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
class NoteRow:
    """A private note: as it is `stored`, and opened with the master key of tests. `text` is None
    if it does not open, `bound_to` is what it says that it belongs to: program, loop, kudos and
    recipient. `reader` is whose key opens it: program and participant."""

    stored: str
    text: str | None = None
    bound_to: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of `ledger`. `content` is JSON text; `note` is the private note kept apart from it."""

    retraction: bool
    lane: int
    offset: int
    content: str
    note: NoteRow | None = None


@dataclass(frozen=True, slots=True)
class AwardRow:
    """A row of `awards`: what the database says of an award ever announced."""

    award_id: str
    revision: int
    standing: bool
    decided: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class RestatementRow:
    """A row of `restatements`: what stood of an award before its proof was put right. `evidence`
    is the type and id of each."""

    award_id: str
    awarded_at: str
    evidence: tuple[tuple[str, str], ...]


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
    engine_version: str
    catalog_digest: str
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
class GenerationRow:
    """A generation with the text and digest of its catalog. `programs`: those named; `default`:
    programs never seen before start under it. `policy`: as it was approved, {} if it was not."""

    id: int
    text: str
    digest: str
    every_program: bool
    programs: frozenset[str]
    default: bool = False
    policy: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """What the audit log says of a cutover, a rollback or a release (`action`). `generation`: the
    one that went live, or that was left; 0 of a release. `to`: those that a rollback went to.
    `time`: that of its messages. `cursors`: by lane, up to where the ledger was known to it.
    `brought_in`: rows of the ledger that came with it. `awards`, `silent`: of a release."""

    action: str
    generation: int
    time: str
    cursors: Mapping[int, int]
    to: tuple[int, ...] = ()
    brought_in: int = 0
    awards: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class StoredTables:
    """One snapshot of the tables that matter, of the activity topic. `catalogs` are digests.

    `erased` are the people of whom the audit log says so, as program and participant; `keyed` have
    a key that notes can be sealed to. `expired` is how many dead letters were deleted as resolved
    long ago. `steps` is None if no cursor log was installed. `rows_read` counts the rows, by table,
    that were searched for private words; `rows_private` are those that hold some, as text.
    """

    cursors: tuple[CursorRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    restatements: tuple[RestatementRow, ...] = ()
    catalogs: frozenset[str] = frozenset()
    generations: tuple[GenerationRow, ...] = ()
    switches: tuple[SwitchRow, ...] = ()
    dead_letters: tuple[DeadLetterRow, ...] = ()
    erased: frozenset[tuple[str, str]] = frozenset()
    keyed: frozenset[tuple[str, str]] = frozenset()
    expired: int = 0
    steps: tuple[CursorStep, ...] | None = None
    unpublished: int = 0
    rows_read: Mapping[str, int] = field(default_factory=dict)
    rows_private: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
