"""Categories: any name; by default what is given is kudos, and all else an achievement."""

import pytest

from engine.catalog.model import Catalog
from tests.support.catalogs import badge_of, catalog_of
from tests.support.given import given, kudos, quiz

KUDOS, QUIZ = "mentoring.kudos.given.v1", "mentoring.quiz.passed.v1"
MEASURE = f"passed: {{event: {QUIZ}, who: participant_id, aggregate: count}}"


def _repeated(event: str, who: str, more: str = "") -> str:
    rule = f"{{event: {event}, who: {who}}}"
    return f"each: {{name: E, description: E, {more}repeatable: {rule}}}"


def _category(catalog: Catalog, name: str) -> str:
    return catalog.badge[name].category


def test_only_what_is_repeatable_over_kudos_is_kudos_by_default() -> None:
    assert _category(catalog_of("", _repeated(KUDOS, "recipient_id")), "each") == "kudos"
    assert _category(catalog_of("", _repeated(QUIZ, "participant_id")), "each") == "achievement"
    thanked = f"thanked: {{event: {KUDOS}, who: recipient_id, aggregate: count}}"
    assert _category(catalog_of(thanked, badge_of("{at_least: {thanked: 1}}")), "badge") == (
        "achievement"
    )


@pytest.mark.parametrize("name", ["trophy", "Ehrung für alle", "kudos", "achievement", "x" * 128])
def test_a_category_may_have_any_name_which_decides(name: str) -> None:
    badge = _repeated(QUIZ, "participant_id", f'category: "{name}", ')
    catalog = catalog_of("", badge)
    assert _category(catalog, "each") == name
    plain = catalog_of("", _repeated(QUIZ, "participant_id"))
    assert (catalog.digest == plain.digest) == (name == "achievement")


def test_a_kind_of_kudos_is_a_repeatable_badge_over_them_whatever_its_category() -> None:
    badges = _repeated(KUDOS, "recipient_id", "category: trophy, ")
    quizzes = _repeated(QUIZ, "participant_id", "category: kudos, ").replace("each:", "passed:")
    catalog = catalog_of("", f"{badges}\n{quizzes}")
    assert catalog.kinds(KUDOS) == ("each",)
    story = given(
        kudos("k", "ben", "ann", "each"),
        kudos("l", "ben", "ann", "passed"),
        quiz("q", "ann"),
        catalog=catalog,
    )
    assert story.refused == {"invalid": 1}
    by_badge = {award.badge: award for award in story.awards}
    assert (by_badge["each"].giver, by_badge["each"].loop) == ("ben", "loop")
    assert (by_badge["passed"].giver, by_badge["passed"].loop) == (None, None)
