"""What a PostgreSQL client sends is cut into messages wherever the network cuts it."""

import struct

import pytest

from tests.verification.faults.parts.client_messages import (
    ClientMessages,
    Piece,
    application_name,
    statement,
)

pytestmark = pytest.mark.verify


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack(">I", 4 + len(body)) + body


_SSL = struct.pack(">II", 8, 80877103)
_STARTUP = _message(b"", b"\0\3\0\0user\0ann\0application_name\0a worker\0\0")
_MESSAGES = [
    (b"startup", _SSL),
    (b"startup", _STARTUP),
    (b"Q", _message(b"Q", b"BEGIN\0")),
    (b"P", _message(b"P", b"\0SELECT 1\0\0\0")),
    (b"d", _message(b"d", bytes(100_000))),
    (b"c", _message(b"c", b"")),
    (b"Q", _message(b"Q", b"COMMIT\0")),
]
_ALL = b"".join(data for _, data in _MESSAGES)


@pytest.mark.parametrize("size", [1, 7, 33, 4096, len(_ALL)])
def test_the_same_messages_are_found_in_chunks_of_any_size(size: int) -> None:
    messages = ClientMessages()
    pieces: list[Piece] = []
    for at in range(0, len(_ALL), size):
        pieces += messages.feed(_ALL[at : at + size])

    assert b"".join(piece.data for piece in pieces) == _ALL
    assert [piece.kind for piece in pieces if piece.kind] == [kind for kind, _ in _MESSAGES]
    statements = [statement(piece) for piece in pieces]
    assert [sql for sql in statements if sql] == [b"BEGIN", b"SELECT 1", b"COMMIT"]


def test_a_word_inside_rows_is_no_statement() -> None:
    messages = ClientMessages()
    messages.feed(_STARTUP)
    (piece,) = messages.feed(_message(b"d", _message(b"Q", b"COMMIT\0")))
    assert statement(piece) == b""


def test_the_startup_message_says_who_it_is() -> None:
    assert application_name(_STARTUP) == "a worker"
    assert application_name(_message(b"", b"\0\3\0\0user\0ann\0\0")) == ""
