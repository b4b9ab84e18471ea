"""What a PostgreSQL client sends, cut into messages (without TLS)."""

import struct
from typing import NamedTuple

STARTUP = b"startup"
COPY_DATA = b"d"
_REST = b""

# Enough to see whole what is looked for; a longer message may come in pieces after that.
_HEAD = 32
_PROTOCOL = 3


class Piece(NamedTuple):
    """A message, or the beginning of one; `kind` is b"" for what follows of it."""

    kind: bytes
    data: bytes


class ClientMessages:
    """The messages of one connection from its first byte on. None is cut in its first 32 bytes."""

    def __init__(self) -> None:
        self._started = False
        self._missing = 0
        self._head = b""

    def feed(self, data: bytes) -> list[Piece]:
        """The pieces of what came in. A message's beginning is kept until enough of it is there:
        its sender is about to send the rest."""
        data, self._head = self._head + data, b""
        pieces: list[Piece] = []
        at = 0
        while at < len(data):
            kind, size = (_REST, self._missing) if self._missing else self._begin(data, at)
            here = len(data) - at
            if kind != _REST and here < (size if kind == STARTUP else min(size, _HEAD)):
                self._head = data[at:]
                break
            pieces.append(Piece(kind, data[at : at + size]))
            self._missing = max(0, size - here)
            at += size
            if kind == STARTUP and struct.unpack(">H", pieces[-1].data[4:6])[0] == _PROTOCOL:
                self._started = True
        return pieces

    def _begin(self, data: bytes, at: int) -> tuple[bytes, int]:
        """Kind and size of the message that begins here; the size of its head, if that is cut."""
        if not self._started:
            return STARTUP, struct.unpack_from(">I", data, at)[0] if len(data) - at >= 8 else 8
        kind = data[at : at + 1]
        return kind, 1 + struct.unpack_from(">I", data, at + 1)[0] if len(data) - at >= 5 else 5


def application_name(startup: bytes) -> str:
    """The application_name of a startup message; "" without one."""
    words = startup[8:].split(b"\0")
    parameters = dict(zip(words[::2], words[1::2], strict=False))
    return parameters.get(b"application_name", b"").decode()


def statement(piece: Piece) -> bytes:
    """The SQL that begins in a Query or Parse message; b"" for any other."""
    if piece.kind == b"Q":
        return piece.data[5:].rstrip(b"\0")
    if piece.kind == b"P":
        return piece.data[5:].partition(b"\0")[2].partition(b"\0")[0]
    return b""
