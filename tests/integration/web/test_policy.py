"""The policy of a program: its history, what differs, whom another number concerns, proposals."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from engine.catalog import loader
from engine.store import policies
from tests.integration.web.mentors_site import COORDINATOR, IMANI, P, mentors_site, post
from tests.integration.web.people_surface import PeopleSurface, Role, bearer, participant
from tests.integration.web.recognised import CATALOG, PROGRAM
from tests.support.asgi import WebAnswer
from tests.support.databases import new_database

API = f"/v1/programs/{PROGRAM}/policy"
CREDITS = "proficient-mentor/given/3.0"
GAIN = "proficient-mentor/given/1"
LEE = participant(PROGRAM, "lee")
RAISED = CATALOG.text.replace("portfolio_gain: {value: 3,", "portfolio_gain: {value: 5,")
REASON = "Gains were larger than we thought"


@pytest.fixture(scope="module")
def there(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    folder: Path = tmp_path_factory.mktemp("policy")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        mentors_site(url, folder) as made,
    ):
        with made.harness.transaction() as tx:
            policies.adopt(tx, loader.parse(RAISED), "cora", REASON)
        yield made


def send(there: PeopleSurface, path: str, body: dict[str, Any], who: Role, key: str) -> WebAnswer:
    headers = bearer(who) | {"Content-Type": "application/json", "Idempotency-Key": key}
    return there.client.ask("POST", API + path, headers, json.dumps(body).encode())


def test_everybody_of_the_program_reads_what_was_adopted_by_whom_and_why(
    there: PeopleSurface,
) -> None:
    shown = there.get(API, LEE).json()
    latest, first = shown["versions"]
    assert (latest["by"], latest["reason"], latest["in_force"]) == ("cora", REASON, True)
    assert (first["by"], first["in_force"], latest["before"]) == (None, False, first["digest"])
    assert shown["digest"] == latest["digest"]
    assert {line["line"] for line in shown["lines"]} >= {CREDITS, GAIN}
    page = there.get(f"{P}/policy", LEE)
    assert page.status == 200
    for text in ("cora", REASON, latest["digest"][:12], first["digest"][:12]):
        assert text in page.text


def test_what_differs_between_two_is_shown_in_words(there: PeopleSurface) -> None:
    latest, first = there.get(API, LEE).json()["versions"]
    query = f"?from={first['digest']}&to={latest['digest']}"
    (one,) = there.get(f"{API}/differences{query}", LEE).json()["items"]
    assert one == {
        "part": "stages", "where": ["proficient mentor", "given"],
        "before": "portfolio gain at least 3 over at least 2",
        "after": "portfolio gain at least 5 over at least 2",
    }  # fmt: skip
    assert "portfolio gain at least 5" in there.get(f"{P}/policy{query}", LEE).text
    other = f"?from={first['digest']}&to={'0' * 64}"
    assert there.get(f"{API}/differences{other}", LEE).status == 404
    assert there.get(f"{API}/differences?from=x&to=y", LEE).status == 422


def test_a_simulation_counts_for_those_who_govern_and_names_for_coordinators(
    there: PeopleSurface,
) -> None:
    query = f"?line={GAIN}&number=3&sample=2"
    shown = there.get(f"{API}/simulation{query}", COORDINATOR).json()
    assert (shown["ready"], shown["gained"], shown["who_gained"]) == (0, 0, [])
    assert there.get(f"{API}/simulation{query}", LEE).status == 404
    assert "would be ready" not in there.get(f"{P}/policy{query}", LEE).text
    page = there.get(f"{P}/policy{query}", COORDINATOR)
    assert "Nobody is concerned" in page.text
    for bad in ("?line=none&number=3", f"?line={GAIN}&number=3", f"?line={CREDITS}&number=-1"):
        assert there.get(f"{API}/simulation{bad}", COORDINATOR).status == 422
        assert there.get(f"{P}/policy{bad}", COORDINATOR).status == 200


def test_anybody_proposes_once_and_a_coordinator_answers_once(there: PeopleSurface) -> None:
    key, body = str(uuid4()), {"words": "Nine is plenty", "line": CREDITS, "number": 9}
    made = send(there, "/proposals", body, LEE, key)
    assert made.status == 201, made.text
    assert send(there, "/proposals", body, LEE, key).json() == made.json()
    assert send(there, "/proposals", body, LEE, "none").json()["type"].endswith("key-missing")
    assert send(there, "/proposals", {**body, "number": 0}, LEE, str(uuid4())).status == 422
    assert "Nine is plenty" in there.get(f"{P}/policy", IMANI).text
    answer = {"proposal_id": made.json()["proposal_id"], "answer": "accepted", "words": "Yes."}
    assert send(there, "/answers", answer, LEE, key).status == 404
    assert send(there, "/answers", answer, COORDINATOR, key).json()["answer"] == "accepted"
    assert send(there, "/answers", answer, COORDINATOR, key).status == 409
    assert send(there, "/answers", {**answer, "proposal_id": "x"}, COORDINATOR, key).status == 404


def test_a_form_proposes_and_answers(there: PeopleSurface) -> None:
    empty = post(there, "/policy/proposals", {"words": "", "line": GAIN, "number": "2,5"})
    assert (empty.status, 'value="2,5"' in empty.text) == (422, True)
    fields = {"words": "Ask the learners too", "key": str(uuid4())}
    for _ in range(2):
        assert post(there, "/policy/proposals", fields).status == 303
    page = there.get(f"{P}/policy", COORDINATOR).text
    assert page.count("Ask the learners too") == 1
    answer = {"proposal_id": fields["key"], "answer": "declined", "words": "Next year."}
    assert post(there, "/policy/answers", answer, IMANI).status == 404
    assert post(there, "/policy/answers", answer, COORDINATOR).status == 303
    assert post(there, "/policy/answers", answer, COORDINATOR).status == 409
    assert "Next year." in there.get(f"{P}/policy", LEE).text
