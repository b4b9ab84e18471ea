"""Private notes are found in the bytes of refused records, however those are written or broken."""

import json

import pytest

from engine.intake.clear_notes import HIDDEN, with_notes_hidden, without_notes
from tests.support.given import kudos, meeting

NOTE = 'PRIVATE \\ "words" \n and ß 🎉'
KUDOS = kudos("k1", "ben", "ann", "trust", message=NOTE)


def test_without_its_note_a_record_says_the_same_and_is_else_byte_for_byte_as_it_came() -> None:
    cut = without_notes(KUDOS)
    assert cut == KUDOS.replace(json.dumps(NOTE).encode(), b"null")
    record = json.loads(KUDOS)
    assert json.loads(cut) == {**record, "data": {**record["data"], "message": None}}
    assert without_notes(cut) == cut


def test_hidden_for_showing_the_note_leaves_words_in_its_place() -> None:
    assert json.loads(with_notes_hidden(KUDOS))["data"]["message"] == HIDDEN


@pytest.mark.parametrize(
    "written",
    [
        KUDOS.replace(b'"message": ', b'"message"\n\t:'),
        KUDOS.replace(b'"message"', b'"m\\u0065ssage"'),
        kudos("k1", "ben", "ann", "trust", message=[NOTE]),
        kudos("k1", "ben", "ann", "trust", message={"text": NOTE}),
        KUDOS[:-20],
        KUDOS[: KUDOS.index(b"words")],
        KUDOS[: KUDOS.index(b'\\"words') + 1],
        b"{" + KUDOS,
        b"[" + KUDOS + b"," + KUDOS + b"]",
        KUDOS.replace(b'"data": {', b'"data": {"n": NaN, '),
        KUDOS.replace(b'"message"', b'"message": "PRIVATE first", "message"'),
        json.dumps(json.loads(KUDOS)["data"]).encode(),
        json.dumps(json.loads(KUDOS), ensure_ascii=False).encode(),
        KUDOS.replace(b"words", b"\xff\xfe words"),
    ],
)
def test_a_note_is_found_however_the_record_is_written_or_broken(written: bytes) -> None:
    assert b"PRIVATE" in written
    assert b"PRIVATE" not in without_notes(written)
    assert b"PRIVATE" not in with_notes_hidden(written)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"[1]",
        b'"message"',
        b'{"data": ["message"]}',
        meeting("m1", "ann", "ben", at=1),
        kudos("message", "ben", "ann", "trust", sealed_message="a.b.c.d.e"),
        b'{"data": {"text": "\\"message\\": \\"this\\""}}',
    ],
)
def test_a_record_without_a_note_is_as_it_came(record: bytes) -> None:
    assert without_notes(record) == record == with_notes_hidden(record)
