"""Golden records: what was once a good event is one for every later version.

NAME.json is a record's value to the byte, NAME.headers.json its headers where the event is binary,
NAME.expected.json what it says. Add files; never change one.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

DIRECTORY = Path(__file__).parent / "corpus"


class Golden(NamedTuple):
    """One record and what it must be read as."""

    name: str
    value: bytes
    headers: list[tuple[str, bytes | None]]
    expected: dict[str, Any]

    @property
    def type(self) -> str:
        type: str = self.expected["envelope"]["type"]
        return type


def goldens() -> list[Golden]:
    """The whole corpus, by name."""
    return [_golden(path) for path in sorted(DIRECTORY.glob("*.expected.json"))]


def _golden(path: Path) -> Golden:
    name = path.name.removesuffix(".expected.json")
    headers = DIRECTORY / f"{name}.headers.json"
    return Golden(
        name,
        (DIRECTORY / f"{name}.json").read_bytes(),
        [
            (header, None if text is None else text.encode())
            for header, text in (json.loads(headers.read_text()) if headers.exists() else [])
        ],
        json.loads(path.read_text()),
    )
