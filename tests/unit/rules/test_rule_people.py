"""`who`: the people for whom a fact counts, and what is measured of the others among them."""

from collections.abc import Sequence

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from engine.catalog.loader import CatalogError
from engine.catalog.model import Catalog
from engine.projections import cold
from engine.queries import wording
from engine.rules.people import People
from tests.support.catalogs import badge_of, catalog_of
from tests.support.examples import examples
from tests.support.given import given, instant, meeting, retracted, survey
from tests.support.histories import accepted

MEETING = "mentoring.meeting.completed.v1"


def _met(who: str, aggregate: str = "count", criterion: str = "{at_least: {m: 1}}") -> Catalog:
    measure = f"m: {{event: {MEETING}, who: {who}, aggregate: {aggregate}}}"
    return catalog_of(measure, badge_of(criterion))


def _counted(who: str, record: bytes) -> Sequence[str]:
    (measure,) = _met(who).measures
    (fact,) = accepted([record])
    return sorted(measure.people(fact))


PAIR = meeting("m", "ann", "ben", "cy", mentor_ids=["ben"])
NO_MENTOR = meeting("m", "ann", "ben")


@pytest.mark.parametrize(
    ("who", "record", "people"),
    [
        ("attendee_ids", PAIR, ["ann", "ben", "cy"]),
        ("{any_of: [attendee_ids]}", PAIR, ["ann", "ben", "cy"]),
        ("{any_of: [attendee_ids], none_of: [mentor_ids]}", PAIR, ["ann", "cy"]),
        ("{any_of: [attendee_ids, mentor_ids]}", PAIR, ["ann", "ben", "cy"]),
        ("{any_of: [attendee_ids], none_of: [mentor_ids]}", NO_MENTOR, ["ann", "ben"]),
        ("{any_of: [mentor_ids]}", NO_MENTOR, []),
        ("{any_of: [attendee_ids], none_of: [attendee_ids]}", PAIR, []),
    ],
)
def test_it_is_the_union_without_the_others(who: str, record: bytes, people: list[str]) -> None:
    assert _counted(who, record) == people


def test_who_is_named_twice_counts_once() -> None:
    story = given(
        PAIR, catalog=_met("{any_of: [mentor_ids, attendee_ids]}", criterion="{at_least: {m: 2}}")
    )
    assert story.held("ben") == set()
    (measure,) = _met("{any_of: [mentor_ids, attendee_ids]}").measures
    (fact,) = accepted([PAIR])
    assert len(measure.people(fact)) == 3


def test_a_text_field_and_a_list_are_united() -> None:
    measure = (
        "m: {event: mentoring.survey.submitted.v1, who: {any_of: [about_ids, respondent_id]}, "
        "aggregate: count}"
    )
    story = given(
        survey("s", "ben", "ann"), catalog=catalog_of(measure, badge_of("{at_least: {m: 1}}"))
    )
    assert story.held("ann") == story.held("ben") == {"badge"}


@examples(25)
@drawn(st.sets(st.sampled_from("abcd"), min_size=1), st.sets(st.sampled_from("abcd")))
def test_for_any_fact_it_is_the_set_that_its_words_say(
    attendees: set[str], mentors: set[str]
) -> None:
    mentors &= attendees
    (fact,) = accepted([meeting("m", *sorted(attendees), mentor_ids=sorted(mentors))])
    mentees = People(("attendee_ids",), ("mentor_ids",)).of(fact)
    assert (set(mentees), len(mentees)) == (attendees - mentors, len(attendees - mentors))
    everybody = People(("attendee_ids", "mentor_ids")).of(fact)
    assert (set(everybody), len(everybody)) == (attendees, len(attendees))


def test_a_union_is_part_of_the_digest_in_one_form() -> None:
    plain = _met("attendee_ids")
    assert _met("{any_of: [attendee_ids]}").digest == plain.digest
    both = _met("{any_of: [attendee_ids, mentor_ids]}").digest
    assert _met("{any_of: [mentor_ids, attendee_ids, mentor_ids]}").digest == both != plain.digest
    mentees = _met("{any_of: [attendee_ids], none_of: [mentor_ids]}")
    assert mentees.digest not in (both, plain.digest)
    (measure,) = mentees.measures
    assert measure.who.words() == "attendee_ids without mentor_ids"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("meeting_id", "must be one of attendee_ids, mentor_ids"),
        ("[attendee_ids, mentor_ids]", "write `who: {any_of: [attendee_ids, mentor_ids]}`"),
        ("{none_of: [mentor_ids]}", "lacks `any_of`"),
        ("{any_of: []}", "at least one entry"),
        ("{any_of: attendee_ids}", "must be a list"),
        ("{any_of: [loop_id]}", "must be one of attendee_ids, mentor_ids"),
        ("{any_of: [attendee_ids], none_of: [loop_id]}", "must be one of attendee_ids"),
        ("{any_of: [attendee_ids], both: [mentor_ids]}", "has no `both`"),
    ],
)
def test_a_fault_of_it_is_named(who: str, words: str) -> None:
    with pytest.raises(CatalogError) as caught:
        _met(who)
    assert any(line == 4 and words in what for line, what in caught.value.faults), caught.value


OTHERS = "{distinct: {field: attendee_ids, others: true}}"


def test_ten_people_met_are_ten_without_oneself() -> None:
    catalog = _met("attendee_ids", OTHERS, "{at_least: {m: 2}}")
    story = given(meeting("m1", "ann", "ben", at=1), catalog=catalog)
    assert story.held("ann") == set()
    story = story.when(meeting("m2", "ann", "cy", at=2))
    assert story.award("ann", "badge") == (instant(2), ["m1", "m2"])
    assert story.held("cy") == set()


def test_a_fact_with_nobody_else_is_not_counted_and_no_evidence() -> None:
    catalog = _met("attendee_ids", OTHERS, "{at_least: {m: 2}}")
    story = given(
        meeting("m0", "ann", at=1),
        meeting("m1", "ann", "ben", at=2),
        meeting("m2", "ann", "cy", at=3),
        catalog=catalog,
    )
    assert story.award("ann", "badge").evidence == ["m1", "m2"]
    (measure,) = catalog.measures
    assert not measure.counts(accepted([meeting("m0", "ann")])[0])


def test_includes_all_of_others_knows_no_oneself() -> None:
    catalog = _met("attendee_ids", OTHERS, "{includes_all: {m: [ann, ben]}}")
    story = given(meeting("m1", "ann", "ben", "cy"), catalog=catalog)
    assert story.held("ann") == story.held("ben") == set()
    assert story.award("cy", "badge").evidence == ["m1"]


def test_a_meeting_taken_back_takes_the_person_met_with_it() -> None:
    catalog = _met("attendee_ids", OTHERS, "{at_least: {m: 2}}")
    story = given(meeting("m1", "ann", "ben"), meeting("m2", "ann", "cy"), catalog=catalog)
    assert story.held("ann") == {"badge"}
    assert story.when(retracted(MEETING, "m2")).held("ann") == set()


@examples(25)
@drawn(st.lists(st.sets(st.sampled_from("abcd"), min_size=1), max_size=6))
def test_the_others_are_all_people_met_but_oneself(meetings: list[set[str]]) -> None:
    records = [meeting(f"m{n}", *sorted(names)) for n, names in enumerate(meetings)]
    catalog = _met("attendee_ids", OTHERS)
    (state,) = cold.fold(catalog, accepted(records)).states.values() or [{}]
    for person in "abcd":
        met = {name for names in meetings if person in names for name in names} - {person}
        value = state.get(person, [frozenset()])[0]
        assert value == met


def test_others_are_part_of_the_digest_and_of_the_words() -> None:
    plain = _met("attendee_ids", "{distinct: attendee_ids}")
    assert _met("attendee_ids", "{distinct: {field: attendee_ids}}").digest == plain.digest
    explicit = "{distinct: {field: attendee_ids, others: false}}"
    assert _met("attendee_ids", explicit).digest == plain.digest
    others = _met("attendee_ids", OTHERS)
    assert others.digest != plain.digest
    assert wording.aggregate(others.measures[0]) == "distinct attendee_ids other than oneself"


@pytest.mark.parametrize(
    ("who", "aggregate", "words"),
    [
        ("mentor_ids", OTHERS, "write `who: attendee_ids`"),
        ("{any_of: [attendee_ids, mentor_ids]}", OTHERS, "write `who: attendee_ids`"),
        ("attendee_ids", "{distinct: {field: meeting_id, others: true}}", "a list of people"),
        ("attendee_ids", "{distinct: {field: attendee_ids, others: maybe}}", "true or false"),
        ("attendee_ids", "{distinct: {others: true}}", "lacks `field`"),
        ("attendee_ids", "{distinct: {field: nobody, others: true}}", "has no field `nobody`"),
        ("attendee_ids", "{distinct: {field: attendee_ids, self: true}}", "has no `self`"),
    ],
)
def test_a_fault_of_others_is_named(who: str, aggregate: str, words: str) -> None:
    with pytest.raises(CatalogError) as caught:
        _met(who, aggregate)
    assert any(line == 4 and words in what for line, what in caught.value.faults), caught.value


def test_a_repeatable_badge_over_facts_without_loops_belongs_to_their_participant() -> None:
    def repeated(event: str, who: str) -> Catalog:
        rule = f"{{event: {event}, who: {who}}}"
        return catalog_of("", f"each: {{name: E, description: E, repeatable: {rule}}}")

    quiz = "mentoring.quiz.passed.v1"
    assert repeated(quiz, "participant_id").repeatable
    assert repeated(quiz, "{any_of: [participant_id]}").repeatable
    assert repeated(MEETING, "{any_of: [attendee_ids], none_of: [mentor_ids]}").repeatable
    with pytest.raises(CatalogError, match="write `who: participant_id`"):
        repeated(quiz, "{any_of: [participant_id], none_of: [participant_id]}")
