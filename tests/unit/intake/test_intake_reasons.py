"""Why a record is refused, in the contract's order of precedence."""

from random import Random

import pytest

from engine.catalog.loader import parse as parse_catalog
from engine.intake.parse import (
    ParsedFact,
    ParsedRetraction,
    admit,
    completed,
    parse_by_models,
    parse_record,
)
from engine.intake.refusal import REASONS, Refusal
from events.envelope import CONTENT_TYPE
from events.instants import parse_instant
from events.schemas.registry import FACT_TYPES, GOVERNANCE, TopicKind
from tests.support.given import KUDOS, LATEST, MEETING, MENTORLOOP, QUIZ, RETRACTED, SURVEY
from tests.unit.contract.samples import DATA, cloudevent
from tests.verification.oracle import bad_records
from tests.verification.oracle.bad_records import GOOD, INVALID, NOT_AN_EVENT, NOT_JSON, record

FUTURE = "2026-06-02T00:00:00.000001Z"
UNKNOWN = "mentoring.meeting.completed.v2"
OUTPUT = "mentoring.badge.awarded.v1"
OVERSIZE = 65_537
TOPICS: tuple[TopicKind, TopicKind] = ("activity", "governance")


def _refusal(value: bytes | None) -> Refusal | None:
    reading = parse_record(value)
    return reading if isinstance(reading, Refusal) else admit(reading, MENTORLOOP, LATEST)


def _reason(value: bytes | None) -> str | None:
    refusal = _refusal(value)
    return refusal.reason if refusal is not None else None


def test_the_reasons_stand_in_the_order_of_the_contract() -> None:
    assert REASONS == (
        "oversize",
        "malformed",
        "forbidden",
        "unknown_type",
        "invalid",
        "future",
        "conflict",
    )


@pytest.mark.parametrize("event_type", sorted(GOOD))
def test_a_good_record_of_every_type_is_read(event_type: str) -> None:
    assert _reason(record(event_type)) is None
    kind = ParsedRetraction if event_type == RETRACTED else ParsedFact
    assert isinstance(parse_record(record(event_type)), kind)


@pytest.mark.parametrize(("event_type", "wrong"), INVALID)
def test_a_fault_inside_data_is_invalid_and_its_field_is_named(
    event_type: str, wrong: dict[str, object]
) -> None:
    refusal = _refusal(record(event_type, wrong))
    assert refusal is not None
    assert refusal.reason == "invalid"
    named = {*wrong, "recipient_id", "meeting_id", "loop_id"} if len(wrong) else set()
    assert any(name in refusal.detail for name in named)
    assert "PRIVATE" not in refusal.detail


def test_every_bad_field_is_named() -> None:
    refusal = _refusal(record(SURVEY, {"rating": 7, "about_ids": [], "survey_id": ""}))
    assert refusal is not None
    assert all(name in refusal.detail for name in ("rating", "about_ids", "survey_id"))


def test_a_kudos_kind_that_the_catalog_lacks_is_named_beside_other_bad_fields() -> None:
    wrong = {"kind": "PRIVATE", "giver_id": "", "message": ""}
    refusal = parse_record(record(KUDOS, wrong))
    assert isinstance(refusal, Refusal)
    completing = completed(refusal, MENTORLOOP)
    assert completing == Refusal(
        "invalid",
        "giver_id must not be empty; message must not be empty; kind: no such kind in the "
        "catalog; there are trust, networking, expertise, commitment, creativity",
    )
    for kind in ("trust", "", 7):  # there is one, or its fault is named already
        refusal = parse_record(record(KUDOS, {**wrong, "kind": kind}))
        assert isinstance(refusal, Refusal)
        assert completed(refusal, MENTORLOOP).detail == refusal.detail


def test_a_kudos_kind_is_a_repeatable_badge_over_kudos() -> None:
    catalog = parse_catalog(
        """
catalog: shows
version: 1
measures: {}
badges:
  show-up:
    name: Shows up
    description: Every meeting is a badge.
    repeatable: {event: mentoring.meeting.completed.v1, who: attendee_ids}
"""
    )
    wrong = Refusal("invalid", "kind: no such kind in the catalog; there are none")
    given = parse_record(record(KUDOS, {"kind": "show-up"}))
    assert isinstance(given, ParsedFact)
    assert admit(given, catalog, LATEST) == wrong
    refusal = parse_record(record(KUDOS, {"giver_id": "", "kind": "show-up"}))
    assert isinstance(refusal, Refusal)
    assert completed(refusal, catalog).detail == f"giver_id must not be empty; {wrong.detail}"


@pytest.mark.parametrize("wrong", NOT_AN_EVENT, ids=str)
def test_a_fault_outside_data_is_malformed(wrong: dict[str, object]) -> None:
    assert _reason(record(MEETING, **wrong)) == "malformed"


@pytest.mark.parametrize("value", [*NOT_JSON, None, b""])
def test_what_is_not_a_json_object_is_malformed(value: bytes | None) -> None:
    assert _reason(value) == "malformed"


@pytest.mark.parametrize("reason", sorted(bad_records.CASES))
def test_made_up_bad_records_have_their_reason(reason: str) -> None:
    random = Random(reason)
    for _ in range(40):
        assert _reason(bad_records.CASES[reason](random)) == reason


def test_a_value_of_65536_bytes_is_read_and_one_more_is_oversize() -> None:
    assert _reason(record(MEETING).ljust(65_536)) is None
    assert _reason(record(MEETING).ljust(65_537)) == "oversize"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"not json".ljust(OVERSIZE), "oversize"),
        (record(OUTPUT).ljust(OVERSIZE), "oversize"),
        (record(OUTPUT, id=None), "malformed"),
        (record(UNKNOWN, time="noon"), "malformed"),
        (record(OUTPUT, time=FUTURE), "forbidden"),
        (record(UNKNOWN, {"program_id": 7}), "unknown_type"),
        (record(UNKNOWN, time=FUTURE), "unknown_type"),
        (record(SURVEY, {"rating": 6}, time=FUTURE), "invalid"),
        (record(KUDOS, {"kind": "kindness"}, time=FUTURE), "invalid"),
        (record(RETRACTED, time=FUTURE), "future"),
    ],
)
def test_of_two_reasons_the_earlier_in_the_order_is_given(value: bytes, reason: str) -> None:
    assert _reason(value) == reason


def _on(topic: TopicKind, value: bytes) -> str | None:
    """The reason why a record is refused on a topic; None if it is not."""
    by_all, by_models = parse_record(value, on=topic), parse_by_models(value, on=topic)
    assert by_all == by_models
    return by_all.reason if isinstance(by_all, Refusal) else None


@pytest.mark.parametrize("event_type", FACT_TYPES)
def test_a_type_belongs_on_one_of_the_two_topics_and_so_does_its_retraction(
    event_type: str,
) -> None:
    right, wrong = TOPICS if event_type not in GOVERNANCE else reversed(TOPICS)
    retraction = {**DATA[RETRACTED], "fact_type": event_type}
    for value in (
        cloudevent(type=event_type, data=DATA[event_type]),
        cloudevent(type=RETRACTED, data=retraction),
    ):
        assert _on(right, value) is None
        assert _on(wrong, value) == "forbidden"
        assert not isinstance(parse_record(value), Refusal)
    assert _on(right, cloudevent(type=event_type, data={})) == "invalid"
    assert _on(wrong, cloudevent(type=event_type, data={})) == "forbidden"


@pytest.mark.parametrize("fact_type", [None, "", 7, ["x"], {}, RETRACTED, OUTPUT])
def test_a_retraction_of_no_fact_is_forbidden_only_where_few_retractions_are_allowed(
    fact_type: object,
) -> None:
    value = cloudevent(type=RETRACTED, data={**DATA[RETRACTED], "fact_type": fact_type})
    assert _on("activity", value) == "invalid"
    assert _on("governance", value) == "forbidden"


@pytest.mark.parametrize("topic", TOPICS)
def test_output_is_forbidden_and_what_is_unknown_is_unknown_on_every_topic(
    topic: TopicKind,
) -> None:
    assert _on(topic, record(OUTPUT)) == "forbidden"
    assert _on(topic, record(UNKNOWN)) == "unknown_type"


@pytest.mark.parametrize("event_type", sorted(GOOD))
def test_the_latest_accepted_time_itself_is_accepted(event_type: str) -> None:
    assert _reason(record(event_type, time="2026-06-02T00:00:00Z")) is None
    assert _reason(record(event_type, time="2026-06-02T02:00:00.0000009+02:00")) is None
    assert _reason(record(event_type, time=FUTURE)) == "future"


def test_the_oldest_time_of_all_is_accepted() -> None:
    assert _reason(record(MEETING, time="0001-01-01T00:00:00Z")) is None
    latest = parse_instant("9999-12-31T23:59:59.999999Z")
    reading = parse_record(record(MEETING, time=latest))
    assert isinstance(reading, ParsedFact)
    assert admit(reading, MENTORLOOP, latest) is None


def test_a_kudos_kind_is_judged_by_the_catalog_and_the_refusal_names_those_there_are() -> None:
    refusal = _refusal(record(KUDOS, {"kind": "PRIVATE-kind"}))
    assert refusal is not None
    assert "trust, networking, expertise, commitment, creativity" in refusal.detail
    assert "PRIVATE" not in refusal.detail


@pytest.mark.parametrize(
    "attributes",
    [
        {"subject": None, "datacontenttype": 7, "dataschema": [], "extension": {}},
        {"data_base64": None},
    ],
)
def test_optional_attributes_and_extensions_are_tolerated(attributes: dict[str, object]) -> None:
    assert _reason(record(MEETING, **attributes)) is None


def test_an_optional_field_given_as_null_counts_as_absent() -> None:
    plain, null = (
        parse_record(record(QUIZ)),
        parse_record(record(QUIZ, {"loop_id": None, "score": None})),
    )
    assert isinstance(plain, ParsedFact)
    assert plain == null


def test_of_duplicate_keys_the_last_wins() -> None:
    value = record(MEETING).replace(b'"meeting_id"', b'"meeting_id": 7, "meeting_id"')
    assert parse_record(value) == parse_record(record(MEETING))


def test_nesting_of_100_levels_is_read_and_of_201_is_malformed_wherever_it_stands() -> None:
    def nested(levels: int) -> bytes:
        inner = b"[" * levels + b"]" * levels
        return record(MEETING).replace(b'"meeting_id"', b'"more": ' + inner + b', "meeting_id"')

    assert _reason(nested(98)) is None
    assert _reason(nested(199)) == "malformed"


def test_names_are_neither_trimmed_nor_normalised() -> None:
    names = [" ann", "ann", "a\u0301nn", "ánn", "\u200b", "\U0001f642" * 128]
    reading = parse_record(record(MEETING, {"attendee_ids": names}))
    assert isinstance(reading, ParsedFact)
    assert reading.fact.data["attendee_ids"] == sorted(names)


def test_a_binary_event_is_read_as_a_structured_one_is() -> None:
    headers = [
        CONTENT_TYPE,
        ("ce_specversion", b"1.0"),
        ("ce_id", b"1"),
        ("ce_source", b"/platform"),
        ("ce_type", QUIZ.encode()),
        ("ce_time", b"2026-05-01T10:00:00Z"),
    ]
    data = (
        b'{"program_id": "program-0", "participant_id": "person-0",'
        b' "quiz_id": "participant-course", "attempt_id": "b"}'
    )
    assert parse_record(data, headers) == parse_record(record(QUIZ))
