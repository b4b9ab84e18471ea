"""Dead letters as a list: filtered, counted, and without the bytes they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec

from engine.intake import header_names
from engine.intake.refusal import REASONS, Reason
from engine.store.postgres.connection import Row, Transaction

_PORTION = 500  # headers are read whole, for their names, and may be large


@dataclass(frozen=True, slots=True)
class DeadLetterFilter:
    """Which entries: those that fit everything given. `since` and `until` are about when an entry
    was first seen: from the one, up to and not including the other."""

    reason: Reason | None = None
    topic: str | None = None
    partition: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    open_only: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry without key, value and headers' values; of the first two, the sizes in bytes.

    `kept_bytes`, `value_sha256`: how much is kept of a value that was cut, and the SHA-256 of it
    whole, in hexadecimal; None where it was not.
    """

    id: int
    topic: str
    partition: int
    offset: int
    reason: Reason
    detail: str
    first_seen: datetime
    attempts: int
    resolution: str | None
    note: str | None
    engine_version: str
    catalog_digest: str
    value_bytes: int | None
    key_bytes: int | None
    kept_bytes: int | None
    value_sha256: str | None
    header_names: tuple[str, ...]


class ReasonTally(NamedTuple):
    """How many entries there are of a reason, by what became of them, and of when they are."""

    open: int = 0
    redriven: int = 0
    discarded: int = 0
    oldest_open: datetime | None = None
    newest: datetime | None = None


class Spread(NamedTuple):
    """Refusals of one reason among the last ones of a partition, and the offsets they lie in."""

    reason: Reason
    number: int
    first: int
    last: int


_WHERE = (
    "WHERE (%s::text IS NULL OR reason = %s) AND (%s::text IS NULL OR topic = %s) "
    "AND (%s::int IS NULL OR partition = %s) AND (%s::timestamptz IS NULL OR first_seen >= %s) "
    "AND (%s::timestamptz IS NULL OR first_seen < %s) AND (NOT %s OR resolution IS NULL)"
)
_COLUMNS = (
    'SELECT id, topic, partition, "offset", reason, detail, first_seen, attempts, resolution, '
    "resolution_note, engine_version, catalog_digest, "
    "coalesce(value_size, octet_length(value)), octet_length(key), "
    "CASE WHEN value_size IS NOT NULL THEN octet_length(value) END, encode(value_sha256, 'hex'), "
    "headers FROM dead_letters "
)
_SELECT = f"{_COLUMNS}{_WHERE} ORDER BY id"


def matching(
    tx: Transaction, wanted: DeadLetterFilter, newest: int | None = None
) -> Iterator[Listed]:
    """Entries in the order they came; of many, only the newest so many."""
    statement, parameters = _SELECT, _parameters(wanted)
    if newest is not None:
        statement = f"SELECT * FROM ({_SELECT} DESC LIMIT %s) AS newest ORDER BY id"
        parameters.append(newest)
    rows = tx.stream(statement, *parameters, portion=_PORTION)
    return (_listed(row) for row in rows)


def page(tx: Transaction, wanted: DeadLetterFilter, before: int | None, limit: int) -> list[Listed]:
    """The newest so many entries, or those before an id, newest first."""
    rows = tx.rows(
        f"{_COLUMNS}{_WHERE} AND (%s::int8 IS NULL OR id < %s) ORDER BY id DESC LIMIT %s",
        *_parameters(wanted), before, before, limit,
    )  # fmt: skip
    return [_listed(row) for row in rows]


def one(tx: Transaction, number: int) -> Listed | None:
    """One entry."""
    row = tx.one(f"{_COLUMNS}WHERE id = %s", number)
    return _listed(row) if row is not None else None


def numbers(tx: Transaction, wanted: DeadLetterFilter, at_most: int | None = None) -> list[int]:
    """The ids of entries, in the order they came, or the first so many of them."""
    rows = tx.rows(
        f"SELECT id FROM dead_letters {_WHERE} ORDER BY id LIMIT %s", *_parameters(wanted), at_most
    )
    return [row[0] for row in rows]


def tallies(tx: Transaction, wanted: DeadLetterFilter) -> dict[Reason, ReasonTally]:
    """The tally of each reason there is, in the order of precedence."""
    rows = tx.rows(
        "SELECT reason, count(*) FILTER (WHERE resolution IS NULL), "
        "count(*) FILTER (WHERE resolution = 'redriven'), "
        "count(*) FILTER (WHERE resolution = 'discarded'), "
        "min(first_seen) FILTER (WHERE resolution IS NULL), max(first_seen) "
        f"FROM dead_letters {_WHERE} GROUP BY reason",
        *_parameters(wanted),
    )
    by_reason = {row[0]: ReasonTally(*row[1:]) for row in rows}
    return {reason: by_reason[reason] for reason in REASONS if reason in by_reason}


def latest(tx: Transaction, topic: str, partition: int, number: int) -> list[Spread]:
    """The last so many refusals of a partition, the commonest reason first."""
    rows = tx.rows(
        'SELECT reason, count(*) AS number, min("offset"), max("offset") FROM '
        '(SELECT reason, "offset" FROM dead_letters WHERE topic = %s AND partition = %s '
        "ORDER BY id DESC LIMIT %s) AS last GROUP BY reason ORDER BY number DESC, reason",
        topic, partition, number,
    )  # fmt: skip
    return [Spread(*row) for row in rows]


def _parameters(wanted: DeadLetterFilter) -> list[object]:
    given: tuple[object, ...] = (
        wanted.reason, wanted.topic, wanted.partition, wanted.since, wanted.until,
    )  # fmt: skip
    return [*(value for item in given for value in (item, item)), wanted.open_only]


def _listed(row: Row) -> Listed:
    *columns, headers = row
    kept = msgspec.msgpack.decode(headers, type=tuple[tuple[str, msgspec.Raw], ...])
    return Listed(*[*columns, tuple(header_names.shown(name for name, _ in kept))])


def holding(tx: Transaction, texts: Iterable[bytes]) -> Iterator[tuple[Reason, bytes]]:
    """Reason and value of the open entries in whose value one of these texts is found."""
    rows = tx.stream(
        "SELECT reason, value FROM dead_letters WHERE resolution IS NULL "
        "AND EXISTS (SELECT FROM unnest(%b::bytea[]) t (text) WHERE position(text IN value) > 0)",
        list(texts), portion=_PORTION,
    )  # fmt: skip
    return ((reason, value) for reason, value in rows)
