"""Keys and contents: when two tellings are of one fact, and when they are the same telling."""

import json

import pytest
from hypothesis import given

from engine.fact import Fact, Place, Retraction
from engine.intake import content
from engine.intake.duplicates import conflict
from engine.intake.keys import Key, key, person_hash, place_hash
from engine.intake.parse import ParsedFact, ParsedRetraction, parse_record
from engine.intake.report import Report
from tests.support.examples import examples
from tests.support.given import KUDOS, MEETING, QUIZ, RETRACTED
from tests.support.histories import histories
from tests.verification.oracle.bad_records import GOOD, record

LOOP = Place("program", "name", None)
PERSON = Place("program", None, "name")


def _told(value: bytes) -> ParsedFact:
    reading = parse_record(value)
    assert isinstance(reading, ParsedFact)
    return reading


def test_a_loop_and_a_participant_of_one_name_are_never_one_place() -> None:
    assert place_hash(LOOP) != place_hash(PERSON)
    assert LOOP != PERSON


def test_a_person_is_found_where_their_loopless_facts_stand() -> None:
    assert person_hash("program", "name") == place_hash(PERSON)


def test_keys_are_signed_64_bit_even_for_facts_and_odd_for_their_retractions() -> None:
    for number in range(200):
        fact = key(LOOP, MEETING, f"{number}")
        assert all(-(2**63) <= half < 2**63 for half in fact)
        assert fact.fact % 2 == 0
        assert fact.of_retraction == Key(fact.place, fact.fact + 1)
        assert fact.of_retraction.of_fact == fact.of_fact == fact


def test_a_key_changes_with_every_part_of_it() -> None:
    keys = {
        key(LOOP, MEETING, "a"),
        key(PERSON, MEETING, "a"),
        key(LOOP, QUIZ, "a"),
        key(LOOP, MEETING, "b"),
        key(Place("other", "name", None), MEETING, "a"),
        key(Place("program", "other", None), MEETING, "a"),
        key(Place("program name", "", None), MEETING, "a"),
    }
    assert len(keys) == 7


def test_a_record_and_its_retraction_meet_at_one_key() -> None:
    fact = _told(record(MEETING))
    withdrawn = parse_record(record(RETRACTED))
    assert isinstance(withdrawn, ParsedRetraction)
    assert withdrawn.key == fact.key.of_retraction
    assert withdrawn.retraction == Retraction(fact.fact.place, MEETING, "b", fact.fact.time)


def test_the_content_of_a_kudos_holds_no_message() -> None:
    told = _told(record(KUDOS, {"message": "PRIVATE-note"}))
    assert told.note is not None
    assert told.note.text == "PRIVATE-note"
    assert "PRIVATE" not in repr(told.fact)
    assert "PRIVATE" not in told.content
    assert told.content == _told(record(KUDOS, {"message": None})).content


def test_a_content_holds_neither_event_id_nor_source_nor_unknown_fields() -> None:
    one = record(QUIZ, {"score": 1}, id="1", source="/a")
    other = record(QUIZ, {"score": 1.0, "unknown": [1]}, id="2", source="/b")
    assert _told(one).content == _told(other).content


@examples(20)
@given(histories(60, bad=0))
def test_every_content_decodes_to_the_fact_or_retraction_that_was_told(
    records: list[bytes],
) -> None:
    for value in records:
        reading = parse_record(value)
        if isinstance(reading, ParsedFact):
            assert content.decode(reading.content) == reading.fact
        else:
            assert isinstance(reading, ParsedRetraction)
            assert content.decode(reading.content) == reading.retraction


@pytest.mark.parametrize("number", [0, -0.0, 1, 0.1, 45.5, 2**53, 1e17, 1.7e308, 5e-324])
def test_numbers_survive_the_ledger(number: float) -> None:
    told = _told(record(MEETING, {"duration_minutes": number}))
    assert content.decode(told.content) == told.fact


def test_again_is_silent_on_the_same_bytes_and_on_another_spelling_of_the_same_values() -> None:
    one = '{"loop_id":"l","score":1}'
    assert conflict(one, one) is None
    assert conflict(one, '{"score": 1.0, "loop_id": "l"}') is None


def test_again_calls_other_values_a_conflict_naming_the_fields_and_quoting_none() -> None:
    one = _told(record(MEETING, {"attendee_ids": ["PRIVATE-a"], "duration_minutes": 1}))
    other = _told(record(MEETING, {"attendee_ids": ["PRIVATE-b"]}))
    refusal = conflict(one.content, other.content)
    assert refusal is not None
    assert refusal.reason == "conflict"
    assert "attendee_ids, duration_minutes" in refusal.detail
    assert "PRIVATE" not in refusal.detail


def test_facts_are_ordered_by_time_type_id_and_loop() -> None:
    def fact(time: str, event_type: str, name: str, loop: str | None) -> Fact:
        place = Place("program", loop, None if loop else "ann")
        return Fact(place, event_type, name, _told(record(QUIZ, time=time)).fact.time, {})

    ordered = [
        fact("2026-01-01T00:00:00Z", "b", "b", "b"),
        fact("2026-01-01T00:00:01Z", "a", "b", "b"),
        fact("2026-01-01T00:00:01Z", "b", "a", "b"),
        fact("2026-01-01T00:00:01Z", "b", "b", None),
        fact("2026-01-01T00:00:01Z", "b", "b", "a"),
    ]
    mixed = [ordered[n] for n in (3, 1, 4, 0, 2)]
    assert sorted(mixed, key=lambda one: one.order) == ordered


def test_places_say_what_they_are() -> None:
    assert str(LOOP) == "loop name of program program"
    assert str(PERSON) == "participant name of program program"


def test_a_report_names_every_reason_and_absent_ones_as_zero() -> None:
    report = Report(3, 1, 0, 1, {"future": 1}, 2).as_json()
    assert report == {
        "records": 3,
        "applied": 1,
        "duplicates": 0,
        "retractions": 1,
        "dead_letters": {
            "oversize": 0,
            "malformed": 0,
            "forbidden": 0,
            "unknown_type": 0,
            "invalid": 0,
            "future": 1,
            "conflict": 0,
        },
        "awards": 2,
    }
    assert json.loads(json.dumps(report)) == report


def test_no_event_has_a_data_field_that_the_content_needs_for_itself() -> None:
    assert not any({"type", "time"} & data.keys() for data in GOOD.values())
