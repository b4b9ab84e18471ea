"""Anchors: pieces of work that raters rate to see whether they mean the same. What they are, and
what they were rated by consensus, is sealed under the key of the program's calibrations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import msgspec

from engine.store.postgres.connection import Row, Transaction
from governance.store.sealing import CaseKey, CaseKeys

_COLUMNS = "anchor_id::text, program, rubric, whose, kept_by, kept_at, retired_at, sealed"


class AnchorContent(msgspec.Struct, frozen=True):
    """What is sealed: a title, the text that is rated, and the rating of each row by consensus."""

    title: str
    text: str
    ratings: dict[str, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor of a rubric such as "practice/1". `whose`: the participant whose work it is; None:
    of nobody here. `content`: None once that person was erased. A retired one is not rated any
    more."""

    anchor_id: str
    program: str
    rubric: str
    whose: str | None
    kept_by: str
    kept_at: datetime
    retired_at: datetime | None = None
    content: AnchorContent | None = field(default=None, repr=False)


def key_of(tx: Transaction, keys: CaseKeys, program: str) -> CaseKey:
    """The key of what is sealed of a program's calibrations; the first time it is made.

    Raises:
        BadCaseKeys
    """
    stored = _key(tx, program)
    if stored is None:
        made = keys.new()
        tx.execute(
            "INSERT INTO governance.calibration_keys (program, wrapped_key, kid) "
            "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            program, made.wrapped, made.kid,
        )  # fmt: skip
        stored = _key(tx, program)
        assert stored is not None, "it was written just now, here or elsewhere"
    return keys.unwrapped(bytes(stored[0]), stored[1])


def _key(tx: Transaction, program: str) -> Row | None:
    return tx.one(
        "SELECT wrapped_key, kid FROM governance.calibration_keys WHERE program = %s", program
    )


def add(tx: Transaction, key: CaseKey, anchor: Anchor) -> None:
    """Keep an anchor, with its content sealed."""
    assert anchor.content is not None
    sealed = key.seal(msgspec.json.encode(anchor.content), _bound(anchor.anchor_id))
    tx.execute(
        "INSERT INTO governance.anchors (anchor_id, program, rubric, whose, kept_by, kept_at, "
        "sealed) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s)",
        anchor.anchor_id, anchor.program, anchor.rubric, anchor.whose, anchor.kept_by,
        anchor.kept_at, sealed,
    )  # fmt: skip


def retire(tx: Transaction, program: str, anchor_id: str, now: datetime) -> bool:
    """Let an anchor be rated no more; False: there is none, or it was retired before."""
    return bool(
        tx.execute(
            "UPDATE governance.anchors SET retired_at = %s WHERE program = %s "
            "AND anchor_id::text = %s AND retired_at IS NULL",
            now, program, anchor_id,
        )
    )  # fmt: skip


def of_program(tx: Transaction, key: CaseKey, program: str) -> list[Anchor]:
    """All anchors of a program, by rubric, earliest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.anchors WHERE program = %s "
        "ORDER BY rubric, kept_at, anchor_id",
        program,
    )
    return [_anchor(row, key) for row in rows]


def by_id(
    tx: Transaction, key: CaseKey, program: str, ids: Collection[str]
) -> Mapping[str, Anchor]:
    """Those of these ids that were not erased."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.anchors WHERE program = %s "
        "AND anchor_id = ANY (%s::uuid[]) AND sealed IS NOT NULL",
        program, [UUID(each) for each in ids],
    )  # fmt: skip
    return {anchor.anchor_id: anchor for anchor in (_anchor(row, key) for row in rows)}


def examples(tx: Transaction, keys: CaseKeys, program: str) -> list[Anchor]:
    """Anchors that may be shown with their ratings, by rubric, earliest first: they are retired, no
    open calibration has them, and they are nobody's work here. One statement.

    Raises:
        BadCaseKeys, SealBroken
    """
    rows = tx.rows(
        "SELECT a.anchor_id::text, a.program, a.rubric, a.whose, a.kept_by, a.kept_at, "
        "a.retired_at, a.sealed, k.wrapped_key, k.kid FROM governance.anchors a "
        "JOIN governance.calibration_keys k USING (program) WHERE a.program = %s "
        "AND a.retired_at IS NOT NULL AND a.sealed IS NOT NULL AND a.whose IS NULL "
        "AND NOT EXISTS (SELECT FROM governance.calibrations c WHERE c.program = a.program "
        "AND c.state = 'open' AND a.anchor_id::text = ANY (c.anchors::text[])) "
        "ORDER BY a.rubric, a.kept_at, a.anchor_id",
        program,
    )
    if not rows:
        return []
    *_, wrapped, kid = rows[0]
    key = keys.unwrapped(bytes(wrapped), kid)
    return [_anchor(row[:-2], key) for row in rows]


def usable(tx: Transaction, program: str) -> Mapping[str, int]:
    """By rubric, how many anchors a calibration may have."""
    rows = tx.rows(
        "SELECT rubric, count(*) FROM governance.anchors WHERE program = %s "
        "AND retired_at IS NULL AND sealed IS NOT NULL GROUP BY rubric",
        program,
    )
    return dict(rows)


def _anchor(row: Row, key: CaseKey) -> Anchor:
    *known, sealed = row
    anchor = Anchor(*known)
    if sealed is None:
        return anchor
    opened = key.open(bytes(sealed), _bound(anchor.anchor_id))
    return replace(anchor, content=msgspec.json.decode(opened, type=AnchorContent))


def _bound(anchor_id: str) -> str:
    return f"{anchor_id}/anchor"
