"""Absent and forbidden are one answer: the same status, headers and bytes, but for `instance`.

Whether somebody, a loop, an award or a whole program exists cannot be learnt from an answer.
"""

import re

import pytest

from tests.integration.web.people_surface import PeopleSurface, bearer
from tests.integration.web.privacy import HELD, OTHER, PERSON, Planted, plant
from tests.support.asgi import WebAnswer
from web.policy.endpoints import EVERY, Endpoint
from web.policy.matrix import Viewer

_INSTANCE = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
_NONE = "a8098c1a-f86e-11da-bd1a-00112444be1e"
_LONG = "x" * 300


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


def anonymous(answer: WebAnswer) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer without what may differ."""
    headers = [(name, value) for name, value in answer.headers if name != "date"]
    return answer.status, headers, _INSTANCE.sub(b"urn:uuid:", answer.body)


def not_found(planted: Planted, *, pages: bool, **headers: str) -> dict[str, WebAnswer]:
    """Every way not to find something, by what it is."""
    answers: dict[str, WebAnswer] = {}

    def ask(what: str, viewer: Viewer, endpoint: Endpoint, path: str) -> None:
        who = {**bearer(*HELD[viewer]), "If-Match": "*", **headers}
        if endpoint.method == "PUT":
            who["Content-Type"] = "application/json"
        answer = planted.surface.client.ask(endpoint.method, path, who, b"{}")
        if answer.status == 404:
            answers[f"{what}: {viewer}, {endpoint.method} {path}"] = answer

    for endpoint in EVERY:
        if endpoint.is_api == pages:
            continue
        for path in planted.paths(endpoint, OTHER):
            for viewer in HELD:
                if viewer != "public":
                    ask("forbidden or not theirs", viewer, endpoint, path)
        known = {
            "program": OTHER,
            "participant": PERSON,
            "loop": "loop-of-quill",
            "badge_name": "trust",
            "award_id": planted.awards[OTHER][0],
        }
        for name in re.findall(r"\{(\w+)\}", endpoint.path):
            for absent in ("nobody", _NONE, "%00", "%ff", "%2F..", _LONG, "%F0%9F%A6%84"):
                path = endpoint.path.format_map({**known, name: absent})
                for viewer in ("me", "coordinator"):
                    ask(f"no such {name}", viewer, endpoint, path)
    return answers


@pytest.mark.parametrize("pages", [False, True], ids=["API", "pages"])
def test_absent_and_forbidden_are_the_same_bytes(planted: Planted, pages: bool) -> None:
    answers = not_found(planted, pages=pages)
    assert len(answers) > 50
    forbidden = [what for what in answers if what.startswith("forbidden")]
    assert forbidden
    assert len(forbidden) < len(answers)
    first, *others = answers.items()
    differing = [what for what, one in others if anonymous(one) != anonymous(first[1])]
    assert differing == []


def test_the_part_of_a_page_is_the_same_whether_absent_or_forbidden(planted: Planted) -> None:
    answers = not_found(planted, pages=True, **{"HX-Request": "true"})
    assert len({anonymous(answer)[2] for answer in answers.values()}) == 1


def test_a_problem_says_nothing_of_what_was_asked(planted: Planted) -> None:
    for answer in not_found(planted, pages=False).values():
        assert answer.header("content-type") == "application/problem+json"
        assert answer.json().keys() == {"type", "title", "status", "detail", "instance"}
