"""Descriptions written: later ones over earlier ones, and deleted where they are forgotten."""

import json
from collections.abc import Iterable
from typing import Any

from directory.intake.fold import DirectoryChanges, RecordAt
from directory.intake.records import DescriptionRecord, Subject
from engine.store.postgres.connection import Transaction
from events.schemas.directory.description import Kind

_TABLE: dict[Kind, tuple[str, str]] = {
    "program": ("programs", "t.program"),
    "participant": ("participants", "t.participant"),
    "loop": ("loops", "t.loop"),
}

# Offsets of one lane are in order; across lanes only Kafka's clock says what was before.
_FORGET = """
    DELETE FROM directory.{table} t
    USING jsonb_to_recordset(%s::jsonb)
        AS n(program text, id text, "offset" bigint, published_at timestamptz)
    WHERE t.program = n.program AND {id} = n.id AND CASE WHEN t.lane = %s
        THEN t."offset" < n."offset" ELSE t.published_at <= n.published_at END
"""
_FORGOTTEN = """
    UPDATE directory.erased e SET forgotten = true
    FROM jsonb_to_recordset(%s::jsonb) AS n(program text, id text)
    WHERE e.program = n.program AND e.participant = n.id AND NOT e.forgotten
"""

_POSITION = 'told_at timestamptz, lane integer, "offset" bigint, published_at timestamptz'
_LATER = '(excluded.told_at, excluded.lane, excluded."offset") > (t.told_at, t.lane, t."offset")'
_SET_POSITION = (
    'told_at = excluded.told_at, lane = excluded.lane, "offset" = excluded."offset", '
    "published_at = excluded.published_at"
)

_PROGRAMS = f"""
    INSERT INTO directory.programs AS t
        (program, described, told_at, lane, "offset", published_at)
    SELECT program, described, told_at, lane, "offset", published_at
    FROM jsonb_to_recordset(%s::jsonb) AS n(program text, described jsonb, {_POSITION})
    ON CONFLICT (program) DO UPDATE SET described = excluded.described, {_SET_POSITION}
    WHERE {_LATER}
"""
_PARTICIPANTS = f"""
    INSERT INTO directory.participants AS t
        (program, participant, display_name, given_name, email, avatar_url, locale, timezone,
         roles, active, told_at, lane, "offset", published_at)
    SELECT n.program, n.id, d.display_name, d.given_name, d.email, d.avatar_url, d.locale,
        d.timezone, coalesce(d.roles, '{{}}'), coalesce(d.active, true),
        n.told_at, n.lane, n."offset", n.published_at
    FROM jsonb_to_recordset(%s::jsonb) AS n(program text, id text, described jsonb, {_POSITION}),
        jsonb_to_record(n.described) AS d(display_name text, given_name text, email text,
            avatar_url text, locale text, timezone text, roles text[], active boolean)
    WHERE NOT EXISTS (SELECT FROM directory.erased e
        WHERE (e.program, e.participant) = (n.program, n.id) AND n.told_at <= e.erased_at)
    ON CONFLICT (program, participant) DO UPDATE SET display_name = excluded.display_name,
        given_name = excluded.given_name, email = excluded.email, avatar_url = excluded.avatar_url,
        locale = excluded.locale, timezone = excluded.timezone, roles = excluded.roles,
        active = excluded.active, {_SET_POSITION}
    WHERE {_LATER}
"""
_LOOPS = f"""
    INSERT INTO directory.loops AS t
        (program, loop, name, kind, state, told_at, lane, "offset", published_at)
    SELECT n.program, n.id, d.name, d.kind, d.state, n.told_at, n.lane, n."offset", n.published_at
    FROM jsonb_to_recordset(%s::jsonb) AS n(program text, id text, described jsonb, {_POSITION}),
        jsonb_to_record(n.described) AS d(name text, kind text, state text)
    ON CONFLICT (program, loop) DO UPDATE SET name = excluded.name, kind = excluded.kind,
        state = excluded.state, {_SET_POSITION}
    WHERE {_LATER}
    RETURNING program, loop
"""
_NO_MEMBERS = """
    DELETE FROM directory.members m
    USING jsonb_to_recordset(%s::jsonb) AS n(program text, id text)
    WHERE m.program = n.program AND m.loop = n.id
"""
_MEMBERS = """
    INSERT INTO directory.members (program, loop, participant, role)
    SELECT n.program, n.id, m.participant_id, m.role
    FROM jsonb_to_recordset(%s::jsonb) AS n(program text, id text, described jsonb),
        jsonb_to_recordset(n.described -> 'members') AS m(participant_id text, role text)
"""


def apply(tx: Transaction, lane: int, changes: DirectoryChanges) -> None:
    """Write what consecutive records of one lane amount to. Written twice in a row it is the same
    as once."""
    for kind, (table, column) in _TABLE.items():
        forgotten = [_row(*item) for item in changes.forgotten.items() if item[0].kind == kind]
        if forgotten:
            statement = _FORGET.format(table=table, id=column)
            tx.execute(statement, json.dumps(forgotten), lane)
            if kind == "participant":
                tx.execute(_FORGOTTEN, json.dumps(forgotten))
    rows = {kind: _described(changes, kind, lane) for kind in _TABLE}
    if rows["program"]:
        tx.execute(_PROGRAMS, json.dumps(rows["program"]))
    if rows["participant"]:
        tx.execute(_PARTICIPANTS, json.dumps(rows["participant"]))
    if rows["loop"]:
        _loops(tx, rows["loop"])


def _loops(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    won = set(tx.rows(_LOOPS, json.dumps(rows)))
    winners = json.dumps([row for row in rows if (row["program"], row["id"]) in won])
    tx.execute(_NO_MEMBERS, winners)
    tx.execute(_MEMBERS, winners)


def _described(changes: DirectoryChanges, kind: Kind, lane: int) -> list[dict[str, Any]]:
    items: Iterable[tuple[Subject, RecordAt]] = changes.described.items()
    rows = []
    for subject, at in items:
        if subject.kind == kind and isinstance(at.record, DescriptionRecord):
            described = {"told_at": at.record.time, "described": at.record.data.body()}
            rows.append(_row(subject, at) | {"lane": lane} | described)
    return rows


def _row(subject: Subject, at: RecordAt) -> dict[str, Any]:
    return {
        "program": subject.program,
        "id": subject.id,
        "offset": at.offset,
        "published_at": at.published.isoformat(),
    }
