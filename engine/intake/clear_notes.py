"""Private notes in clear, inside the bytes of a record that was refused. Pure.

They are looked for by the name of their field, so they are also found in records that are cut, or
no JSON. Every other byte stays as it came.
"""

import json
import re

from events.schemas.registry import INPUT

HIDDEN = "(private note)"
"""What stands in place of a note where a record is shown."""

FIELDS = tuple(sorted({model.NOTE for model in INPUT.values() if model.NOTE is not None}))
"""The fields that may hold a note in clear."""

# A string up to its end, or to the end of what is kept of the record.
_MEMBER = re.compile(
    rf'("(?:{"|".join(FIELDS)})"[ \t\r\n]*:[ \t\r\n]*)"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'.encode(),
    re.DOTALL,
)


def without_notes(value: bytes) -> bytes:
    """The bytes with null for each note: read again, the record says the same without it."""
    return _replaced(value, None)


def with_notes_hidden(value: bytes) -> bytes:
    """The bytes to show to somebody who looks at the record."""
    return _replaced(value, HIDDEN)


def _replaced(value: bytes, by: str | None) -> bytes:
    text = json.dumps(by).encode()
    replaced = _MEMBER.sub(lambda found: found[1] + text, value)
    # What is left is written oddly: not as a string, or under an escaped name.
    try:
        record = json.loads(replaced)
    except (ValueError, RecursionError):
        return replaced
    if not isinstance(record, dict):
        return replaced
    odd = False
    for data in (record, record.get("data")):  # in binary mode, in structured mode
        for name in FIELDS:
            if isinstance(data, dict) and data.get(name) not in (None, by):
                data[name] = by
                odd = True
    return json.dumps(record).encode() if odd else replaced
