"""The small program of stages with a mentor whose public page is on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
    surface,
)
from tests.integration.web.recognised import CATALOG, PROGRAM, assessed, decided, met, trained
from tests.support.asgi import WebAnswer
from tests.support.given import record, voice

P = f"/p/{PROGRAM}"
IMANI, COORDINATOR = participant(PROGRAM, "imani"), coordinator(PROGRAM)
LEARNERS = ("lee", "mio", "noa", "ola", "pia")
WORDS = "Asks until I see it myself"
TITLE, ADDRESS = "A portfolio about tides", "https://work.example/tides"


@contextmanager
def mentors_site(url: str, folder: Path) -> Iterator[PeopleSurface]:
    """imani holds a stage, has four learners with a gain of four each, three contributions, and a
    learner's testimonial."""
    with surface(url, folder, CATALOG) as there:
        there.describe(
            described_program(PROGRAM, name="The Guild"),
            described_person(
                PROGRAM, "imani", display_name="Imani Okonkwo", given_name="Imani", roles=["mentor"]
            ),
            *(
                described_person(
                    PROGRAM, name, display_name=f"{name.title()} Brandt", roles=["mentee"]
                )
                for name in LEARNERS
            ),
        )  # fmt: skip
        there.harness.tell(met("m-1", "imani"), trained("clinic", "imani", 6))
        for number, learner in enumerate(LEARNERS[:4]):
            guided(there, learner, number)
        there.harness.tell(
            *(
                record("mentoring.contribution.made.v1", 6, {
                    "program_id": PROGRAM, "contribution_id": f"c-{n}", "participant_id": "imani",
                    "kind": kind,
                })
                for n, kind in enumerate(("webinar", "webinar", "guide"))
            ),
            voice("t-1", "imani", "lee", at=8, program_id=PROGRAM, loop_id="loop",
                  narrative=WORDS),
        )  # fmt: skip
        there.govern(decided("d-1", "imani"))
        yield there


def guided(there: PeopleSurface, learner: str, number: int) -> None:
    """A learner of imani, whose portfolio gains four points."""
    there.harness.tell(
        assessed(f"b-{number}", "imani", learner, "baseline", 8),
        assessed(f"f-{number}", "imani", learner, "final", 12, at=9),
    )


def post(
    there: PeopleSurface,
    path: str,
    fields: Mapping[str, object],
    who: Role = IMANI,
    **claims: Any,
) -> WebAnswer:
    """Send a form of a page of the program."""
    headers = bearer(who, **claims) | {"Content-Type": "application/x-www-form-urlencoded"}
    return there.client.ask("POST", P + path, headers, urlencode(fields, doseq=True).encode())
