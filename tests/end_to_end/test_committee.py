"""A case through everything: applied for, settled, signed twice, published, and an award in the
engine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from governance.cases import desk, opening, signing
from governance.cases.signing import AskedSignature
from governance.store import seats
from governance.store.cases import Case
from tests.end_to_end.committee_site import LODGE, PROGRAM, CommitteeSite
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.stream.published import published
from tests.support.given import record

SUBJECT = "imani"


@pytest.fixture
def site(deployment: Deployment) -> Iterator[CommitteeSite]:
    """A committee under the catalog of the lodge."""
    settings = {**deployment.settings, "CATALOG": str(LODGE)}
    there = CommitteeSite(replace(deployment, settings=settings))
    yield there
    there.close()


def training(site: CommitteeSite) -> bytes:
    """A course with all credits that `senior` asks for."""
    course = {"completion_id": "c-1", "course_id": "c-1", "kind": "clinic", "credits": 12}
    return _fact(site, "training.completed", course)


def review(site: CommitteeSite, seat: int) -> bytes:
    """What one of a panel found."""
    panel = {"panel_id": "p", "rubric": "practice", "rubric_version": 1, "seat": seat}
    rated = {"review_id": f"r-{seat}", "ratings": {"communication": 3}, "score": 3}
    return _fact(site, "review.submitted", {**panel, **rated})


def _fact(site: CommitteeSite, kind: str, data: dict[str, Any]) -> bytes:
    at = (site.now - timedelta(days=9)).isoformat()
    person = {"program_id": PROGRAM, "participant_id": SUBJECT}
    return record(f"mentoring.{kind}.v1", at, person | data)


def sign_all(site: CommitteeSite, case: Case) -> Case:
    """Let all who have a seat open the pack and sign that it is granted."""
    with site.committee.sitting() as sitting:
        members = [seat.member for seat in seats.of_case(sitting.tx, case.case_id)]
    for member in members:
        with site.committee.sitting() as sitting:
            opened = desk.open_pack(sitting, PROGRAM, case.case_id, member)
        with site.committee.sitting() as sitting:
            asked = AskedSignature(opened.pack.digest, "granted")
            case = signing.sign(sitting, PROGRAM, case.case_id, member, site.now, asked)
    return case


def decisions(site: CommitteeSite) -> list[Any]:
    """The decisions on the topic of committees."""
    events = [
        json.loads(each.value)
        for each in published(site.deployment.bootstrap, site.deployment.governance)
    ]
    return [each for each in events if each["type"] == "mentoring.decision.recorded.v1"]


def test_a_case_is_decided_published_and_an_award(site: CommitteeSite) -> None:
    deployment = site.deployment
    with deployment.working(), site.running() as process:
        deployment.publish(training(site), *(review(site, seat) for seat in (1, 2, 3)))
        deployment.drained()
        case = site.do(lambda sitting: opening.apply(sitting, PROGRAM, SUBJECT, "senior"))
        assert case.state == "settling"
        site.move(hours=73)
        wait_until(lambda: site.case(case.case_id).state == "on_desk")

        decided = sign_all(site, case)

        assert decided.state == "decided"
        wait_until(lambda: bool(deployment.export()))
        (award,) = deployment.export()
        assert (award["badge"], award["recipient_id"]) == ("senior", SUBJECT)
        (event,) = decisions(site)
        assert event["data"]["decision_id"] == decided.decision_id
        site.move(days=31)
        wait_until(lambda: site.case(case.case_id).state == "final")
        process.terminate()
        assert process.wait(30) == 0
