"""The privacy matrix, cell by cell: who asks, which address, which field.

Everybody asks every address about one person, and the answer has exactly the fields that
`web.policy.endpoints` says, of which the matrix allows each. What is never to be seen (a note, an
e-mail address) is looked for in every answer, and in what was logged.
"""

import json

import pytest
from structlog.testing import capture_logs

from tests.integration.web.people_surface import PeopleSurface, bearer
from tests.integration.web.privacy import (
    EMAIL,
    HELD,
    LOOP,
    NOTE,
    OTHER,
    PERSON,
    SELF_MATCH,
    ZONE,
    Planted,
    plant,
)
from tests.support.asgi import WebAnswer
from web.policy.endpoints import EVERY, Asker, Endpoint
from web.policy.matrix import FIELDS, VIEWERS, Field, Viewer

PROGRAMS = (SELF_MATCH, OTHER)
EVERYWHERE = pytest.mark.parametrize("endpoint", EVERY, ids=lambda it: f"{it.method} {it.path}")


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


def relations(viewer: Viewer, program: str) -> set[Viewer]:
    """In what relations somebody stands to the person in a program: a loop-mate of a self-match
    program is another participant of it too."""
    if program == SELF_MATCH and viewer in ("giver", "loop-mate"):
        return {viewer, "other, self-match"}
    return {viewer}


def expected(endpoint: Endpoint, viewer: Viewer, program: str) -> set[Field]:
    """The fields of the person that answers must have."""
    if endpoint.self_match_only and program == OTHER:
        return set()
    return {
        field
        for relation in relations(viewer, program)
        for field in endpoint.shows.get(relation, ())
    }


def ask(planted: Planted, endpoint: Endpoint, viewer: Viewer, path: str) -> WebAnswer:
    headers = bearer(*HELD[viewer], subject=viewer) if HELD[viewer] else {}
    body = b""
    if endpoint.method == "PUT":
        headers |= {"If-Match": "*", "Content-Type": "application/json"}
        zone = ZONE if viewer == "me" else None
        body = json.dumps({"timezone": zone, "appearance": "dark"}).encode()
    if endpoint.method == "POST":
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    return planted.surface.client.ask(endpoint.method, path, headers, body)


@EVERYWHERE
def test_answers_have_exactly_the_fields_that_the_matrix_allows(
    planted: Planted, endpoint: Endpoint
) -> None:
    wrong = []
    for viewer in VIEWERS:
        for program in PROGRAMS:
            shown: set[Field] = set()
            for path in planted.paths(endpoint, program):
                answer = ask(planted, endpoint, viewer, path)
                shown |= planted.shown(answer)
                assert NOTE not in answer.text
                assert EMAIL not in answer.text
            due = expected(endpoint, viewer, program)
            wrong += [
                f"{viewer} in {program}: {field} is {'' if field in shown else 'not '}shown"
                for field in FIELDS
                if (field in shown) != (field in due)
            ]
    assert wrong == []


_ASKS_AS: dict[Asker, set[Viewer]] = {
    "anybody signed in": {*VIEWERS} - {"public"},
    "participant": {"me", "giver", "loop-mate", "other, self-match", "other"},
    "coordinator": {"coordinator"},
    "member": {"me", "giver", "loop-mate", "other, self-match", "other", "coordinator"},
}
_ELSEWHERE: dict[str, Viewer] = {SELF_MATCH: "other", OTHER: "other, self-match"}


@EVERYWHERE
def test_nobody_is_answered_but_in_a_role_that_the_address_is_for(
    planted: Planted, endpoint: Endpoint
) -> None:
    for viewer in VIEWERS:
        for program in PROGRAMS:
            asks = viewer in _ASKS_AS[endpoint.asker]
            if "{program}" in endpoint.path and viewer == _ELSEWHERE[program]:
                asks = False
            for path in planted.paths(endpoint, program):
                status = ask(planted, endpoint, viewer, path).status
                if viewer == "public":
                    assert status == (401 if endpoint.is_api else 303)
                elif not asks:
                    assert status == 404, f"{viewer} {path}"
                elif endpoint.method == "POST":
                    assert status == 303
                elif viewer in endpoint.shows or not endpoint.shows:
                    assert status in (200, 404 if endpoint.self_match_only else 200), path


def test_nothing_that_is_logged_names_anybody(planted: Planted) -> None:
    with capture_logs() as logged:
        for endpoint in EVERY:
            for viewer in VIEWERS:
                for path in planted.paths(endpoint, SELF_MATCH):
                    ask(planted, endpoint, viewer, path)
    text = repr(logged)
    for secret in ("Xanthi", EMAIL, NOTE, PERSON, LOOP, "eyJ", *planted.awards[SELF_MATCH]):
        assert secret not in text
