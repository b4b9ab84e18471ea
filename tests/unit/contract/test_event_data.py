"""Every sentence of the contract about the data of an event, valid or not."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.schemas.model import EventData, InLoop
from events.schemas.registry import FACT_TYPES, INPUT, OUTPUT, RETRACTION, InvalidData, read_data
from tests.unit.contract.samples import (
    ASSESSED,
    CHECKPOINT,
    CONTRIBUTION,
    DATA,
    DECISION,
    DELIVERABLE,
    KUDOS,
    MEETING,
    MILESTONE,
    QUIZ,
    REVIEW,
    REWARD,
    STEWARDSHIP,
    SURVEY,
    TESTIMONIAL,
    TRAINING,
    data,
)
from tests.unit.contract.samples import RETRACTION as RETRACTED

_NAMES = {"milestone", "rubric", "context", "case", "appeal_of", "reward", "cycle"}
NAME_FIELDS = [
    (type, field)
    for type, sample in DATA.items()
    for field in sample
    if field.endswith("_id") or field in _NAMES or (field == "kind" and type in (MEETING, KUDOS))
]
OPTIONAL_FIELDS = [
    (MEETING, "mentor_ids"),
    (MEETING, "duration_minutes"),
    (MEETING, "kind"),
    (SURVEY, "respondent_role"),
    (QUIZ, "loop_id"),
    (QUIZ, "score"),
    (KUDOS, "message"),
    (MILESTONE, "loop_id"),
    (ASSESSED, "context"),
    (ASSESSED, "project_id"),
    (CHECKPOINT, "milestone"),
    (DELIVERABLE, "project_id"),
    (TESTIMONIAL, "loop_id"),
    (TESTIMONIAL, "cohort_id"),
    (TESTIMONIAL, "score"),
    (TESTIMONIAL, "narrative"),
    (CONTRIBUTION, "reach"),
    (STEWARDSHIP, "about_id"),
    (DECISION, "recused_ids"),
    (DECISION, "appeal_of"),
    (RETRACTED, "participant_id"),
    (RETRACTED, "reason"),
]
REQUIRED_FIELDS = [
    (type, field)
    for type, sample in DATA.items()
    for field in sample
    if (type, field) not in [*OPTIONAL_FIELDS, (RETRACTED, "loop_id")]
]
ID_LISTS = [
    (type, field) for type, sample in DATA.items() for field in sample if field[-4:] == "_ids"
]
OF_PEOPLE = {REVIEW, CONTRIBUTION, STEWARDSHIP, TRAINING, DECISION, REWARD}
WRONG_NAMES: list[Any] = [
    "",
    "x" * 129,
    "a\n",
    "\x00",
    "\x7f",
    "\x85",
    5,
    5.0,
    True,
    [],
    {},
    "\ud800",
]


def good(type: str, **changes: Any) -> EventData:
    return read_data(type, data(type, **changes))


def faults(type: str, **changes: Any) -> str:
    with pytest.raises(InvalidData) as refusal:
        read_data(type, data(type, **changes))
    return str(refusal.value)


@pytest.mark.parametrize("type", DATA)
def test_a_good_event_is_read(type: str) -> None:
    assert isinstance(good(type), INPUT[type])


def test_the_registry_knows_the_contracts_types_by_their_names() -> None:
    assert list(INPUT) == [*FACT_TYPES, RETRACTION] == list(DATA)
    assert list(OUTPUT) == [
        "mentoring.badge.awarded.v1",
        "mentoring.badge.revoked.v1",
        "mentoring.kudos.invited.v1",
    ]
    for type, model in {**INPUT, **OUTPUT}.items():
        subject, verb = type.split(".")[1:3]
        assert model.__name__ == subject.title() + verb.title()
        assert model.__module__ == f"events.schemas.{subject}_{verb}"


@pytest.mark.parametrize(("type", "field"), REQUIRED_FIELDS)
@pytest.mark.parametrize("absent", [..., None])
def test_a_required_field_that_is_missing_or_null_is_invalid(
    type: str, field: str, absent: object
) -> None:
    assert f"{field} " in faults(type, **{field: absent})


@pytest.mark.parametrize(("type", "field"), OPTIONAL_FIELDS)
def test_an_optional_field_that_is_null_counts_as_absent(type: str, field: str) -> None:
    assert good(type, **{field: None}) == good(type, **{field: ...})
    assert field not in good(type, **{field: None}).content()


@pytest.mark.parametrize("type", DATA)
def test_unknown_data_fields_are_ignored(type: str) -> None:
    assert good(type, unknown=[{"x": None}], TYPE="x", message_id=5) == good(type)


@pytest.mark.parametrize(("type", "field"), NAME_FIELDS)
@pytest.mark.parametrize("name", WRONG_NAMES)
def test_a_wrong_id_or_name_is_invalid(type: str, field: str, name: object) -> None:
    assert faults(type, **{field: name}).startswith(f"{field} must")


@pytest.mark.parametrize(("type", "field"), NAME_FIELDS)
@pytest.mark.parametrize("name", [" a ", "😀" * 128, "e\u0301", "\u2028", "/", "\xa0"])
def test_ids_and_names_are_kept_as_they_are(type: str, field: str, name: str) -> None:
    assert getattr(good(type, **{field: name}), field) == name


@given(st.text(max_size=200) | st.text("a\x00\x1f\x20\x7e\x7f\x9f\xa0\n", max_size=4))
def test_a_name_is_1_to_128_code_points_none_of_them_a_control_character(name: str) -> None:
    is_name = 1 <= len(name) <= 128 and all(unicodedata.category(c) != "Cc" for c in name)
    if is_name:
        assert good(MILESTONE, milestone=name).content()["milestone"] == name
    else:
        assert "milestone must" in faults(MILESTONE, milestone=name)


@pytest.mark.parametrize(("type", "field"), ID_LISTS)
@pytest.mark.parametrize(
    "ids", ["p-1", 5, True, {}, {"p-1": 1}, [5], [None], [""], ["p-1", ["p-2"]]]
)
def test_a_wrong_id_list_is_invalid(type: str, field: str, ids: object) -> None:
    assert f"{field} " in faults(type, **{field: ids})


@pytest.mark.parametrize(("type", "field"), ID_LISTS)
def test_an_id_list_names_nobody_twice(type: str, field: str) -> None:
    assert f"{field} must not name anyone twice" in faults(type, **{field: ["p-2", "p-3", "p-2"]})


@pytest.mark.parametrize(("type", "field"), [(MEETING, "attendee_ids"), (SURVEY, "about_ids")])
def test_an_id_list_has_1_to_200_ids(type: str, field: str) -> None:
    ids = ["p-2", *(f"q-{n}" for n in range(199))]
    assert len(getattr(good(type, **{field: ids}), field)) == 200
    assert f"{field} must have at most 200" in faults(type, **{field: [*ids, "q-200"]})
    assert f"{field} must not be empty" in faults(type, **{field: []})


def test_mentors_are_attendees() -> None:
    assert "mentor_ids must all be attendees" in faults(MEETING, mentor_ids=["p-1", "p-3"])
    assert good(MEETING, mentor_ids=["p-2", "p-1"]).content()["mentor_ids"] == ["p-1", "p-2"]


def test_no_mentors_is_the_same_as_mentors_absent() -> None:
    assert good(MEETING, mentor_ids=[]) == good(MEETING, mentor_ids=...)


@pytest.mark.parametrize("minutes", [0, -0.0, 0.1, 45, 1e300])
def test_a_duration_is_any_number_from_0(minutes: float) -> None:
    assert good(MEETING, duration_minutes=minutes).content()["duration_minutes"] == minutes


@pytest.mark.parametrize(
    "minutes", [-1e-9, -1, "45", True, False, [], {}, float("inf"), float("nan")]
)
def test_another_duration_is_invalid(minutes: object) -> None:
    assert "duration_minutes must" in faults(MEETING, duration_minutes=minutes)


@pytest.mark.parametrize("score", [0, 0.0, -0.0, 5e-324, 0.5, 1, 1.0])
def test_a_score_is_a_number_from_0_to_1(score: float) -> None:
    assert good(QUIZ, score=score).content()["score"] == score


@pytest.mark.parametrize("score", [-0.1, 1.0000000000000002, 2, "1", True, float("inf"), [0.5]])
def test_another_score_is_invalid(score: object) -> None:
    assert "score must" in faults(QUIZ, score=score)


@pytest.mark.parametrize("rating", [1, 2.0, 3, 4.0, 5, 5.0])
def test_a_rating_is_an_integer_by_value(rating: float) -> None:
    kept = good(SURVEY, rating=rating).content()["rating"]
    assert kept == rating
    assert type(kept) is int


@given(
    st.floats()
    | st.floats(0, 6)
    | st.integers()
    | st.booleans()
    | st.text()
    | st.sampled_from([4.000000001, 4.9999999999, 5.000000000000001, "5", 1e300, -1e300, 0, 6])
)
def test_any_other_rating_is_invalid(rating: object) -> None:
    is_rating = type(rating) in (int, float) and rating in (1, 2, 3, 4, 5)
    if is_rating:
        assert good(SURVEY, rating=rating).content()["rating"] == rating
    else:
        assert "rating " in faults(SURVEY, rating=rating)


def test_a_survey_is_mqs_or_post_meeting() -> None:
    assert good(SURVEY, survey="mqs").content()["survey"] == "mqs"
    wrong: list[Any] = ["MQS", "", "post-meeting", 1, ["mqs"], {}]
    for survey in wrong:
        assert "survey must be one of" in faults(SURVEY, survey=survey)


@pytest.mark.parametrize("absent", [..., None])
def test_only_a_post_meeting_survey_must_name_its_meeting(absent: object) -> None:
    assert "meeting_id is required" in faults(SURVEY, meeting_id=absent)
    assert "meeting_id" not in good(SURVEY, survey="mqs", meeting_id=absent).content()


def test_a_survey_is_not_about_its_respondent() -> None:
    assert "about_ids must not name the respondent" in faults(SURVEY, about_ids=["p-2", "p-1"])


def test_kudos_to_oneself_are_refused() -> None:
    assert "recipient_id must not be the giver" in faults(KUDOS, recipient_id="p-1")


@pytest.mark.parametrize("message", ["x", "\t\n\r", "😀" * 2000, "\u2028\xa0 "])
def test_a_message_is_1_to_2000_code_points(message: str) -> None:
    assert good(KUDOS, message=message).__dict__["message"] == message


@pytest.mark.parametrize(
    "message", ["", "x" * 2001, "\x00", "a\x0b", "\x0c", "\x08", "\x1b[0m", "\x7f", "\x85", 5, []]
)
def test_another_message_is_invalid(message: object) -> None:
    assert "message must" in faults(KUDOS, message=message)


def test_a_message_is_no_part_of_the_content_and_not_shown() -> None:
    told = good(KUDOS, message="SECRET")
    assert "SECRET" not in str(told.content()) + repr(told) + str(told)
    assert "message" in told.PRIVATE


@pytest.mark.parametrize("fact_type", sorted({*FACT_TYPES} - OF_PEOPLE))
def test_any_fact_that_may_have_a_loop_can_be_retracted_in_it(fact_type: str) -> None:
    told = good(RETRACTED, fact_type=fact_type, participant_id=...)
    assert told.place == ("loop", "loop-1")
    assert told.natural_key == f"{fact_type}/a-1"


@pytest.mark.parametrize(
    "fact_type", [RETRACTED, *OUTPUT, "mentoring.quiz.passed", "", 5, None, []]
)
def test_nothing_else_can_be_retracted(fact_type: object) -> None:
    assert "fact_type must" in faults(RETRACTED, fact_type=fact_type)


@pytest.mark.parametrize("absent", [..., None])
def test_only_what_may_have_no_loop_can_be_retracted_by_its_participant(absent: object) -> None:
    for fact_type in FACT_TYPES:
        if fact_type in {QUIZ, MILESTONE, TESTIMONIAL} | OF_PEOPLE:
            named = good(RETRACTED, fact_type=fact_type, loop_id=absent)
            assert named.place == ("participant", "p-1")
        else:
            assert "loop_id is required" in faults(RETRACTED, fact_type=fact_type, loop_id=absent)


@pytest.mark.parametrize("fact_type", sorted(OF_PEOPLE))
@pytest.mark.parametrize("loop", ["loop-1", "", 5, ...])
def test_a_loop_does_not_count_for_a_type_that_never_has_one(fact_type: str, loop: object) -> None:
    retraction = good(RETRACTED, fact_type=fact_type, loop_id=loop)
    assert retraction == good(RETRACTED, fact_type=fact_type, loop_id=...)
    assert retraction.place == ("participant", "p-1")
    assert "loop_id" not in retraction.content()
    why = faults(RETRACTED, fact_type=fact_type, loop_id=loop, participant_id=None)
    assert why == "participant_id is required to retract a fact of this type"


def test_a_retraction_naming_neither_loop_nor_participant_is_invalid() -> None:
    assert "loop_id is required" in faults(RETRACTED, loop_id=..., participant_id=...)


def test_if_a_retraction_names_both_the_loop_counts() -> None:
    assert good(RETRACTED).place == ("loop", "loop-1")
    assert good(RETRACTED, fact_type=MEETING).place == ("loop", "loop-1")


def test_a_reason_is_free_text_of_at_most_2000_code_points() -> None:
    for reason in ("", "\x00\x1b\n", "😀" * 2000):
        retraction = good(RETRACTED, reason=reason)
        assert retraction.model_dump()["reason"] == reason
        assert "reason" not in retraction.content()
    wrong: list[Any] = ["x" * 2001, 5, []]
    for reason in wrong:
        assert "reason must" in faults(RETRACTED, reason=reason)


def test_a_quiz_without_a_loop_stands_under_its_participant() -> None:
    assert good(QUIZ).place == ("loop", "loop-1")
    assert good(QUIZ, loop_id=...).place == ("participant", "p-1")
    assert good(QUIZ, loop_id="p-1").place != good(QUIZ, loop_id=None).place


@pytest.mark.parametrize(
    ("type", "key"),
    [
        (MEETING, "m-1"),
        (SURVEY, "s-1"),
        (QUIZ, "a-1"),
        (KUDOS, "k-1"),
        (MILESTONE, "c-1"),
        (ASSESSED, "as-1"),
        (CHECKPOINT, "cp-1"),
        (DELIVERABLE, "de-1"),
        (REVIEW, "r-1"),
        (TESTIMONIAL, "t-1"),
        (CONTRIBUTION, "co-1"),
        (STEWARDSHIP, "st-1"),
        (TRAINING, "tr-1"),
        (DECISION, "d-1"),
        (REWARD, "re-1"),
    ],
)
def test_each_fact_has_the_contracts_natural_key(type: str, key: str) -> None:
    assert good(type).natural_key == key


@pytest.mark.parametrize("type", DATA)
def test_people_and_private_fields_are_fields(type: str) -> None:
    model = INPUT[type]
    assert {*model.PEOPLE, *model.PRIVATE, model.KEY} <= set(model.model_fields)
    people = {"attendee_ids", "mentor_ids", "about_ids", "respondent_id", "participant_id"}
    people |= {"giver_id", "recipient_id"}
    people |= {"learner_id", "about_id", "approver_ids", "recused_ids"}
    assert set(model.PEOPLE) == people & set(model.model_fields)
    assert model.NOTE is None or model.NOTE in model.PRIVATE
    assert model.KIND is None or model.KIND in set(model.model_fields) - model.PRIVATE
    assert issubclass(model, InLoop) or model.PERSON in model.PEOPLE


@given(st.permutations(["c", "a", "B", "\ue000", "\U00010000"]))
def test_content_holds_id_lists_as_sets_ordered_by_code_point(ids: list[str]) -> None:
    ordered = ["B", "a", "c", "\ue000", "\U00010000"]
    assert good(MEETING, attendee_ids=ids, mentor_ids=ids[:0]).content()["attendee_ids"] == ordered


@given(st.floats(min_value=0, allow_infinity=False))
def test_content_holds_numbers_by_value_in_one_form(minutes: float) -> None:
    kept = good(MEETING, duration_minutes=minutes).content()["duration_minutes"]
    assert kept == minutes
    assert type(kept) is (int if minutes == int(minutes) <= 2**53 else float)
    assert str(kept) != "-0"


def test_every_bad_field_is_named_at_once_and_only_those() -> None:
    message = faults(
        SURVEY, survey_id=5, survey="x", rating="5", about_ids=["p-1"], loop_id="", unknown=5
    )
    assert [part.split()[0] for part in message.split("; ")] == [
        "loop_id",
        "survey_id",
        "survey",
        "about_ids",
        "rating",
    ]
    assert faults(KUDOS, kind="\n", recipient_id="p-1", message="\x00").count("; ") == 2


@pytest.mark.parametrize("type", DATA)
def test_a_refusal_never_quotes_a_value(type: str) -> None:
    secret = "SECRET"
    for wrong in (f"{secret}\x00", [secret, secret], [f"{secret}\n", 5], {secret: secret}):
        for field in DATA[type]:
            if field == "reason" and isinstance(wrong, str):
                continue  # Free text: nothing is wrong with it.
            with pytest.raises(InvalidData, match=field) as refusal:
                read_data(type, data(type, **{field: wrong}))
            assert secret not in str(refusal.value)
            assert refusal.value.__cause__ is None
            assert refusal.value.__suppress_context__


def test_a_fault_without_words_of_its_own_quotes_nothing_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("events.schemas.faults._REASONS", {})
    assert faults(KUDOS, message="SECRET\x00") == "message is not valid"


def test_data_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(good(KUDOS), "kind", "expertise")  # noqa: B010 - what mypy would refuse


def test_fields_that_disagree_are_refused_however_the_model_is_made() -> None:
    with pytest.raises(ValueError, match="do not agree"):
        INPUT[KUDOS].model_validate(data(KUDOS, recipient_id="p-1"))
