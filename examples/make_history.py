"""Writes the example history, and who its people are: the same bytes every time, on every machine.

    python -m examples.make_history [FILE]

Without FILE it writes examples/half-year.jsonl and examples/people.jsonl, the copies in the
repository; with it only the history.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from examples import people, refused, stories
from examples.cast import LOOPS
from examples.chronicle import Chronicle
from examples.everyday import Everyday

HALF_YEAR = Path(__file__).parent / "half-year.jsonl"
PEOPLE = Path(__file__).parent / "people.jsonl"
SEED = 2026


def lines() -> Iterator[bytes]:
    """The records of the half-year in the order they arrived, without line ends."""
    chronicle = Chronicle()
    everyday = Everyday(chronicle, SEED)
    for loop in LOOPS:
        everyday.loop(loop)
    spoken_for = set(stories.PLANNED)
    for loop in LOOPS:
        everyday.quizzes(loop, spoken_for)
    stories.tell(chronicle, everyday)
    refused.tell(chronicle)
    return chronicle.records()


def write(path: Path) -> int:
    """Write the history to `path`; returns how many lines it has. Raises OSError."""
    return _write(path, list(lines()))


def write_people(path: Path) -> int:
    """Write the descriptions of its people to `path`; as `write`."""
    return _write(path, list(people.lines()))


def _write(path: Path, records: list[bytes]) -> int:
    path.write_bytes(b"".join(record + b"\n" for record in records))
    return len(records)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HALF_YEAR
    print(f"{write(target)} lines written to {target}")
    if len(sys.argv) == 1:
        print(f"{write_people(PEOPLE)} lines written to {PEOPLE}")
