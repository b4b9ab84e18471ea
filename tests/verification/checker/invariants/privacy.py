"""I11: a private note can be read nowhere; where it is kept for its recipient it is sealed."""

from collections.abc import Sequence
from pathlib import Path

from tests.verification.checker.known import Known
from tests.verification.checker.seen import PublishedRecord
from tests.verification.checker.verdict import Finding


def privacy(known: Known, logs: Sequence[Path]) -> Finding:
    """Judge I11: both topics of the engine's, every table, exports and logs."""
    seen = known.seen
    finding = Finding("I11", "nothing private shows", needed=("records", "rows", "planted"))
    needle = seen.private.encode()
    finding.compared["planted"] = sum(
        needle in (record.value or b"") for record in seen.activity.records
    )
    for topic in (seen.awards, seen.dead_letters):
        for record in topic.records:
            finding.compared["records"] += 1
            if needle in _whole(record):
                where = f"partition {record.partition} offset {record.offset}"
                finding.violate(f"{topic.name} {where} holds a private message")
    finding.compared["rows"] = sum(seen.database.rows_read.values())
    for table, rows in seen.database.rows_private.items():
        finding.violate(f"{len(rows)} rows of {table} hold private messages: {_brief(rows[0])}")
    for row in seen.database.dead_letters:
        if seen.private in row.detail:
            finding.violate(f"the detail of dead letter {row.id} holds a private message")
    for line in (*seen.exports.announced, *seen.exports.recomputed, *seen.exports.measures):
        if seen.private in repr(line):
            finding.violate(f"an exported line holds a private message: {_brief(repr(line))}")
    for log in logs:
        finding.compared["logs"] += 1
        held = log.read_bytes().count(needle)
        finding.require(held == 0, f"the log {log.name} holds private messages, {held} times")
    return finding


def _whole(record: PublishedRecord) -> bytes:
    headers = [part or b"" for name, text in record.headers for part in (name.encode(), text)]
    return b"\n".join([record.key or b"", record.value or b"", *headers])


def _brief(text: str) -> str:
    return text[:120]
