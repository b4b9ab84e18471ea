"""What the SDK lets through is what the engine reads."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from events.envelope import MAX_BYTES, read
from events.instants import to_datetime
from events.outgoing import compose
from events.schemas.registry import InvalidData, read_data
from tests.unit.contract.samples import DATA, DECISION, MEETING, QUIZ, RETRACTION, SURVEY, data

NOON = datetime(2026, 3, 4, 12, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize("type", DATA)
def test_what_is_composed_reads_back_as_what_was_told(type: str) -> None:
    message = compose(type, data(type), source="/meetings", time=NOON, event_id="e-1")

    event = read(message.value)

    assert (event.id, event.source, event.type) == ("e-1", "/meetings", type)
    assert event.time == "2026-03-04T10:00:00.000000Z"
    assert read_data(type, event.data) == read_data(type, data(type))
    assert message.event_id == "e-1"
    assert message.key == (b"loop-1" if "loop_id" in DATA[type] else b"p-1")


@pytest.mark.parametrize("type", [QUIZ, RETRACTION])
def test_the_key_is_the_participant_where_there_is_no_loop(type: str) -> None:
    assert compose(type, data(type, loop_id=None), source="/s").key == b"p-1"


def test_a_decision_as_of_later_than_it_was_signed_is_refused_at_the_caller() -> None:
    late = data(DECISION, as_of="2026-03-04T10:00:00.000001Z", pack="")
    with pytest.raises(InvalidData, match=r"^as_of must not be after .*; pack must be 64"):
        compose(DECISION, late, source="/governance", time=NOON)


def test_absent_fields_are_not_sent_as_null() -> None:
    told = data(MEETING, mentor_ids=(), duration_minutes=None)
    assert b"null" not in compose(MEETING, told, source="/s").value


def test_people_may_be_given_as_any_collection_but_not_as_one_string() -> None:
    for ids in (["p-1"], ("p-1",), {"p-1"}, frozenset({"p-1"})):
        message = compose(MEETING, data(MEETING, attendee_ids=ids, mentor_ids=()), source="/s")
        assert read(message.value).data["attendee_ids"] == ["p-1"]
    with pytest.raises(InvalidData, match="attendee_ids must be a list"):
        compose(MEETING, data(MEETING, attendee_ids="p-1"), source="/s")


def test_without_time_and_id_it_happened_now_under_a_new_id() -> None:
    before = datetime.now(UTC)
    one, other = (compose(MEETING, data(MEETING), source="/s") for _ in range(2))
    assert before <= to_datetime(read(one.value).time) <= datetime.now(UTC)
    assert UUID(one.event_id) != UUID(other.event_id)


def test_a_bad_event_is_refused_at_the_caller_with_every_bad_field() -> None:
    told = data(SURVEY, survey_id="", rating=9, meeting_id=None)
    with pytest.raises(InvalidData, match=r"^survey_id .*; rating .*; meeting_id is required"):
        compose(SURVEY, told, source="/s")


@pytest.mark.parametrize(
    ("source", "event_id"), [("", "e"), ("a\n", "e"), ("/s", ""), ("/s", "\x00")]
)
def test_a_bad_source_or_event_id_is_refused(source: str, event_id: str) -> None:
    with pytest.raises(InvalidData, match="must be a string"):
        compose(MEETING, data(MEETING), source=source, event_id=event_id)


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidData, match="time"):
        compose(MEETING, data(MEETING), source="/s", time=datetime(2026, 3, 4))


def test_an_event_larger_than_the_engine_reads_is_refused() -> None:
    people = [f"{n:03}" + "\U0001f600" * 125 for n in range(200)]
    with pytest.raises(InvalidData, match=f"at most {MAX_BYTES}"):
        compose(MEETING, data(MEETING, attendee_ids=people, mentor_ids=()), source="/s")
