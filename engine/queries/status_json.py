"""The status of the engine as JSON values: what `badge-engine status --json` and the API say."""

from collections.abc import Callable
from typing import Any

from engine.queries.status import BehindOpenTransaction, Status
from engine.rules.time_zones import RULES_VERSION
from engine.store.awards.outbox import Topic


def values(current: Status, topic_of: Callable[[Topic], str]) -> dict[str, Any]:
    """Everything that is known. `topic_of`: what Kafka calls a topic."""
    return {
        "topic": current.topics[0],
        "topics": list(current.topics),
        "partitions": [
            {
                "topic": p.topic,
                "partition": p.partition,
                "cursor": p.cursor,
                "end": p.end,
                "lag": p.lag,
                "halted": p.halted.text if p.halted is not None else None,
                "behind_open_transaction": _behind(p.behind_open_transaction),
            }
            for p in current.partitions
        ],
        "lag": current.lag,
        "applied": current.counts.applied,
        "duplicates": current.counts.duplicates,
        "retractions": current.counts.retractions,
        "dead_letters": current.counts.dead_letters,
        "holes": current.counts.holes,
        "lost": current.counts.lost,
        "unmet_retractions": current.counts.unmet_retractions,
        "redriven": current.redriven,
        "brought_in": current.brought_in,
        "open_dead_letters": dict(current.open_dead_letters),
        "unpublished": current.unpublished,
        "outbox": [
            {
                "topic": topic_of(topic),
                "unpublished": waiting.messages,
                "oldest_seconds": round(waiting.oldest_seconds, 1),
            }
            for topic, waiting in current.outbox.items()
        ],
        "inputs": [
            {
                "program": each.program,
                "type": each.type,
                "last": each.last.isoformat(timespec="seconds"),
                "longest_seconds": round(each.longest_seconds),
                "silent_seconds": round(each.silent_seconds),
                "ratio": None if each.ratio is None else round(each.ratio, 2),
                "quiet": each.is_quiet,
            }
            for each in current.inputs
        ],
        "zone_rules": RULES_VERSION,
        "audit_log": {"entries": current.audit_log.entries, "head": current.audit_log.head},
    }


def _behind(behind: BehindOpenTransaction | None) -> dict[str, Any] | None:
    if behind is None:
        return None
    return {"records": behind.records, "since": behind.since.isoformat(timespec="seconds")}
