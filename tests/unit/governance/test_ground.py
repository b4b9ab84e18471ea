"""The ground of a case: the same facts give the same bytes, and later ones change nothing."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import loader
from engine.fact import Fact
from engine.queries.errors import UnknownStage
from events.instants import Instant, parse_instant
from governance.packs.ground import CaseQuestion, Ground, ground
from replay.build.preview import PreviewIntake
from tests.support import mentors
from tests.support.examples import examples
from tests.unit.governance.reviewed import ASKED, CLOSED, by, review, voice

GUILD = loader.parse(mentors.CATALOG)
LATEST = parse_instant("2027-01-01T00:00:00Z")
AS_OF = parse_instant("2025-12-02T22:00:00Z")


def told(records: list[bytes]) -> list[Fact]:
    intake = PreviewIntake(GUILD, LATEST)
    for record in records:
        intake.process(record)
    return [parsed.fact for parsed in intake.standing()]


def grounds(facts: list[Fact]) -> list[bytes]:
    questions = [
        CaseQuestion(GUILD, GUILD.policy, mentors.PROGRAM, who, stage, renewal)
        for who in mentors.MENTORS
        for stage in ("first", "second")
        for renewal in (False, True)
    ]
    return [ground(question, facts, AS_OF).canonical() for question in questions]


@examples(10)
@given(st.integers(0, 10_000))
def test_the_order_of_records_changes_no_byte(seed: int) -> None:
    records = mentors.history(seed)
    shuffled = Random(seed).sample(records, len(records))
    assert grounds(told(shuffled)) == grounds(told(records))


@examples(10)
@given(st.integers(0, 10_000))
def test_what_happened_later_changes_no_byte(seed: int) -> None:
    facts = told(mentors.history(seed))
    until = [fact for fact in facts if fact.time <= AS_OF]
    assert len(until) < len(facts)
    assert grounds(until) == grounds(facts)


def test_a_line_has_what_is_there_of_what_is_asked_and_the_facts_behind_it() -> None:
    score, voices = by([*map(review, "abc", (3, 2, 3)), voice("lee")]).lines
    assert (score.title, score.met, score.have, score.need) == ("score", True, "2.67", "2.5")
    assert (score.sample, score.sample_needed) == (3, 3)
    assert [(ref.type, ref.id) for ref in score.evidence] == [("panel", "p")]
    assert [(ref.type, ref.id) for ref in voices.evidence] == [
        ("mentoring.testimonial.given.v1", "lee")
    ]


def test_of_a_panel_of_two_there_are_no_means() -> None:
    (panel,) = by(map(review, "ab", (3, 2))).panels
    assert (panel.reviews, panel.score, panel.rows) == (("a", "b"), None, ())
    (panel,) = by(map(review, "abc", (3, 2, 4))).panels
    assert (panel.rubric, panel.score, panel.rows) == ("practice/1", "3", (("all", "3"),))


@pytest.mark.parametrize(
    ("facts", "all_met", "met_but_reviews"),
    [
        ([*map(review, "abc", (3, 2, 3)), voice("lee")], True, True),
        ([voice("lee")], False, True),
        ([*map(review, "abc", (3, 2, 3))], False, False),
    ],
)
def test_reviews_are_what_a_subject_can_only_wait_for(
    facts: list[Fact], all_met: bool, met_but_reviews: bool
) -> None:
    made = by(facts)
    assert (made.all_met, made.met_but_reviews) == (all_met, met_but_reviews)
    assert bool(made.open_lines) is not all_met


def test_any_difference_is_another_digest() -> None:
    reviews = [*map(review, "abc", (3, 2, 3))]
    made = [
        by(facts)
        for facts in (reviews, reviews[:2], [*reviews, voice("lee")], [review("d", 3), *reviews])
    ]
    assert len({one.digest for one in made}) == len(made)


def test_a_ground_is_read_again_from_its_bytes() -> None:
    made = by([*map(review, "abc", (3, 2, 3)), voice("lee")])
    assert Ground.read(made.canonical()) == made
    text = json.dumps(json.loads(made.canonical()), sort_keys=True, separators=(",", ":"))
    assert made.canonical() == text.encode()


def test_a_stage_that_the_policy_does_not_have_is_no_ground() -> None:
    other = replace(ASKED, stage="master")
    with pytest.raises(UnknownStage):
        ground(other, [], CLOSED)


def test_a_waiver_asks_for_no_line() -> None:
    waiver = replace(ASKED, stage=None)
    made = ground(waiver, [voice("lee")], Instant(CLOSED))
    assert (made.lines, made.all_met) == ((), True)
    assert [testimonial.id for testimonial in made.testimonials] == ["lee"]
