"""What a draw of panels leaves behind for who verifies it: sealed inputs, and a digest of them.

Each panel has a piece of its own, under the key of its case and with a salt of its own; what is
left names nobody and is under the key of the draw. So a subject's erasure takes their piece, and
the digest of the others still holds.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from governance.rules.panels.problem import Place

_encode = msgspec.json.Encoder(order="sorted").encode


class PieceSeat(msgspec.Struct, frozen=True):
    """Somebody in a place of a panel."""

    place: Place
    reviewer: str


class DrawPieceDocument(msgspec.Struct, frozen=True):
    """What of a draw is about one panel. `candidates`: who could be drawn, whether they are
    outsiders, and their load before; `seats`: who was; `alternates`: who was second."""

    salt: str
    panel: str
    case: str
    seats_wanted: int
    outsiders: int
    alternates_wanted: int
    candidates: Mapping[str, tuple[bool, int]]
    seats: tuple[PieceSeat, ...]
    alternates: tuple[str, ...]

    def canonical(self) -> bytes:
        """Canonical JSON."""
        return _encode(self)

    @classmethod
    def read(cls, canonical: bytes) -> "DrawPieceDocument":
        """The piece with this canonical JSON."""
        return msgspec.json.decode(canonical, type=cls)


class DrawDocument(msgspec.Struct, frozen=True):
    """What is left. `cap`: how many reviews somebody has in a quarter at most;
    `cost_of_alternates`: what those cost together."""

    salt: str
    cap: int
    cost_of_alternates: int

    def canonical(self) -> bytes:
        """Canonical JSON."""
        return _encode(self)

    @classmethod
    def read(cls, canonical: bytes) -> "DrawDocument":
        """The rest with this canonical JSON."""
        return msgspec.json.decode(canonical, type=cls)


def digest(canonical: bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(canonical).hexdigest()


def inputs_digest(rest: str, pieces: Mapping[str, str]) -> str:
    """The digest that the log shows: of the digests of all pieces, by panel, and of the rest."""
    return digest(_encode({"rest": rest, "pieces": dict(pieces)}))


def bound_piece(draw_id: str, panel_id: str) -> str:
    """Where a sealed piece belongs."""
    return f"{draw_id} piece {panel_id}"


def bound_rest(draw_id: str) -> str:
    """Where what is left of a draw belongs."""
    return f"{draw_id} draw"
