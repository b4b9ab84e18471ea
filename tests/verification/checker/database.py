"""Reading the engine's tables, all of one moment."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import psycopg
from joserfc.errors import JoseError
from psycopg import sql

from tests.support.sealed_texts import PRIVATE, open_sealed
from tests.verification.checker.address import libpq
from tests.verification.checker.tables import (
    AwardRow,
    CursorRow,
    CursorStep,
    DeadLetterRow,
    GenerationRow,
    Headers,
    LedgerRow,
    NoteRow,
    RestatementRow,
    StoredTables,
    SwitchRow,
)

_CURSORS = (
    "SELECT partition, lane, next_offset, first_offset, applied, duplicates, retractions, "
    "dead_letters, holes, lost, unmet_retractions, halted "
    "FROM cursors WHERE topic = %s ORDER BY partition"
)
_LEDGER = (
    'SELECT (l.fact & 1) = 1, l.lane, l."offset", l.content, m.kid, m.message FROM ledger l '
    'LEFT JOIN messages m USING (place, fact) ORDER BY l.lane, l."offset"'
)
_NOTE_KEYS = "SELECT kid, program, participant, wrapped FROM note_keys WHERE wrapped IS NOT NULL"
_KEYED = "SELECT program, participant FROM note_keys WHERE public IS NOT NULL"
_ERASED = (
    "SELECT details::json->>'program', details::json->>'participant' FROM audit_log "
    "WHERE action = 'person.erased'"
)
_AWARDS = "SELECT award_id::text, revision, standing, decided, silent FROM awards ORDER BY award_id"
_RESTATEMENTS = "SELECT award_id::text, awarded_at, evidence FROM restatements ORDER BY id"
_CATALOGS = "SELECT digest FROM catalogs"
_GENERATIONS = (
    "SELECT g.id, c.text, c.digest, g.every_program, "
    "array(SELECT p.program FROM generation_programs p WHERE p.generation = g.id), g.details "
    "FROM generations g JOIN catalogs c ON c.id = g.catalog ORDER BY g.id"
)
_SWITCHES = (
    "SELECT action, details FROM audit_log "
    "WHERE action IN ('cutover', 'rollback', 'release') ORDER BY id"
)
_DEAD_LETTERS = (
    'SELECT id, partition, "offset", key, value, headers, reason, detail, engine_version, '
    "catalog_digest, attempts, resolution "
    'FROM dead_letters WHERE topic = %s ORDER BY partition, "offset", id'
)
_EXPIRED = (
    "SELECT coalesce(sum(n.value::int), 0)::int FROM audit_log, "
    "json_each_text(details::json->'dead_letters') n WHERE action = 'expire'"
)
_UNPUBLISHED = "SELECT coalesce(sum(messages), 0)::int FROM outbox"
_STEPS = (
    "SELECT number, partition, before, after, accounted, lost, extract(epoch FROM at)::float8 "
    "FROM checker.cursor_log WHERE topic = %s ORDER BY number"
)
Connection = psycopg.Connection[tuple[Any, ...]]


def read_database(url: str, topic: str, private: str) -> StoredTables:
    """The tables as one snapshot has them. `private`: the words to search all text for; the bytes
    of dead letters are no text, so they are not searched wherever they stand."""
    with psycopg.connect(libpq(url)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL search_path = public")
        rows_read, rows_private = _searched(connection, private)
        return StoredTables(
            cursors=tuple(CursorRow(*row) for row in connection.execute(_CURSORS, [topic])),
            ledger=tuple(_ledger(connection)),
            awards=tuple(AwardRow(*row) for row in connection.execute(_AWARDS)),
            restatements=tuple(_restatement(row) for row in connection.execute(_RESTATEMENTS)),
            generations=tuple(_generation(row) for row in connection.execute(_GENERATIONS)),
            switches=tuple(_switch(*row) for row in connection.execute(_SWITCHES)),
            catalogs=frozenset(digest for (digest,) in connection.execute(_CATALOGS)),
            dead_letters=tuple(
                _dead_letter(row) for row in connection.execute(_DEAD_LETTERS, [topic])
            ),
            erased=frozenset(connection.execute(_ERASED)),
            keyed=frozenset(connection.execute(_KEYED)),
            expired=_number(connection, _EXPIRED),
            steps=_steps(connection, topic),
            unpublished=_number(connection, _UNPUBLISHED),
            rows_read=rows_read,
            rows_private=rows_private,
        )


def _ledger(connection: Connection) -> Iterator[LedgerRow]:
    keys: dict[str, tuple[tuple[str, str], Mapping[str, Any]]] = {}
    for kid, program, who, wrapped in connection.execute(_NOTE_KEYS):
        with suppress(JoseError, ValueError):  # then its notes do not open either
            keys[kid] = ((program, who), open_sealed(wrapped, PRIVATE))
    for retraction, lane, offset, content, kid, message in connection.execute(_LEDGER):
        note = None if message is None else _opened(message, keys.get(kid))
        yield LedgerRow(retraction, lane, offset, content, note)


def _opened(message: str, key: tuple[tuple[str, ...], Mapping[str, Any]] | None) -> NoteRow:
    if key is None:
        return NoteRow(message)
    reader, private = key
    try:
        found = open_sealed(message, private)
    except (JoseError, ValueError):
        return NoteRow(message, reader=reader)
    names = ("program_id", "loop_id", "kudos_id", "recipient_id")
    return NoteRow(message, found["note"], tuple(found[name] for name in names), reader)


def _restatement(row: tuple[Any, ...]) -> RestatementRow:
    award, awarded_at, evidence = row
    named = tuple((fact_type, name) for _, fact_type, name, *_ in msgspec.json.decode(evidence))
    return RestatementRow(award, awarded_at, named)


def _generation(row: tuple[Any, ...]) -> GenerationRow:
    number, text, digest, every_program, programs, packed = row
    details = msgspec.json.decode(packed)
    policy = details.get("approval", {}).get("policy", {})
    default = bool(details.get("default"))
    return GenerationRow(number, text, digest, every_program, frozenset(programs), default, policy)


def _switch(action: str, packed: str) -> SwitchRow:
    details = msgspec.json.decode(packed)
    brought_in = details.get("brought_in", {})
    return SwitchRow(
        action,
        details.get("generation", 0),
        details["time"],
        {int(lane): offset for lane, offset in details["cursors"].items()},
        tuple(details.get("to", ())),
        brought_in.get("facts", 0) + brought_in.get("retractions", 0),
        tuple(details.get("awards", ())),
        details.get("silent", False),
    )


def _dead_letter(row: tuple[Any, ...]) -> DeadLetterRow:
    number, partition, offset, key, value, packed, *rest = row
    headers = msgspec.msgpack.decode(packed, type=Headers)
    return DeadLetterRow(number, partition, offset, key, value, headers, *rest)


def _steps(connection: Connection, topic: str) -> tuple[CursorStep, ...] | None:
    (there,) = connection.execute("SELECT to_regclass('checker.cursor_log')").fetchone() or (None,)
    if there is None:
        return None
    return tuple(CursorStep(*row) for row in connection.execute(_STEPS, [topic]))


def _number(connection: Connection, query: str | sql.Composed) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row is not None else 0


def _searched(
    connection: Connection, private: str
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    tables = connection.execute(
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND (relkind = 'p' OR relkind = 'r' AND NOT relispartition) ORDER BY relname"
    ).fetchall()
    read: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    for (name,) in tables:
        table = sql.Identifier(name)
        read[name] = _number(connection, sql.SQL("SELECT count(*) FROM {}").format(table))
        rows = connection.execute(
            sql.SQL("SELECT t::text FROM {} t WHERE strpos(t::text, %s) > 0").format(table),
            [private],
        )
        if holding := tuple(row[0] for row in rows):
            found[name] = holding
    return read, found
