"""Files that commands read and write."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.cli.console.exit_codes import Failed, Unusable

_BLANK = b" \t\r\n"

HistoryFile = Annotated[
    Path, typer.Argument(metavar="FILE.jsonl", help="One structured CloudEvent a line.")
]


def lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The non-blank lines of a file with their numbers from 1, without their LF.

    Raises:
        Unusable: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip(_BLANK):
                    yield number, line.removesuffix(b"\n")
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror}") from None


def write_lines(file: Path, rows: Iterable[object]) -> int:
    """Write one JSON object a line; gives how many.

    Raises:
        Failed: it cannot be written.
    """
    count = 0
    try:
        with file.open("wb") as opened:
            for row in rows:
                opened.write(msgspec.json.encode(row) + b"\n")
                count += 1
    except OSError as error:
        raise Failed(f"{file}: cannot be written: {error.strerror}") from None
    return count


def write_json(file: Path, value: object) -> None:
    """Write one JSON value. Raises Failed if it cannot be written."""
    write_lines(file, [value])
