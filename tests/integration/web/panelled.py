"""Panels of cases as a draw leaves them, with the reviewers that a test wants."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from governance.cases import moving, rules_in_force
from governance.panels import asking, closing
from governance.store import panels
from governance.store.panels import Panel
from tests.integration.web.governed import PlantedCommittee
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer
from tests.support.given import meeting, record

PROGRAM, SUBJECT, AUDITOR = "acme", "wenwen", "audi"
API, P = f"/v1/programs/{PROGRAM}", f"/p/{PROGRAM}"
WORDS = "Rounds of feedback, and Wenwen listens"
COORDINATOR = coordinator(PROGRAM)


class Reviewing(NamedTuple):
    """A case of the subject with an open panel. `asked`: the requests to the three reviewers."""

    surface: PeopleSurface
    committee: PlantedCommittee
    case_id: str
    panel_id: str
    asked: Mapping[str, str]

    def get(self, path: str, who: str) -> WebAnswer:
        return self.surface.get(path, participant(PROGRAM, who))

    def put(self, who: str, rating: int = 3, narrative: str = WORDS) -> WebAnswer:
        """Give a review over HTTP."""
        body = f'{{"ratings": {{"care": {rating}}}, "narrative": "{narrative}"}}'.encode()
        headers = bearer(participant(PROGRAM, who)) | {"Content-Type": "application/json"}
        path = f"{API}/reviews/{self.asked[who]}"
        return self.surface.client.ask("PUT", path, headers, body)

    def send(self, path: str, who: str, fields: Mapping[str, str]) -> WebAnswer:
        """Send a form."""
        role = COORDINATOR if who == "coordinator" else participant(PROGRAM, who)
        headers = bearer(role) | {"Content-Type": "application/x-www-form-urlencoded"}
        return self.surface.client.ask("POST", path, headers, urlencode(fields).encode())


def plant_panel(
    committee: PlantedCommittee,
    program: str,
    case_id: str,
    reviewers: Sequence[str],
    *,
    seats: int = 3,
    rubric: str = "practice",
) -> tuple[str, list[str]]:
    """A panel of a case, and requests to these people, all at one moment; gives both. The case is
    drawn, if it waits for that."""
    with committee.sitting(hours=1) as sitting:
        rules = rules_in_force.in_force(sitting, program)
        case = moving.locked(sitting, program, case_id)
        panel = Panel(str(uuid4()), case_id, program, rubric, 1, seats, 1, 2.0, sitting.now)
        panels.add(sitting.tx, panel)
        if case.state == "acknowledged":
            case = moving.move(sitting, rules, case, "drawn")
        asked = [
            asking.ask(sitting, rules, case, panel, reviewer, "other").request_id
            for reviewer in reviewers
        ]
        asking.note_requested(sitting, case, panel, len(asked), "drawn")
    return panel.panel_id, asked


def close_panel(committee: PlantedCommittee, program: str, panel_id: str) -> None:
    """The panel closes, with the reviews that were given."""
    with committee.sitting(hours=1) as sitting:
        rules = rules_in_force.in_force(sitting, program)
        panel = panels.of(sitting.tx, panel_id)
        assert panel is not None
        case = moving.locked(sitting, program, panel.case_id)
        closing.close(sitting, rules, case, panel)


def appoint(surface: PeopleSurface, reviewers: Sequence[str]) -> None:
    """A mentor, these reviewers, and an auditor, in a program that has adopted a policy."""
    place = {"program_id": PROGRAM, "loop_id": "a"}
    people = (SUBJECT, "lena", AUDITOR, *reviewers)
    surface.describe(
        described_program(PROGRAM),
        *(described_person(PROGRAM, who, display_name=f"{who.title()} Zhao") for who in people),
    )
    surface.harness.tell(
        meeting("m1", SUBJECT, "lena", at=1, mentor_ids=[SUBJECT], **place),
        record(
            "mentoring.deliverable.accepted.v1", 9,
            {**place, "deliverable_id": "d", "participant_id": SUBJECT, "learner_id": "lena",
             "cohort_id": "c", "kind": "exemplar", "accepted_by": "learner"},
        ),
    )  # fmt: skip
    committee = PlantedCommittee(surface)
    committee.appoint(PROGRAM, *reviewers, role="reviewer")
    committee.appoint(PROGRAM, AUDITOR, role="auditor")


def begin(surface: PeopleSurface, reviewers: Sequence[str]) -> Reviewing:
    """A new case of the mentor, whose panel waits for these reviewers; no other one is open."""
    with surface.harness.transaction() as tx:
        tx.execute("UPDATE governance.cases SET state = 'withdrawn'")
    committee = PlantedCommittee(surface)
    case_id = committee.acknowledged(PROGRAM, SUBJECT, "mentorloop-certified")
    panel_id, requests = plant_panel(committee, PROGRAM, case_id, reviewers)
    asked = dict(zip(reviewers, requests, strict=True))
    return Reviewing(surface, committee, case_id, panel_id, asked)
