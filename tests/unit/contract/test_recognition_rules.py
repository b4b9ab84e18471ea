"""What the data of each event that mentors are recognised for must be, broken rule by rule."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.intake.parse import ParsedFact, parse_by_models, parse_record
from engine.intake.refusal import Refusal
from tests.unit.contract.samples import (
    ASSESSED,
    CHECKPOINT,
    CONTRIBUTION,
    DATA,
    DECISION,
    DELIVERABLE,
    REVIEW,
    REWARD,
    STEWARDSHIP,
    SURVEY,
    TESTIMONIAL,
    TRAINING,
    cloudevent,
    data,
)

ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
NEW = sorted({*DATA} & {
    ASSESSED, CHECKPOINT, CONTRIBUTION, DECISION, DELIVERABLE, REVIEW, REWARD, STEWARDSHIP,
    TESTIMONIAL, TRAINING,
})  # fmt: skip


def read(type: str, **changes: Any) -> ParsedFact | Refusal:
    """What the engine reads, by both of its readers."""
    value = cloudevent(type=type, data=data(type, **changes))
    reading = parse_record(value)
    assert reading == parse_by_models(value)
    assert isinstance(reading, ParsedFact | Refusal)
    return reading


def named(reading: ParsedFact | Refusal) -> list[str]:
    """The fields that a refusal as invalid names."""
    assert isinstance(reading, Refusal), "it was accepted"
    assert reading.reason == "invalid"
    return [part.split()[0] for part in reading.detail.split("; ")]


def people(count: int) -> list[str]:
    return [f"q-{number}" for number in range(count)]


def rows(count: int) -> dict[str, int]:
    return {f"row-{number}": 2 for number in range(count)}


WHOLE: list[tuple[str, str, int, int | None]] = [
    *((ASSESSED, row, 0, 4) for row in ROWS),
    (ASSESSED, "total", 0, 24),
    (ASSESSED, "raters", 1, 5),
    (ASSESSED, "rubric_version", 1, None),
    (REVIEW, "seat", 1, 9),
    (REVIEW, "rubric_version", 1, None),
    (TESTIMONIAL, "score", 1, 5),
]
BROKEN: list[tuple[str, dict[str, Any], list[str]]] = [
    *((type, {field: least - 1}, [field]) for type, field, least, _ in WHOLE),
    *((type, {field: most + 1}, [field]) for type, field, _, most in WHOLE if most is not None),
    *((type, {field: 1.5}, [field]) for type, field, _, _ in WHOLE),
    *((type, {field: "2"}, [field]) for type, field, _, _ in WHOLE),
    *((type, {field: True}, [field]) for type, field, _, _ in WHOLE),
    (ASSESSED, {"total": 12}, ["total"]),
    (ASSESSED, {"breadth": 2}, ["total"]),
    (ASSESSED, {"mentor_ids": []}, ["mentor_ids"]),
    (ASSESSED, {"mentor_ids": people(21)}, ["mentor_ids"]),
    (ASSESSED, {"mentor_ids": ["p-2", "p-2"]}, ["mentor_ids"]),
    (ASSESSED, {"mentor_ids": ["p-2", "p-3"]}, ["mentor_ids"]),
    (ASSESSED, {"phase": "middle"}, ["phase"]),
    (ASSESSED, {"assessed_by": "peer"}, ["assessed_by"]),
    (ASSESSED, {"track": ""}, ["track"]),
    (ASSESSED, {"loop_id": None}, ["loop_id"]),
    (CHECKPOINT, {"mentor_ids": ["p-3"]}, ["mentor_ids"]),
    (CHECKPOINT, {"mentor_ids": people(21)}, ["mentor_ids"]),
    (CHECKPOINT, {"result": "on_time"}, ["cause"]),
    (CHECKPOINT, {"cause": "none"}, ["cause"]),
    (CHECKPOINT, {"result": "missed", "cause": "none"}, ["cause"]),
    (CHECKPOINT, {"result": "early"}, ["result"]),
    (CHECKPOINT, {"cause": "weather"}, ["cause"]),
    *(
        (CHECKPOINT, {"due_on": day}, ["due_on"])
        for day in ("2026-02-29", "0000-01-01", "2026-2-3", "20260203", "2026-02-03T00:00:00Z",
                    "2026-13-01", " 2026-02-03", "", "2026-W06-2", 20260203)
    ),
    (CHECKPOINT, {"loop_id": ...}, ["loop_id"]),
    (DELIVERABLE, {"learner_id": "p-1"}, ["learner_id"]),
    (DELIVERABLE, {"kind": "essay"}, ["kind"]),
    (DELIVERABLE, {"accepted_by": "mentor"}, ["accepted_by"]),
    (DELIVERABLE, {"loop_id": ...}, ["loop_id"]),
    (REVIEW, {"ratings": {}}, ["ratings"]),
    (REVIEW, {"ratings": rows(13), "score": 2}, ["ratings"]),
    (REVIEW, {"ratings": {"a": 5}, "score": 4}, ["ratings"]),
    (REVIEW, {"ratings": {"a": -1}, "score": 0}, ["ratings"]),
    (REVIEW, {"ratings": {"a": 2.5}, "score": 2.5}, ["ratings"]),
    (REVIEW, {"ratings": {"": 2}, "score": 2}, ["ratings"]),
    (REVIEW, {"ratings": {"a\x07": 2}, "score": 2}, ["ratings"]),
    (REVIEW, {"ratings": [3, 2, 2]}, ["ratings"]),
    (REVIEW, {"score": 2.33328}, ["score"]),
    (REVIEW, {"score": 2.333384}, ["score"]),
    (REVIEW, {"score": 4.1}, ["score"]),
    (REVIEW, {"score": -0.1}, ["score"]),
    (TESTIMONIAL, {"author_id": "p-1"}, ["author_id"]),
    (TESTIMONIAL, {"source": "friend"}, ["source"]),
    (TESTIMONIAL, {"narrative": ""}, ["narrative"]),
    (TESTIMONIAL, {"narrative": "x" * 8_001}, ["narrative"]),
    (TESTIMONIAL, {"narrative": "x\x07"}, ["narrative"]),
    (TESTIMONIAL, {"sealed_narrative": "no.jwe"}, ["sealed_narrative"]),
    (TESTIMONIAL, {"narrative": None, "sealed_narrative": "x" * 48_001}, ["sealed_narrative"]),
    (CONTRIBUTION, {"kind": "poem"}, ["kind"]),
    (CONTRIBUTION, {"reach": -1}, ["reach"]),
    (STEWARDSHIP, {"about_id": "p-1"}, ["about_id"]),
    (STEWARDSHIP, {"kind": "tea"}, ["kind"]),
    (TRAINING, {"credits": -0.5}, ["credits"]),
    (TRAINING, {"credits": 1_000.5}, ["credits"]),
    (TRAINING, {"credits": None}, ["credits"]),
    (TRAINING, {"kind": "yoga"}, ["kind"]),
    (DECISION, {"approver_ids": ["p-8", "p-1"]}, ["approver_ids"]),
    (DECISION, {"approver_ids": []}, ["approver_ids"]),
    (DECISION, {"approver_ids": people(10)}, ["approver_ids"]),
    (DECISION, {"recused_ids": ["p-7"]}, ["recused_ids"]),
    (DECISION, {"recused_ids": ["p-1"]}, ["recused_ids"]),
    (DECISION, {"recused_ids": people(51)}, ["recused_ids"]),
    (DECISION, {"approver_ids": ["p-1", "p-9"]}, ["approver_ids", "recused_ids"]),
    (DECISION, {"outcome": "postponed"}, ["outcome"]),
    *(
        (DECISION, {"as_of": as_of}, ["as_of"])
        for as_of in ("2026-03-04T10:00:00.000001Z", "2026-03-04", "2026-03-04T10:00:00", "noon",
                      "2026-02-29T10:00:00Z", 7, "2026-03-04T08:59:59-01:01")
    ),
    *(
        (DECISION, {field: digest}, [field])
        for field in ("pack", "policy")
        for digest in ("9F" * 32, "9f" * 31, "9f" * 32 + "\n", "g" * 64, "", 7)
    ),
    (DECISION, {"as_of": "2026-03-05T00:00:00Z", "case": "", "pack": "x"},
     ["case", "as_of", "pack"]),
    (REWARD, {"approver_ids": ["p-1"]}, ["approver_ids"]),
    (REWARD, {"approver_ids": people(10)}, ["approver_ids"]),
    (REWARD, {"kind": "money"}, ["kind"]),
    (SURVEY, {"respondent_role": "guest"}, ["respondent_role"]),
]  # fmt: skip


@pytest.mark.parametrize(("type", "changes", "fields"), BROKEN)
def test_each_rule_that_is_broken_is_invalid_and_names_its_field(
    type: str, changes: dict[str, Any], fields: list[str]
) -> None:
    bad = named(read(type, **changes))
    if type == ASSESSED and {*changes} & {*ROWS, "raters", "rubric_version"}:
        bad = [field for field in bad if field != "total"] or bad  # another row, another sum
    assert bad == fields


GOOD: list[tuple[str, dict[str, Any]]] = [
    (ASSESSED, {"mentor_ids": people(20), "rubric_version": 2**53}),
    (CHECKPOINT, {"due_on": "2024-02-29", "result": "on_time", "cause": "none"}),
    (CHECKPOINT, {"due_on": "0001-01-01", "result": "missed", "cause": "excused"}),
    (REVIEW, {"ratings": rows(12), "score": 2}),
    (REVIEW, {"score": 2.333284}),
    (REVIEW, {"score": 2.333383}),
    (REVIEW, {"ratings": {"x" * 128: 0}, "score": 0}),
    (TESTIMONIAL, {"narrative": "ß" * 8_000}),
    (TESTIMONIAL, {"narrative": "a line\n\tand another\r\n"}),
    (CONTRIBUTION, {"reach": 1e300}),
    (TRAINING, {"credits": 1_000}),
    (DECISION, {"as_of": "2026-03-04T10:00:00.0000009Z"}),
    (DECISION, {"as_of": "2026-03-04t08:59:59.999-01:00"}),
    (DECISION, {"approver_ids": people(9), "recused_ids": [f"r-{n}" for n in range(50)]}),
]


@pytest.mark.parametrize(("type", "changes"), GOOD)
def test_what_just_keeps_the_rules_is_accepted(type: str, changes: dict[str, Any]) -> None:
    assert isinstance(read(type, **changes), ParsedFact)


@pytest.mark.parametrize("type", NEW)
def test_every_bad_field_is_named_at_once(type: str) -> None:
    wrong: dict[str, Any] = {field: {"no": "value"} for field in DATA[type]}
    assert set(named(read(type, **wrong))) == set(DATA[type])


def test_no_recused_is_the_same_as_recused_absent() -> None:
    none, absent = read(DECISION, recused_ids=[]), read(DECISION, recused_ids=...)
    assert isinstance(none, ParsedFact)
    assert none == absent


def test_an_instant_in_the_content_is_the_same_by_whatever_offset() -> None:
    one, other = read(DECISION), read(DECISION, as_of="2026-03-04T10:00:00Z")
    assert isinstance(one, ParsedFact)
    assert one == other
    assert one.fact.data["as_of"] == "2026-03-04T10:00:00.000000Z"


@given(st.permutations(["scoping", "feedback", "narrative"]), st.booleans())
def test_ratings_go_by_value_whatever_their_order(names: list[str], whole: bool) -> None:
    values = {"scoping": 3, "feedback": 2, "narrative": 2}
    told = read(REVIEW, ratings={name: values[name] * (1 if whole else 1.0) for name in names})
    assert isinstance(told, ParsedFact)
    first = read(REVIEW)
    assert isinstance(first, ParsedFact)
    assert told.content == first.content
    ratings = told.fact.data["ratings"]
    assert isinstance(ratings, dict)
    assert list(ratings.items()) == [("feedback", 2), ("narrative", 2), ("scoping", 3)]
    assert {type(value) for value in ratings.values()} == {int}


@given(st.permutations(["p-2", "B", "\ue000", "\U00010000"]))
def test_lists_of_people_are_sets(ids: list[str]) -> None:
    told = [read(ASSESSED, mentor_ids=ids), read(DECISION, approver_ids=ids, recused_ids=["p-9"])]
    for reading, field in zip(told, ("mentor_ids", "approver_ids"), strict=True):
        assert isinstance(reading, ParsedFact)
        assert reading.fact.data[field] == ["B", "p-2", "\ue000", "\U00010000"]
