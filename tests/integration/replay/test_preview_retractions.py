"""Rules 1, 7 and 8: facts told again, told otherwise, taken back."""

from random import Random

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from engine.intake.parse import ParsedFact, parse_record
from replay.build.preview import preview
from tests.support.examples import examples
from tests.support.given import (
    KUDOS,
    LATEST,
    MEETING,
    MENTORLOOP,
    MILESTONE,
    QUIZ,
    SURVEY,
    given,
    instant,
    kudos,
    meeting,
    milestone,
    quiz,
    record,
    reflection,
    retracted,
    survey,
)
from tests.support.histories import accepted, histories

PASSED = {"program_id": "p", "participant_id": "ann", "quiz_id": "q", "attempt_id": "a"}
FIVE = [meeting(f"m{n}", "ann", "ben", at=n) for n in range(1, 6)]


def test_a_fact_told_again_is_a_duplicate_and_changes_nothing() -> None:
    story = given(*FIVE).when(*FIVE[:3])
    assert story.counts == (5, 3, 0)
    assert story.awards == given(*FIVE).awards


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (meeting("m", "ann", "ben"), meeting("m", "ben", "ann")),
        (meeting("m", "ann"), meeting("m", "ann", mentor_ids=[])),
        (meeting("m", "ann", duration_minutes=30), meeting("m", "ann", duration_minutes=30.0)),
        (meeting("m", "ann"), meeting("m", "ann", unknown="field")),
        (meeting("m", "ann", at=1), meeting("m", "ann", at="2026-03-01T12:00:00.0+02:00")),
        (survey("s", "ben", "ann", 5), survey("s", "ben", "ann", 5.0)),
        (kudos("k", "ben", "ann", "trust", message="PRIVATE-1"), kudos("k", "ben", "ann", "trust")),
        (record(QUIZ, 1, PASSED, id="1", source="/a"), record(QUIZ, 1, PASSED, id="2")),
    ],
    ids=["ids-as-sets", "empty-mentors", "number", "unknown", "instant", "rating", "message",
         "event-id-and-source"],
)  # fmt: skip
def test_another_spelling_of_the_same_content_is_a_duplicate(first: bytes, again: bytes) -> None:
    assert given(first).when(again).counts == (1, 1, 0)
    assert given(again).when(first).counts == (1, 1, 0)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (meeting("m", "ann"), meeting("m", "ben")),
        (meeting("m", "ann"), meeting("m", "ann", mentor_ids=["ann"])),
        (meeting("m", "ann", at=1), meeting("m", "ann", at=2)),
        (meeting("m", "ann"), meeting("m", "ann", duration_minutes=0)),
        (survey("s", "ben", "ann", 5), survey("s", "ben", "ann", 4)),
        (survey("s", "ben", "ann"), survey("s", "ben", "ann", meeting_id="m")),
        (quiz("q", "ann"), quiz("q", "ann", score=0)),
        (quiz("q", "ann", loop_id="loop"), quiz("q", "ben", loop_id="loop")),
        (kudos("k", "ben", "ann", "trust"), kudos("k", "ben", "ann", "expertise")),
        (milestone("c", "ann", "matched"), milestone("c", "ann", "another")),
    ],
)
def test_other_content_under_a_key_is_a_conflict_and_the_first_stands(
    first: bytes, other: bytes
) -> None:
    story = given(first).when(other)
    assert story.refused == {"conflict": 1}
    assert story.awards == given(first).awards


@pytest.mark.parametrize(
    "other",
    [
        meeting("m", "ben", loop_id="there"),
        meeting("m", "ben", program_id="elsewhere"),
        milestone("m", "ben", "matched"),
        survey("m", "ben", "ann"),
        quiz("m", "loop"),
    ],
    ids=["loop", "program", "type", "another-type", "place-kind"],
)
def test_one_natural_key_in_two_places_or_types_is_two_facts(other: bytes) -> None:
    assert given(meeting("m", "ann")).when(other).counts == (2, 0, 0)


def test_a_loop_and_a_participant_of_one_name_are_two_places() -> None:
    told = quiz("q", "same", loop_id="same"), quiz("q", "same", score=1)
    assert given(*told).counts == (2, 0, 0)
    without = record(
        "mentoring.fact.retracted.v1",
        9,
        {"program_id": "program", "participant_id": "same", "fact_type": QUIZ, "fact_id": "q"},
    )
    story = given(*told).when(without)
    assert [item.loop for award in story.awards for item in award.evidence] == ["same"]


def test_a_retraction_takes_the_fact_out_and_the_award_with_it() -> None:
    story = given(*FIVE)
    assert story.held("ann") == {"momentum bronze"}
    story = story.when(retracted(MEETING, "m3"))
    assert story.held("ann") == story.held("ben") == set()
    assert story.counts == (5, 0, 1)


def test_where_other_facts_still_justify_the_award_they_are_its_proof() -> None:
    story = given(*FIVE, meeting("m6", "ann", at=6)).when(retracted(MEETING, "m1"))
    proof = story.award("ann", "momentum", "bronze")
    assert proof == (instant(6), ["m2", "m3", "m4", "m5", "m6"])


def test_losing_momentum_gold_loses_champion() -> None:
    story = given(
        *(meeting(f"m{n}", "ann") for n in range(15)),
        *(survey(f"s{n}", "ben", "ann") for n in range(9)),
        quiz("q", "ann"),
        reflection("r", "ann"),
    )
    assert {"mentorloop-champion", "momentum gold"} <= story.held("ann")
    story = story.when(retracted(MEETING, "m0"))
    assert not {"mentorloop-champion", "momentum gold"} & story.held("ann")
    assert "momentum silver" in story.held("ann")


def test_a_retraction_may_arrive_before_its_fact_which_then_counts_as_applied() -> None:
    told = survey("s", "ben", "ann", 5)
    story = given(retracted(SURVEY, "s")).when(told)
    assert story.counts == (1, 0, 1)
    assert story.preview.invitations == ()
    assert len(given(told).preview.invitations) == 1


def test_a_retraction_told_again_with_another_reason_and_time_is_a_duplicate() -> None:
    story = given(*FIVE, retracted(MEETING, "m1", reason="one"))
    assert story.when(retracted(MEETING, "m1", at=28, reason="two")).counts == (5, 1, 1)


def test_a_retraction_that_never_meets_its_fact_is_a_retraction() -> None:
    assert given(retracted(MEETING, "never")).counts == (0, 0, 1)


def test_a_retracted_key_stays_taken() -> None:
    story = given(meeting("m", "ann"), retracted(MEETING, "m"))
    assert story.when(meeting("m", "ann")).counts == (1, 1, 1)
    assert story.when(meeting("m", "ben")).refused == {"conflict": 1}


def test_a_correction_is_a_retraction_and_a_new_fact_under_a_new_key() -> None:
    wrong = given(kudos("k1", "ben", "ann", "trust"), retracted(KUDOS, "k1"))
    assert wrong.when(kudos("k2", "ben", "ann", "expertise")).held("ann") == {"expertise k2"}


def test_a_retraction_in_another_place_or_of_another_type_takes_nothing() -> None:
    for other in (
        retracted(MEETING, "m1", loop_id="there"),
        retracted(MEETING, "m1", program_id="elsewhere"),
        retracted(MILESTONE, "m1"),
    ):
        assert given(*FIVE).when(other).held("ann") == {"momentum bronze"}


def test_if_a_retraction_names_both_places_the_loop_counts() -> None:
    both = retracted(QUIZ, "q", participant_id="ann")
    in_loop, loopless = quiz("q", "ann", loop_id="loop"), quiz("q", "ann")
    assert given(in_loop, both).awards == ()
    assert len(given(loopless, both).awards) == 1


@examples(25)
@given_any(histories(120), st.data())
def test_a_retracted_fact_is_as_if_it_had_never_been(
    records: list[bytes], data: st.DataObject
) -> None:
    facts = accepted(records)
    chosen = data.draw(st.sets(st.integers(0, max(len(facts) - 1, 0)))) if facts else set()
    gone = {(facts[n].place, facts[n].type, facts[n].id) for n in chosen}
    mixed = list(records)
    random = Random(data.draw(st.integers()))
    for place, fact_type, name in sorted(gone, key=str):
        told = retracted(
            fact_type, name, program_id=place.program, loop_id=place.loop,
            participant_id=place.participant,
        )  # fmt: skip
        mixed.insert(random.randrange(len(mixed) + 1), told)
    without = [value for value in records if _key(value) not in gone]
    expected, found = (preview(told, MENTORLOOP, LATEST) for told in (without, mixed))
    assert found.awards == expected.awards
    assert found.invitations == expected.invitations


def _key(value: bytes) -> object:
    reading = parse_record(value)
    if not isinstance(reading, ParsedFact):
        return None
    return (reading.fact.place, reading.fact.type, reading.fact.id)
