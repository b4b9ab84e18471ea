"""`badge-engine status`: how far the engine has read, and what waits."""

import json
import time
from collections.abc import Sequence
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.console import tables
from engine.cli.console.exit_codes import Failed
from engine.cli.console.input_topics import InTopic, chosen
from engine.queries import status_json
from engine.queries.status import PartitionStatus, Status
from engine.rules.time_zones import RULES_VERSION
from engine.settings import Settings
from engine.stream.offsets.open_transactions import OpenTransactions
from engine.stream.offsets.status import look

_LOOK_EVERY_SECONDS = 0.25
_COUNTS = ("applied", "duplicates", "retractions", "dead_letters", "unmet_retractions")


def status(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Until all is read and published.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait at the most.")] = 300.0,
    topic: InTopic = None,
) -> None:
    """Show each partition's cursor, end and lag, the unpublished outbox, and the dead letters."""
    loaded = settings.load()
    topics = chosen(topic, loaded)
    with bootstrap.database(loaded) as engine:
        current = wait_until_drained(loaded, engine, topics, timeout if wait else 0.0)
    if as_json:
        typer.echo(json.dumps(status_json.values(current, loaded.topic_of), indent=2))
    else:
        _show(current, loaded)
    halted = [f"{named(p)} stopped: {halt.text}" for p, halt in current.halted if p.lag]
    if wait and halted:
        raise Failed("; ".join(halted))
    if wait and not current.drained:
        waiting = [_behind(p) for p in current.partitions if p.behind_open_transaction]
        left = f"lag {current.lag}, unpublished {_unpublished(current, loaded)}"
        raise Failed("; ".join([f"not drained after {timeout:g} s: {left}", *waiting]))


def wait_until_drained(
    loaded: Settings, engine: Engine, topics: Sequence[str], timeout: float
) -> Status:
    """Look until all of topics is drained or the time is up; gives the last look."""
    deadline = time.monotonic() + timeout
    transactions = OpenTransactions()
    while True:
        current = look(loaded, engine, transactions, topics)
        if current.drained or time.monotonic() >= deadline:
            return current
        time.sleep(_LOOK_EVERY_SECONDS)


def named(partition: PartitionStatus) -> str:
    """What messages call a partition."""
    return f"{partition.topic} partition {partition.partition}"


def _show(current: Status, loaded: Settings) -> None:
    console = tables.console()
    for topic in current.topics:
        table = tables.table("partition", "cursor", "end", "lag", "state", title=topic)
        for column in table.columns[:4]:
            column.justify = "right"
        for p in (each for each in current.partitions if each.topic == topic):
            numbers = (p.partition, p.cursor, p.end, p.lag)
            table.add_row(*(f"{number:,}" for number in numbers), _state(p))
        console.print(table)
    for name in (*_COUNTS, *(("lost",) if current.counts.lost else ())):
        console.print(f"{name.replace('_', ' '):>20}  {getattr(current.counts, name):,}")
    refused = ", ".join(f"{n:,} {reason}" for reason, n in current.open_dead_letters.items())
    console.print(f"{'open dead letters':>20}  {refused or 'none'}")
    quiet = ", ".join(f"{each.type} of {each.program}" for each in current.quiet)
    console.print(f"{'quiet inputs':>20}  {quiet or 'none'}")
    console.print(f"{'audit log entries':>20}  {current.audit_log.entries:,}")
    console.print(f"{'time zone rules':>20}  tzdata {RULES_VERSION}")
    console.print(f"{'unpublished':>20}  {_unpublished(current, loaded)}")


def _state(partition: PartitionStatus) -> str:
    if partition.halted is not None:
        return partition.halted.text
    if partition.behind_open_transaction is not None:
        behind = partition.behind_open_transaction
        return f"{behind.records:,} behind a transaction open since {behind.since:%Y-%m-%d %H:%M}"
    return "reading" if partition.lag else "up to date"


def _behind(partition: PartitionStatus) -> str:
    behind = partition.behind_open_transaction
    assert behind is not None
    return (
        f"{named(partition)}: {behind.records} records wait behind a transaction open "
        f"since {behind.since:%Y-%m-%d %H:%M:%S} UTC, see docs/operating.md, 'an open transaction'"
    )


def _unpublished(current: Status, loaded: Settings) -> str:
    """How much waits for which topic; one that waits for long is stuck."""
    parts = [
        f"{waiting.messages:,} for {loaded.topic_of(topic)}, the oldest for "
        f"{waiting.oldest_seconds:.0f} s"
        for topic, waiting in current.outbox.items()
        if waiting.messages
    ]
    return " and ".join(parts) + " (the relay's log says why)" if parts else "0"
