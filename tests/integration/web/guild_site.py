"""Aurora Guild on the people surface, in the middle of its third cohort: its dates are moved so
that day is today, what came later has not happened, and the loops of that cohort are open."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.catalog.loader import find
from engine.handlers.policy import IntakePolicy
from examples.recognition.make_history import HISTORY
from tests.integration.web.people_surface import PeopleSurface, surface
from tests.support.issuing import NOW
from tests.support.notes import MASTER

PROGRAM = "aurora"
TODAY = date(2025, 12, 8)
_DATED = re.compile(rb'("(?:time|as_of|due_on)": ?")([^"]*)(")')
_BY = timedelta(days=(NOW.date() - TODAY).days)


def _later(match: "re.Match[bytes]") -> bytes:
    text = match[2].decode()
    moment = datetime.fromisoformat(text) + _BY
    moved = moment.date().isoformat() if len(text) == 10 else moment.isoformat()
    return match[1] + moved.encode() + match[3]


def facts() -> list[bytes]:
    """The lines of the history until today."""
    moved = [_DATED.sub(_later, line) for line in HISTORY.read_bytes().splitlines()]
    return [line for line in moved if _time(line) <= NOW.isoformat()]


def _time(line: bytes) -> str:
    try:
        moment = datetime.fromisoformat(str(json.loads(line)["time"]))
    except ValueError:
        return "later"
    return moment.astimezone(NOW.tzinfo).isoformat()


def descriptions() -> Iterator[tuple[bytes, bytes]]:
    """Who is who; the loops of the third cohort are open."""
    for line in (HISTORY.parent / "people.jsonl").read_bytes().splitlines():
        event: dict[str, Any] = json.loads(line)
        kind, data = event["type"].split(".")[1], event["data"]
        name = data.get(f"{kind}_id", data["program_id"])
        if kind == "loop":
            data["state"] = "open" if name.startswith("autumn-25") else "closed"
        key = "\x1f".join((kind, data["program_id"], name)).encode()
        yield key, json.dumps(event).encode()


@contextmanager
def guild_site(url: str, folder: Path) -> Iterator[PeopleSurface]:
    """The guild on a database that has nothing in it yet but, perhaps, schemas."""
    with surface(url, folder, find("recognition")) as site:
        site.describe(*descriptions())
        terms = IntakePolicy(clock=lambda: NOW, notes_key=MASTER)
        site.harness.tell_by_topic(*facts(), terms=terms)
        yield site
