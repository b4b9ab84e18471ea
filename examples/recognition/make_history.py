"""Writes the example history, and who its people are: the same bytes every time, on every machine.

    python -m examples.recognition.make_history [FILE]

Without FILE it writes history.jsonl and people.jsonl of this folder, the copies in the repository;
with it only the history.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from examples.recognition import decisions, growth, panels, people, turns
from examples.recognition.annals import Annals
from examples.recognition.cast import COMPANIONS, GUIDANCE
from examples.recognition.portfolios import Portfolios

HISTORY = Path(__file__).parent / "history.jsonl"
PEOPLE = Path(__file__).parent / "people.jsonl"
SEED = 2024


def lines() -> Iterator[bytes]:
    """The records of the two years in the order they arrived, without line ends."""
    annals = Annals()
    portfolios = Portfolios(annals, SEED)
    loops = Counter[str]()
    for loop in GUIDANCE:
        portfolios.guidance(loop, loops[loop.mentors[0]])
        loops[loop.mentors[0]] += 1
    for pair in COMPANIONS:
        portfolios.companionship(pair)
    growth.record(annals, SEED)
    growth.brought_in(annals)
    panels.record(annals)
    decisions.record(annals)
    turns.record(annals)
    return annals.lines()


def write(path: Path, records: Iterator[bytes]) -> int:
    """Write records to `path`, one a line; returns how many. Raises OSError."""
    known = list(records)
    path.write_bytes(b"".join(record + b"\n" for record in known))
    return len(known)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HISTORY
    print(f"{write(target, lines())} lines written to {target}")
    if len(sys.argv) == 1:
        print(f"{write(PEOPLE, people.lines())} lines written to {PEOPLE}")
