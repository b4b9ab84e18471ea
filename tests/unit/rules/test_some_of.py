"""`some_of`: some of several criteria are enough, in whatever order they are met."""

import pytest

from engine.catalog.loader import CatalogError
from engine.catalog.model import Catalog
from engine.queries import wording
from tests.support.catalogs import catalog_of, text_of
from tests.support.given import given, instant, meeting, milestone, quiz, retracted

MEASURES = """
meetings: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
steps:
  event: mentoring.milestone.completed.v1
  who: participant_id
  aggregate: {distinct: milestone}
quizzes: {event: mentoring.quiz.passed.v1, who: participant_id, aggregate: count}
"""
MET, STEPPED, QUIZZED = (
    "{at_least: {meetings: 2}}",
    "{includes_all: {steps: [matched]}}",
    "{at_least: {quizzes: 1}}",
)
PARTS = ", ".join((MET, STEPPED, QUIZZED))


def _badges(number: object, parts: str = PARTS) -> str:
    return (
        "some: {name: S, description: S, criterion: "
        f"{{some_of: {{number: {number}, of: [{parts}]}}}}}}"
    )


def _some(number: object, parts: str = PARTS) -> Catalog:
    return catalog_of(MEASURES, _badges(number, parts))


M1, M2 = meeting("m1", "ann", at=1), meeting("m2", "ann", at=5)
STEP = milestone("s", "ann", "matched", at=3)
QUIZ = quiz("q", "ann", at=7, loop_id="loop")


def test_it_is_held_since_the_k_th_earliest_part_on_the_evidence_of_those_k() -> None:
    story = given(M1, M2, STEP, QUIZ, catalog=_some(2))
    assert story.award("ann", "some") == (instant(5), ["m1", "s", "m2"])
    assert given(M1, M2, STEP, QUIZ, catalog=_some(1)).award("ann", "some") == (instant(3), ["s"])
    three = given(M1, M2, STEP, QUIZ, catalog=_some(3)).award("ann", "some")
    assert three == (instant(7), ["m1", "s", "m2", "q"])


def test_fewer_parts_than_asked_for_are_not_enough() -> None:
    assert given(M1, STEP, catalog=_some(2)).held("ann") == set()
    assert given(M1, M2, STEP, catalog=_some(3)).held("ann") == set()


def test_of_parts_met_at_one_instant_the_earlier_in_the_catalog_ranks_first() -> None:
    step, passed = milestone("s", "ann", "matched", at=5), quiz("q", "ann", at=5, loop_id="loop")
    story = given(M1, M2, step, passed, catalog=_some(2))
    assert story.award("ann", "some") == (instant(5), ["m1", "m2", "s"])
    turned = ", ".join((QUIZZED, STEPPED, MET))
    story = given(M1, M2, step, passed, catalog=_some(2, turned))
    assert story.award("ann", "some").evidence == ["s", "q"]


def test_a_retraction_of_a_part_that_ranked_moves_the_date_to_the_next() -> None:
    gone = retracted("mentoring.milestone.completed.v1", "s")
    story = given(M1, M2, STEP, QUIZ, gone, catalog=_some(2))
    assert story.award("ann", "some") == (instant(7), ["m1", "m2", "q"])


def test_parts_may_be_badges_and_other_compositions() -> None:
    badges = """
first: {name: F, description: F, criterion: {at_least: {meetings: 1}}}
mixed:
  name: M
  description: M
  criterion:
    some_of:
      number: 2
      of:
        - holds: [first]
        - all_of: [{at_least: {quizzes: 1}}, {at_least: {steps: 1}}]
        - some_of: {number: 1, of: [{at_least: {meetings: 2}}]}
"""
    catalog = catalog_of(MEASURES, badges)
    assert given(M1, M2, catalog=catalog).award("ann", "mixed").at == instant(5)
    assert given(M1, STEP, QUIZ, catalog=catalog).award("ann", "mixed").at == instant(7)


def test_a_loop_badge_that_k_badges_of_the_program_can_meet_is_refused() -> None:
    program = "p: {name: P, description: P, scope: program, criterion: {at_least: {quizzes: 1}}}\n"
    also = program.replace("p:", "r:")
    with pytest.raises(CatalogError, match="alone are enough"):
        catalog_of(MEASURES, program + also + _badges(2, "{holds: [p]}, {holds: [r]}, " + PARTS))
    catalog_of(MEASURES, program + also + _badges(3, "{holds: [p]}, {holds: [r]}, " + PARTS))


def test_its_words_progress_and_digest() -> None:
    catalog = _some(2)
    (badge,) = catalog.badges
    (level,) = badge.levels
    assert level.criterion.words() == (
        "2 of (meetings at least 2, steps includes matched, quizzes at least 1)"
    )
    assert wording.plain(catalog, level.criterion) == (
        "2 of: meetings: 2; steps: matched; quizzes: 1"
    )
    assert _some(2.0).digest == catalog.digest != _some(3).digest
    assert len(level.criterion.parts) == 3


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ("{some_of: [{at_least: {meetings: 1}}]}", "write `some_of: {number: 2, of: […]}`"),
        ("{some_of: {of: [{at_least: {meetings: 1}}]}}", "lacks `number`"),
        ("{some_of: {number: 1}}", "lacks `of`"),
        ("{some_of: {number: 1, of: []}}", "at least one entry"),
        ("{some_of: {number: 0, of: [{at_least: {meetings: 1}}]}}", "from 1 to 1"),
        ("{some_of: {number: 2, of: [{at_least: {meetings: 1}}]}}", "from 1 to 1"),
        ("{some_of: {number: 1.5, of: [{at_least: {meetings: 1}}]}}", "whole number"),
        ("{some_of: {number: two, of: [{at_least: {meetings: 1}}]}}", "must be a number"),
        ("{some_of: {number: 1, of: [{at_most: {meetings: 1}}]}}", "no criterion is called"),
        ("{some_of: {number: 1, of: [{at_least: {meetings: 1}}], at: 3}}", "has no `at`"),
    ],
)
def test_a_fault_of_it_is_named(criterion: str, words: str) -> None:
    badge = f"some: {{name: S, description: S, criterion: {criterion}}}"
    with pytest.raises(CatalogError) as caught:
        catalog_of(MEASURES, badge)
    line = text_of(MEASURES, badge).splitlines().index(f"  {badge}") + 1
    assert any(at == line and words in what for at, what in caught.value.faults), caught.value
