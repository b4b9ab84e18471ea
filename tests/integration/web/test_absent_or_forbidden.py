"""Absent and forbidden are one answer: the same status, headers and bytes, but for `instance`.

Whether somebody, a loop, an award or a whole program exists cannot be learnt from an answer.
"""

import pytest

from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.privacy import Planted, plant
from tests.integration.web.walks import differing_refusals, refusals


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


@pytest.mark.parametrize("pages", [False, True], ids=["API", "pages"])
def test_absent_and_forbidden_are_the_same_bytes(planted: Planted, pages: bool) -> None:
    answers = refusals(planted, pages=pages)
    forbidden = [what for what in answers if what.startswith("forbidden")]
    assert 30 < len(forbidden) < len(answers) - 30
    assert {answer.status for answer in answers.values()} == {404}
    assert differing_refusals(planted, pages=pages) == []


def test_the_part_of_a_page_is_the_same_whether_absent_or_forbidden(planted: Planted) -> None:
    assert differing_refusals(planted, pages=True, **{"HX-Request": "true"}) == []


def test_a_problem_says_nothing_of_what_was_asked(planted: Planted) -> None:
    for answer in refusals(planted, pages=False).values():
        assert answer.header("content-type") == "application/problem+json"
        assert answer.json().keys() == {"type", "title", "status", "detail", "instance"}
