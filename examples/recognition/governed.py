"""The committee of `make demo-recognition`: what must be there before its commands are run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import governance.bootstrap
import governance.settings
from examples.recognition.cast import AURORA
from governance.cases import opening
from governance.committee import Committee
from governance.fairness import declaring
from governance.store import draws, people
from governance.store.people import Officer, Role
from web import new_keys
from web.database import migrating
from web.demo.fairness import DECLARED

NOW = "2026-10-05T09:00:00+00:00"
"""When the committee is asked: in the week after a quarter."""
WEEK = "2026-W41"
_APPLICANT = "priya"
"""She lacks nothing but reviews."""
_PARTS: dict[str, tuple[Role, ...]] = {
    "ada": ("member", "chair"),
    "vera": ("auditor",),
    **dict.fromkeys(
        (
            "dana",
            "erik",
            "imani",
            "jonas",
            "lena",
            "mateo",
            "noor",
            "ruth",
            "sofia",
            "tomas",
            "wei",
        ),
        ("reviewer",),
    ),
}


@contextmanager
def governed(database_url: str) -> Iterator[Committee]:
    """Schemas, keys, people and an application in the environment of commands, for the length of
    the block.

    Raises:
        DatabaseUnreachable, BrokerUnreachable
    """
    with TemporaryDirectory(prefix="badge-keys-") as folder:
        keys = dict(line.split("=", 1) for line in new_keys.make(Path(folder)))
        clock = Path(folder) / "now"
        clock.write_text(NOW)
        os.environ |= {
            new_keys.CASES_FILE: keys[new_keys.CASES_FILE],
            "BADGE_GOVERNANCE_DATABASE_URL": database_url,
            "BADGE_GOVERNANCE_READER_DATABASE_URL": database_url,
            "BADGE_GOVERNANCE_NOW_FILE": str(clock),
        }
        for _ in migrating.migrate():
            pass
        with governance.bootstrap.committee(governance.settings.load(), "demo") as committee:
            prepare(committee)
            yield committee


def draw_id(committee: Committee) -> str:
    """The id of the draw of the week.

    Raises:
        DatabaseUnreachable
    """
    with committee.sitting() as sitting:
        (held,) = draws.of_program(sitting.tx, AURORA, ("panels",))
    return held.draw_id


def prepare(committee: Committee) -> None:
    """Who governs, what mentors declare, and somebody who applies.

    Raises:
        DatabaseUnreachable
    """
    with committee.sitting() as sitting:
        for name, parts in _PARTS.items():
            officer = Officer(AURORA, name, frozenset(parts))
            people.write(sitting.tx, officer, "coordinator", sitting.now)
        for name, hours in DECLARED.items():
            declaring.declare(sitting, AURORA, name, {"commitment": hours})
    with committee.sitting() as sitting:
        opening.apply(sitting, AURORA, _APPLICANT, "proficient-mentor", "A year later, once more.")
