"""`badge-engine status`: how far the engine has read, and what waits."""

import json
import time
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.console.exit_codes import Failed
from engine.settings import Settings
from engine.store.awards import outbox
from engine.store.cursors import cursors
from engine.store.cursors.cursors import IMPORT_LANE, REDRIVE_LANE
from engine.store.dead_letters import entries
from engine.store.postgres.connection import transaction
from engine.stream.offsets import topics

_LOOK_EVERY_SECONDS = 0.25
_COUNTS = ("applied", "duplicates", "retractions", "dead_letters", "unmet_retractions")


def status(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Until all is read and published.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait at the most.")] = 300.0,
) -> None:
    """Show each partition's cursor, end and lag, the unpublished outbox, and the dead letters."""
    loaded = settings.load()
    with bootstrap.database(loaded) as engine:
        found = wait_until_drained(loaded, engine, timeout) if wait else look(loaded, engine)
    typer.echo(json.dumps(found, indent=2)) if as_json else _show(found)
    stopped = [p for p in found["partitions"] if p["halted"] and p["lag"]]
    if wait and stopped:
        named = (f"partition {p['partition']} stopped: {p['halted']}" for p in stopped)
        raise Failed("; ".join(named))
    if wait and not drained(found):
        left = f"lag {found['lag']}, unpublished {_unpublished(found)}"
        raise Failed(f"not drained after {timeout:g} s: {left}")


def look(loaded: Settings, engine: Engine) -> dict[str, Any]:
    """Everything the command shows, as JSON values."""
    there = topics.ranges(loaded, loaded.activity_topic)
    with transaction(engine) as tx:
        known = cursors.read(tx, loaded.activity_topic)
        waiting = outbox.waiting(tx)
        refused = entries.counts(tx)
    partitions = []
    for number, place in there.items():
        cursor = known.get(number)
        at = cursor.next_offset if cursor is not None else place.begin
        partitions.append(
            {
                "partition": number,
                "cursor": at,
                "end": place.end,
                "lag": max(0, place.end - at),
                "halted": cursor.halted.text if cursor is not None and cursor.halted else None,
            }
        )
    counts = [cursor.counts for cursor in known.values()]
    redriven, brought_in = known.get(REDRIVE_LANE), known.get(IMPORT_LANE)
    return {
        "topic": loaded.activity_topic,
        "partitions": partitions,
        "lag": sum(int(p["lag"] or 0) for p in partitions),
        "applied": sum(c.applied for c in counts),
        "duplicates": sum(c.duplicates for c in counts),
        "retractions": sum(c.retractions for c in counts),
        "dead_letters": sum(c.dead_letters for c in counts),
        "holes": sum(c.holes for c in counts),
        "lost": sum(c.lost for c in counts),
        "unmet_retractions": sum(c.unmet_retractions for c in counts),
        "redriven": redriven.next_offset if redriven is not None else 0,
        "brought_in": brought_in.next_offset if brought_in is not None else 0,
        "open_dead_letters": dict(sorted(refused.items())),
        "unpublished": sum(there.messages for there in waiting.values()),
        "outbox": [
            {
                "topic": loaded.topic_of(topic),
                "unpublished": there.messages,
                "oldest_seconds": round(there.oldest_seconds, 1),
            }
            for topic, there in waiting.items()
        ],
    }


def drained(found: dict[str, Any]) -> bool:
    """Whether everything is read, as far as it may be, and published."""
    lags = (p["lag"] for p in found["partitions"] if p["halted"] is None)
    return not any(lags) and not found["unpublished"]


def wait_until_drained(loaded: Settings, engine: Engine, timeout: float) -> dict[str, Any]:
    """Look until all is drained or the time is up; gives the last look."""
    deadline = time.monotonic() + timeout
    while True:
        found = look(loaded, engine)
        if drained(found) or time.monotonic() >= deadline:
            return found
        time.sleep(_LOOK_EVERY_SECONDS)


def _show(found: dict[str, Any]) -> None:
    console = Console()
    table = Table(title=found["topic"], title_justify="left")
    for heading in ("partition", "cursor", "end", "lag"):
        table.add_column(heading, justify="right")
    table.add_column("state")
    for row in found["partitions"]:
        state = row["halted"] or ("reading" if row["lag"] else "up to date")
        table.add_row(*(f"{row[k]:,}" for k in ("partition", "cursor", "end", "lag")), state)
    console.print(table)
    for name in (*_COUNTS, *(("lost",) if found["lost"] else ())):
        console.print(f"{name.replace('_', ' '):>20}  {found[name]:,}")
    waiting = ", ".join(f"{n:,} {reason}" for reason, n in found["open_dead_letters"].items())
    console.print(f"{'open dead letters':>20}  {waiting or 'none'}")
    console.print(f"{'unpublished':>20}  {_unpublished(found)}")


def _unpublished(found: dict[str, Any]) -> str:
    """How much waits for which topic; one that waits for long is stuck."""
    parts = [
        f"{row['unpublished']:,} for {row['topic']}, the oldest for {row['oldest_seconds']:.0f} s"
        for row in found["outbox"]
        if row["unpublished"]
    ]
    return " and ".join(parts) + " (the relay's log says why)" if parts else "0"
