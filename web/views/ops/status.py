"""The engine's status as operators see it: as `badge-engine status --json`, and how well it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from engine.queries import connected, status_json
from engine.store.cursors import cursors
from engine.store.postgres.connection import Transaction, transaction
from web.ops.console import Console, Sighting
from web.views.model import InstantText, View
from web.views.ops import troubles
from web.views.ops.troubles import Trouble

WORKER, RELAY = "badge-engine-worker", "badge-engine-relay"


class BehindTransaction(View):
    """Records that wait until a publisher ends its transaction."""

    records: int
    since: InstantText


class PartitionShown(View):
    """A partition. `end` and `lag` are null as long as Kafka has never answered."""

    topic: str
    partition: int
    cursor: int
    end: int | None
    lag: int | None
    halted: str | None
    behind_open_transaction: BehindTransaction | None


class OutboxShown(View):
    """What waits to be published on a topic."""

    topic: str
    unpublished: int
    oldest_seconds: float


class AuditHeadShown(View):
    """Where the audit log ends."""

    entries: int
    head: str


class KafkaShown(View):
    """Whether Kafka answers. `asked`: when it last did; `away`: why it does not now."""

    asked: InstantText | None
    away: str | None


class TroubleShown(View):
    """Something that is wrong or waits for a person. `see`: a section of docs/operating.md.
    `topic`, `partition`: one that may be resumed."""

    urgent: bool
    what: str
    do: str
    see: str
    topic: str | None
    partition: int | None


class InputShown(View):
    """Events of one type in one program. `ratio`: how many times its longest gap it is
    silent; null where nothing is usual yet."""

    program: str
    type: str
    last: InstantText
    longest_seconds: float
    silent_seconds: float
    ratio: float | None
    quiet: bool


class StatusShown(View):
    """The status, and what is wrong."""

    topic: str = Field(description="The first of the topics")
    topics: list[str] = Field(description="The topics that workers read")
    partitions: list[PartitionShown]
    lag: int | None
    applied: int
    duplicates: int
    retractions: int
    dead_letters: int
    holes: int
    lost: int
    unmet_retractions: int
    redriven: int
    brought_in: int
    open_dead_letters: dict[str, int]
    unpublished: int
    outbox: list[OutboxShown]
    inputs: list[InputShown]
    zone_rules: str = Field(description="The release of tzdata by which days are reckoned")
    audit_log: AuditHeadShown
    kafka: KafkaShown
    processes: dict[str, int] = Field(
        description="How many connections to the database each kind of process has"
    )
    troubles: list[TroubleShown]


def read(console: Console) -> StatusShown:
    """The status now; five statements."""
    ends = console.offsets.latest()
    with transaction(console.pool) as tx:
        return of(tx, console, console.read(tx, ends))


def of(tx: Transaction, console: Console, sighting: Sighting) -> StatusShown:
    """A sighting with what is wrong."""
    processes = connected.processes(tx)
    values = status_json.values(sighting.status, console.settings.engine.topic_of)
    if sighting.asked is None:
        values["lag"] = None
        values["partitions"] = [one | {"end": None, "lag": None} for one in values["partitions"]]
    there = troubles.of(sighting, processes, console.settings.engine.topic_of)
    return StatusShown(
        **_known(values),
        kafka=KafkaShown(asked=_text(sighting.asked), away=sighting.away),
        processes=processes,
        troubles=[_shown(one) for one in there],
    )


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in StatusShown.model_fields}


def _shown(trouble: Trouble) -> TroubleShown:
    return TroubleShown(
        urgent=trouble.urgent,
        what=trouble.what,
        do=trouble.do,
        see=trouble.section,
        topic=trouble.topic,
        partition=trouble.partition,
    )


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


EXPECTED = ("worker", "relay", "directory", "notifier", "web")
_NAMES = {"worker": WORKER, "relay": RELAY}


def expected(processes: Mapping[str, int]) -> list[tuple[str, int]]:
    """The kinds of processes that a deployment has, each with its connections now."""
    return [(kind, processes.get(_NAMES.get(kind, f"badge-{kind}"), 0)) for kind in EXPECTED]


def partition(tx: Transaction, topic: str, number: int) -> PartitionShown | None:
    """A halted partition; None if it is not halted. One statement."""
    cursor = cursors.read(tx, topic).get(number)
    if cursor is None or cursor.halted is None:
        return None
    return PartitionShown(
        topic=topic,
        partition=number,
        cursor=cursor.next_offset,
        end=None,
        lag=None,
        halted=cursor.halted.text,
        behind_open_transaction=None,
    )
