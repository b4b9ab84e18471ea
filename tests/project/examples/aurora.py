"""What the tests of Aurora Guild share: its lines, and what the rules give for some of them."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from engine.catalog.loader import find
from engine.projections.award import Award
from events.instants import Instant
from examples.recognition.make_history import HISTORY
from replay.build.preview import Preview, preview

FOLDER = HISTORY.parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
LINES = HISTORY.read_bytes().splitlines()
EVENTS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
CATALOG = find("recognition")
NOW = Instant("2026-09-01T00:00:00.000000Z")


def previewed(lines: Iterable[bytes] = LINES) -> Preview:
    """All that a preview gives."""
    return preview(lines, CATALOG, NOW)


def before(mark: Callable[[dict[str, Any]], bool]) -> list[bytes]:
    """The lines that arrived before the first event that the mark is true of."""
    return LINES[: next(number for number, event in enumerate(EVENTS) if mark(event))]


def held(result: Preview, person: str, badge: str) -> list[Award]:
    """Somebody's standing awards of a badge, by time."""
    awards = [a for a in result.awards if (a.recipient, a.badge) == (person, badge)]
    return sorted(awards, key=lambda award: award.time)
