"""A history file: one structured CloudEvent a line, read in one pass and in bounded memory.

Lines end at LF; lines of only spaces, tabs and CR are skipped. A line is never held whole if it is
longer than anybody reads, and the file may be a pipe.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LONGEST = 1_000_000
"""Bytes of a line that is worth reading: what a broker accepts by default, less the envelope of a
batch."""

_BLANK = b" \t\r\n"
_BUFFER = 1 << 16


class UnreadableHistory(Exception):
    """The file cannot be read, or as a whole is of another form; the message names it."""


def lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The non-blank lines with their numbers from 1, without their LF. Of a line longer than
    LONGEST bytes only the first LONGEST + 1 are given.

    Raises:
        UnreadableHistory: it cannot be read, or is UTF-16, pretty-printed JSON or a JSON array.
    """
    try:
        with file.open("rb") as opened:
            form = other_form(opened.peek())
            if form is not None:
                raise UnreadableHistory(f"{file}: {form}")
            yield from _lines(opened)
    except OSError as error:
        raise UnreadableHistory(f"{file}: cannot be read: {error.strerror}") from None


def other_form(beginning: bytes) -> str | None:
    """What a file that begins like this is, and what to do about it; None for anything that may
    be lines of JSON, good or bad."""
    if _is_utf16(beginning):
        return "is UTF-16: write it as UTF-8, one event a line"
    text = beginning.decode("utf-8", errors="replace")
    first, second, *_ = [*text.lstrip().split("\n", 2), "", ""]
    if _goes_on(first.strip(), second.strip()):
        return "is JSON over several lines: write each event on a line of its own"
    if _is_array_of_objects(text.lstrip()):
        return "is one JSON array: write each event on a line of its own"
    return None


def _is_utf16(beginning: bytes) -> bool:
    # A single record in UTF-16 among others is a bad line, not a file in UTF-16: all must be so.
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    return len(beginning) >= 16 and max(even, odd) > 0.45 * len(beginning) > 10 * min(even, odd)


def _goes_on(first: str, second: str) -> bool:
    if first == "{":
        return second.startswith('"')
    return first == "[" and (second == "{" or (second.startswith("{") and second.endswith(",")))


def _is_array_of_objects(text: str) -> bool:
    if not text.startswith("[") or not text[1:].lstrip().startswith("{"):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return "\n" not in text  # it goes on; so far it is no line of its own
    return not text[end:].strip()


def _lines(opened: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := opened.readline(LONGEST + 1):
        number += 1
        blank = not line.strip(_BLANK)
        end = line
        while not end.endswith(b"\n") and (end := opened.readline(_BUFFER)):
            blank = blank and not end.strip(_BLANK)
        if not blank:
            yield number, line.removesuffix(b"\n")
