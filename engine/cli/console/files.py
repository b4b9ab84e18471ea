"""Files that commands read and write."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from engine.cli.console.exit_codes import Failed

HistoryFile = Annotated[
    Path, typer.Argument(metavar="FILE.jsonl", help="One structured CloudEvent a line.")
]


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
