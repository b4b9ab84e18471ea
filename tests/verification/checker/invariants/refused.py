"""I5: the dead letters are exactly the refused records, with their very bytes (the first 65,536 of
oversize ones), each signalled."""

import json
import re
from collections import Counter
from typing import Any

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json, PublishedRecord
from tests.verification.checker.tables import CursorRow, DeadLetterRow
from tests.verification.checker.verdict import Finding

_REFUSED_BY = (
    "oversize",
    "malformed",
    "forbidden",
    "unknown_type",
    "invalid",
    "future",
    "conflict",
)
_UNPACKED_BYTES = 32 << 20
_KEPT_BYTES = 65_536
_SIGNAL = {
    *("topic", "partition", "offset", "reason"),
    *("detail", "header_names", "engine_version", "catalog_digest"),
}
_HEADERS = (("content-type", b"application/json"),)
# A private note in clear, in what is resolved: as the histories of tests write it.
_NOTE = re.compile(rb'("message":\s*)"(?:[^"\\]|\\.)*"')


def refused(known: Known) -> Finding:
    """Judge I5 for dead letters."""
    finding = Finding("I5", "dead letters = refused records", needed=("dead letters", "signals"))
    rows = known.seen.database.dead_letters
    finding.compared["dead letters"] = len(rows)
    cursors = {row.partition: row for row in known.seen.database.cursors}
    wanted = {
        place: reason
        for place, reason in known.log.became.items()
        if reason in _REFUSED_BY and _passed(cursors.get(place[0]), place[1])
    }
    found = Counter((row.partition, row.offset) for row in rows)
    missing, expired = wanted.keys() - found.keys(), known.seen.database.expired
    if len(missing) > expired:
        for place in sorted(missing):
            finding.violate(f"{_at(place)} is {wanted[place]}, and no dead letter")
    finding.require(
        len(missing) >= expired, f"{expired} are said to have expired, {len(missing)} are missing"
    )
    for place, number in found.items():
        finding.require(number == 1, f"{_at(place)} is in the dead letters {number} times")
    for row in rows:
        _row(finding, known, row, wanted)
    _signals(finding, known, wanted)
    return finding


def _row(
    finding: Finding, known: Known, row: DeadLetterRow, wanted: dict[tuple[int, int], str]
) -> None:
    place = (row.partition, row.offset)
    record = known.log.records.get(place)
    if record is None and known.origins.expired(*place):
        return
    if record is None:
        finding.violate(f"{_at(place)} is a dead letter, and no record of the topic")
        return
    _kept(finding, record, row)
    if place not in wanted:
        finding.violate(f"{_at(place)} is a dead letter ({row.reason}), though it may be read")
    else:
        finding.require(
            row.reason == wanted[place] or row.attempts > 1,
            f"{_at(place)}: refused as {row.reason}, must be {wanted[place]}",
        )
    finding.require(row.attempts >= 1, f"{_at(place)}: {row.attempts} attempts")
    finding.require(row.detail != "", f"{_at(place)}: nothing is said of it")
    finding.require(row.engine_version != "", f"{_at(place)}: refused by no version")
    finding.require(
        row.catalog_digest in known.seen.database.catalogs,
        f"{_at(place)}: refused by {row.catalog_digest!r}, which is no catalog's digest",
    )


def _kept(finding: Finding, record: PublishedRecord, row: DeadLetterRow) -> None:
    """With its very bytes, cut; of a batch that is not unpacked, the batch's own bytes, cut.
    Once it is resolved, without its private note."""
    where = _at((row.partition, row.offset))
    if len(record.value or b"") > _UNPACKED_BYTES:
        finding.require(
            row.key is None and not row.headers and len(row.value or b"") <= _KEPT_BYTES,
            f"{where}: something of it is kept, though its batch is too large to be unpacked",
        )
        return
    for name in ("key", "value", "headers"):
        came = getattr(record, name)
        if name == "value" and came is not None:
            came = came[:_KEPT_BYTES]
            came = came if row.resolution is None else _NOTE.sub(rb"\1null", came)
        finding.require(getattr(row, name) == came, f"{where}: kept with another {name}")


def _signals(finding: Finding, known: Known, wanted: dict[tuple[int, int], str]) -> None:
    """On their topic: every one signalled, nothing else, copies identical, no bytes of records."""
    rows = {(row.partition, row.offset): row for row in known.seen.database.dead_letters}
    first: dict[tuple[int, int], PublishedRecord] = {}
    for record in known.seen.dead_letters.records:
        where = f"the signal at partition {record.partition} offset {record.offset}"
        try:
            said: Any = json.loads(record.value or b"")
            place = (int(said["partition"]), int(said["offset"]))
            fields, reason, topic = said.keys(), said["reason"], said["topic"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            finding.violate(f"{where} cannot be read: {type(error).__name__}: {error}")
            continue
        finding.require(topic == known.seen.activity.name, f"{where} is about topic {topic}")
        finding.require(fields == _SIGNAL, f"{where} has fields {sorted(fields)}")
        finding.require(record.key is None, f"{where} has a key")
        finding.require(record.headers == _HEADERS, f"{where} has headers {record.headers}")
        row = rows.get(place)
        if row is not None and row.attempts == 1:  # the next attempt may say something else
            _as_kept(finding, where, said, row)
        if known.origins.expired(*place):
            continue
        if place not in wanted:
            finding.violate(f"{where} is about {_at(place)}, which is not refused")
        elif reason != wanted[place]:
            finding.violate(f"{where} says {reason} of {_at(place)}, must say {wanted[place]}")
        known_first = first.setdefault(place, record)
        finding.require(
            (record.key, record.value, record.headers)
            == (known_first.key, known_first.value, known_first.headers),
            f"{where} is not as the first about {_at(place)}",
        )
    finding.compared["signals"] = len(first)
    for place in sorted(wanted.keys() - first.keys()):
        finding.violate(f"{_at(place)} is {wanted[place]}, and was never signalled")


def _as_kept(finding: Finding, where: str, said: Json, row: DeadLetterRow) -> None:
    for name in ("detail", "engine_version", "catalog_digest"):
        has, must = said.get(name), getattr(row, name)
        finding.require(has == must, f"{where}: {name} is {has!r}, kept is {must!r}")


def _passed(cursor: CursorRow | None, offset: int) -> bool:
    return cursor is not None and cursor.first_offset <= offset < cursor.next_offset


def _at(place: tuple[int, int]) -> str:
    return f"partition {place[0]} offset {place[1]}"
