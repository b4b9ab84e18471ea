"""Draws that were held: by which seed, from what, and under which key the private part is."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from engine.store.postgres.connection import Transaction

DrawKind = Literal["panels", "adjudicator", "reward", "bench", "pairing"]

KINDS: tuple[DrawKind, ...] = get_args(DrawKind)


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw, as its row has it; the migration explains the columns. `seed`, `inputs`: hex SHA-256.
    `sealed`: private inputs under the key of the draw; `document`: canonical JSON of a public one,
    inputs and result."""

    draw_id: str
    program: str
    kind: DrawKind
    about: str
    head: str
    beacons: tuple[str, ...]
    seed: str
    inputs: str
    held_at: datetime
    cost: int | None = None
    document: str | None = None
    sealed: bytes | None = field(default=None, repr=False)
    wrapped_key: bytes | None = field(default=None, repr=False)
    kid: str | None = None


@dataclass(frozen=True, slots=True)
class DrawPiece:
    """What of a draw names people: that of one panel, sealed under the key of its case. `digest`:
    hex SHA-256 of the piece; `sealed` is None once somebody whom it names was erased."""

    draw_id: str
    panel_id: str
    case_id: str
    digest: str
    sealed: bytes | None = field(repr=False)


_NAMES = [each.name for each in fields(Draw)]
_COLUMNS = ", ".join("draw_id::text" if name == "draw_id" else name for name in _NAMES)
_VALUES = ", ".join("%s::text::uuid" if name == "draw_id" else "%s" for name in _NAMES)


def add(tx: Transaction, draw: Draw) -> bool:
    """Keep a draw; False: one of this kind about this was held before."""
    values = [list(value) if isinstance(value, tuple) else value for value in astuple(draw)]
    return bool(
        tx.execute(
            f"INSERT INTO governance.draws ({', '.join(_NAMES)}) VALUES ({_VALUES}) "
            "ON CONFLICT (program, kind, about) DO NOTHING",
            *values,
        )
    )


def of(tx: Transaction, program: str, draw_id: str) -> Draw | None:
    """A draw of a program; a text that is no UUID is none."""
    try:
        known = str(UUID(draw_id))
    except ValueError:
        return None
    return _one(tx, "WHERE program = %s AND draw_id = %s::text::uuid", program, known)


def about(tx: Transaction, program: str, kind: DrawKind, what: str) -> Draw | None:
    """The draw of a kind about something, if it was held."""
    return _one(tx, "WHERE program = %s AND kind = %s AND about = %s", program, kind, what)


def of_program(
    tx: Transaction, program: str, kinds: Iterable[DrawKind], limit: int = 1000
) -> list[Draw]:
    """The latest draws of these kinds, latest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.draws WHERE program = %s AND kind = ANY (%s::text[]) "
        "ORDER BY held_at DESC, about DESC LIMIT %s",
        program, sorted(kinds), limit,
    )  # fmt: skip
    return [_draw(row) for row in rows]


def kids(tx: Transaction) -> list[str]:
    """The names of the keys that keys of draws are wrapped to."""
    rows = tx.rows(
        "SELECT DISTINCT kid FROM governance.draws WHERE wrapped_key IS NOT NULL ORDER BY kid"
    )
    return [kid for (kid,) in rows]


def add_piece(tx: Transaction, piece: DrawPiece) -> None:
    """Keep what of a draw names people."""
    tx.execute(
        "INSERT INTO governance.draw_pieces (draw_id, panel_id, case_id, digest, sealed) "
        "VALUES (%s::text::uuid, %s::text::uuid, %s::text::uuid, %s, %s)",
        *astuple(piece),
    )


def pieces(tx: Transaction, draw_id: str) -> list[DrawPiece]:
    """The pieces of a draw, by panel."""
    rows = tx.rows(
        "SELECT draw_id::text, panel_id::text, case_id::text, digest, sealed "
        "FROM governance.draw_pieces WHERE draw_id = %s::text::uuid ORDER BY panel_id::text",
        draw_id,
    )
    return [DrawPiece(*row) for row in rows]


def empty_piece(tx: Transaction, piece: DrawPiece) -> None:
    """Empty a piece, as somebody whom it names was erased; its digest stays."""
    tx.execute(
        "UPDATE governance.draw_pieces SET sealed = NULL "
        "WHERE draw_id = %s::text::uuid AND panel_id = %s::text::uuid",
        piece.draw_id, piece.panel_id,
    )  # fmt: skip


def _one(tx: Transaction, condition: str, *parameters: object) -> Draw | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM governance.draws {condition}", *parameters)
    return _draw(row) if row is not None else None


def _draw(row: tuple[object, ...]) -> Draw:
    values = dict(zip(_NAMES, row, strict=True))
    beacons = values.pop("beacons")
    assert isinstance(beacons, list)
    return Draw(**values, beacons=tuple(beacons))  # type: ignore[arg-type]
