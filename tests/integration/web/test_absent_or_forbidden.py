"""Absent and forbidden are one answer: the same status, headers and bytes, but for `instance`.

Whether somebody, a loop, an award or a whole program exists cannot be learnt from an answer.
"""

import pytest

from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.privacy import Planted, plant
from tests.integration.web.walks import differing, refusals


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


@pytest.mark.parametrize("pages", [False, True], ids=["API", "pages"])
def test_absent_and_forbidden_are_the_same_bytes(planted: Planted, pages: bool) -> None:
    answers = list(refusals(planted, pages=pages))
    forbidden = [what for what, _ in answers if what.startswith("forbidden")]
    assert 30 < len(forbidden) < len(answers) - 30
    assert {answer.status for _, answer in answers} == {404}
    assert list(differing(answers)) == []
    if not pages:  # all are the same, so one says what the others do
        _, problem = answers[0]
        assert problem.header("content-type") == "application/problem+json"
        assert problem.json().keys() == {"type", "title", "status", "detail", "instance"}


def test_the_part_of_a_page_is_the_same_whether_absent_or_forbidden(planted: Planted) -> None:
    part = {"HX-Request": "true"}
    assert list(differing(refusals(planted, pages=True, **part))) == []
