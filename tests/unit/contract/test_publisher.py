"""The SDK against a real broker: what it confirms is there, what is not there it names."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError

from engine.intake.parse import ParsedFact, parse_record
from events.envelope import CONTENT_TYPE, read
from events.outgoing import compose
from events.publisher import DeliveryError, Publisher
from events.schemas.registry import GOVERNANCE, INPUT, InvalidData, read_data
from events.sealing import new_key_pair
from tests.support.sealed_texts import open_sealed
from tests.unit.contract.samples import QUIZ

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(120)]

PARTITIONS = 3
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
_PASSED: dict[str, Any] = {
    "program_id": "acme",
    "participant_id": "p-1",
    "quiz_id": "q",
    "attempt_id": "a-1",
}


def create_topic(bootstrap: str, **configs: str) -> str:
    name = f"activity-{uuid4().hex[:12]}"
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([NewTopic(name, PARTITIONS, 1, topic_configs=configs)])
    finally:
        admin.close()
    return name


@pytest.fixture
def topic(kafka: str) -> str:
    return create_topic(kafka)


@pytest.fixture
def governance(kafka: str) -> str:
    return create_topic(kafka)


@pytest.fixture
def publisher(kafka: str, topic: str, governance: str) -> Iterator[Publisher]:
    with Publisher(kafka, source="/meetings", topic=topic, governance_topic=governance) as opened:
        yield opened


def records(bootstrap: str, topic: str) -> list[Any]:
    """Everything the topic holds now, by partition, then offset."""
    partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    try:
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        found: list[Any] = []
        while any(consumer.position(each) < ends[each] for each in partitions):
            for polled in consumer.poll(timeout_ms=1000).values():
                found.extend(polled)
    finally:
        consumer.close()
    return sorted(found, key=lambda record: (record.partition, record.offset))


def tell_one_of_each(publisher: Publisher) -> list[str]:
    return [
        publisher.meeting_completed(
            program_id="acme",
            loop_id="loop-1",
            meeting_id="m-1",
            attendee_ids={"p-1", "p-2"},
            mentor_ids=["p-2"],
            time=NOON,
        ),
        publisher.survey_submitted(
            program_id="acme",
            loop_id="loop-1",
            survey_id="s-1",
            survey="mqs",
            respondent_id="p-1",
            about_ids=["p-2"],
            rating=5,
            time=NOON,
        ),
        publisher.quiz_passed(
            program_id="acme", participant_id="p-1", quiz_id="q", attempt_id="a-1", time=NOON
        ),
        publisher.kudos_given(
            program_id="acme",
            loop_id="loop-1",
            kudos_id="k-1",
            giver_id="p-1",
            recipient_id="p-2",
            kind="trust",
            message="Thanks",
            time=NOON,
        ),
        publisher.milestone_completed(
            program_id="acme",
            loop_id="loop-1",
            participant_id="p-1",
            milestone="matched",
            completion_id="c-1",
            time=NOON,
        ),
        publisher.portfolio_assessed(
            program_id="acme",
            loop_id="loop-1",
            assessment_id="as-1",
            cohort_id="spring-26",
            learner_id="p-2",
            mentor_ids=["p-1"],
            phase="baseline",
            rubric="portfolio",
            rubric_version=1,
            assessed_by="independent",
            raters=1,
            track="introductory",
            breadth=1,
            coherence=1,
            iteration=0,
            mastery=2,
            timeliness=3,
            articulation=1,
            total=8,
            time=NOON,
        ),
        publisher.checkpoint_closed(
            program_id="acme",
            loop_id="loop-1",
            checkpoint_id="cp-1",
            cohort_id="spring-26",
            learner_id="p-2",
            mentor_ids=["p-1"],
            due_on=NOON.date(),
            result="on_time",
            cause="none",
            time=NOON,
        ),
        publisher.deliverable_accepted(
            program_id="acme",
            loop_id="loop-1",
            deliverable_id="de-1",
            participant_id="p-1",
            learner_id="p-2",
            cohort_id="spring-26",
            kind="exemplar",
            accepted_by="learner",
            time=NOON,
        ),
        publisher.review_submitted(
            program_id="acme",
            participant_id="p-1",
            review_id="r-1",
            panel_id="pa-1",
            seat=3,
            rubric="practical",
            rubric_version=1,
            ratings={"scoping": 3, "feedback": 2},
            score=2.5,
            time=NOON,
        ),
        publisher.testimonial_given(
            program_id="acme",
            testimonial_id="t-1",
            participant_id="p-1",
            author_id="p-2",
            source="industry",
            narrative="She listens",
            time=NOON,
        ),
        publisher.contribution_made(
            program_id="acme", participant_id="p-1", contribution_id="co-1", kind="guide", time=NOON
        ),
        publisher.stewardship_recorded(
            program_id="acme", participant_id="p-1", record_id="st-1", kind="bench", time=NOON
        ),
        publisher.training_completed(
            program_id="acme",
            participant_id="p-1",
            completion_id="tr-1",
            course_id="co-1",
            kind="ethics",
            credits=2.5,
            time=NOON,
        ),
        publisher.decision_recorded(
            program_id="acme",
            participant_id="p-1",
            decision_id="d-1",
            case="proficient-mentor",
            outcome="granted",
            as_of=NOON,
            approver_ids={"p-8", "p-9"},
            pack="0" * 64,
            policy="f" * 64,
            time=NOON,
        ),
        publisher.reward_granted(
            program_id="acme",
            participant_id="p-1",
            reward_id="re-1",
            reward="spotlight",
            kind="spotlight",
            cycle="2026-Q3",
            approver_ids=["p-8"],
            time=NOON,
        ),
        publisher.retracted(
            program_id="acme", participant_id="p-1", fact_type=QUIZ, fact_id="a-1", time=NOON
        ),
    ]


def test_every_helper_sends_an_event_the_engine_reads_to_the_topic_of_its_type(
    kafka: str, topic: str, governance: str, publisher: Publisher
) -> None:
    event_ids = tell_one_of_each(publisher)

    publisher.flush()

    stood = [*records(kafka, topic), *records(kafka, governance)]
    sent = {read(record.value).id: record for record in stood}
    assert set(sent) == set(event_ids)
    events = [read(sent[event_id].value) for event_id in event_ids]
    assert [event.type for event in events] == list(INPUT)
    for event in events:
        place, name = read_data(event.type, event.data).place
        assert place == ("participant" if name == "p-1" else "loop")
        record = sent[event.id]
        assert record.key == name.encode()
        assert record.headers == [CONTENT_TYPE]
        assert record.topic == (governance if event.type in GOVERNANCE else topic)
        assert event.source == "/meetings"
        assert event.time == "2026-03-04T12:00:00.000000Z"


def test_events_of_one_loop_arrive_in_the_order_told(
    kafka: str, topic: str, publisher: Publisher
) -> None:
    told = [
        publisher.milestone_completed(
            program_id="acme",
            loop_id="loop-1",
            participant_id="p-1",
            milestone="matched",
            completion_id=f"c-{number}",
        )
        for number in range(500)
    ]

    publisher.flush()

    assert [read(record.value).id for record in records(kafka, topic)] == told


def test_the_end_of_the_with_block_confirms_what_was_told_and_closing_may_be_repeated(
    kafka: str, topic: str, governance: str
) -> None:
    with Publisher(
        [kafka], source="/meetings", topic=topic, governance_topic=governance
    ) as publisher:
        told = tell_one_of_each(publisher)
    assert len(records(kafka, topic)) + len(records(kafka, governance)) == len(told)
    publisher.close()


def test_a_bad_event_is_refused_before_anything_is_sent(
    kafka: str, topic: str, publisher: Publisher
) -> None:
    with pytest.raises(InvalidData, match="quiz_id must not be empty; score must be at most 1"):
        publisher.quiz_passed(
            program_id="acme", participant_id="p-1", quiz_id="", attempt_id="a", score=7
        )
    publisher.flush()
    assert records(kafka, topic) == []


KUDOS: dict[str, Any] = {
    "program_id": "acme",
    "loop_id": "loop-1",
    "kudos_id": "k-1",
    "giver_id": "ben",
    "recipient_id": "ann",
    "kind": "trust",
}


def test_a_note_leaves_sealed_to_the_key_that_is_given(
    kafka: str, topic: str, publisher: Publisher
) -> None:
    public, private = new_key_pair()
    publisher.kudos_given(**KUDOS, message="PRIVATE-1", seal_to=public.jwk())
    publisher.flush()

    (record,) = records(kafka, topic)
    assert b"PRIVATE" not in record.value
    read_by_engine = parse_record(record.value, record.headers)
    assert isinstance(read_by_engine, ParsedFact)
    assert read_by_engine.note is not None
    assert read_by_engine.note.is_sealed
    opened = open_sealed(read_by_engine.note.text, private)
    assert (opened["note"], opened["kudos_id"], opened["recipient_id"]) == (
        *("PRIVATE-1", "k-1", "ann"),
    )


@pytest.mark.parametrize("note", ["", "x" * 2001, "bell \x07"])
def test_a_note_that_may_not_be_sent_is_refused_before_it_is_sealed(
    kafka: str, topic: str, publisher: Publisher, note: str
) -> None:
    public, _ = new_key_pair()
    with pytest.raises(InvalidData, match="message must"):
        publisher.kudos_given(**KUDOS, message=note, seal_to=public.jwk())
    with pytest.raises(ValueError, match="not an X25519 key"):
        publisher.kudos_given(**KUDOS, message="note", seal_to={"kty": "RSA"})
    publisher.flush()
    assert records(kafka, topic) == []


def test_a_raw_value_is_sent_as_it_stands(kafka: str, topic: str, publisher: Publisher) -> None:
    publisher.send_raw(b"not json \xff", b"loop-1")
    publisher.send_raw(b"{}", None)
    publisher.flush()
    sent = {(record.key, record.value) for record in records(kafka, topic)}
    assert sent == {(b"loop-1", b"not json \xff"), (None, b"{}")}


def test_what_the_broker_refuses_is_named_and_the_rest_is_confirmed(kafka: str) -> None:
    # Given a topic that takes no more than 1,000 bytes at once,
    topic = create_topic(kafka, **{"max.message.bytes": "1000"})
    publisher = Publisher(kafka, source="/meetings", topic=topic, governance_topic=topic)

    # when small ones are sent together, more than 1,000 bytes of them, and one that is larger,
    small = tell_one_of_each(publisher)
    publisher.flush()
    large = publisher.kudos_given(
        program_id="acme",
        loop_id="loop-1",
        kudos_id="k-2",
        giver_id="p-1",
        recipient_id="p-2",
        kind="trust",
        message="SECRET" * 300,
    )
    publisher.send_raw(b"x" * 2000, b"loop-1")
    with pytest.raises(DeliveryError) as failed:
        publisher.flush()

    # then it is named, with the reason, and nothing else is.
    assert [name for name, _ in failed.value.failures] == [large, "value 1"]
    assert "MessageSizeTooLarge" in str(failed.value)
    assert "SECRET" not in str(failed.value)
    assert {read(record.value).id for record in records(kafka, topic)} == set(small)
    publisher.close()


def test_a_topic_that_does_not_exist_is_a_delivery_error(kafka: str) -> None:
    publisher = Publisher(kafka, source="/s", topic="no-such-topic", delivery_timeout=2)
    with pytest.raises(DeliveryError, match="value 1"):
        send_and_flush(publisher)
    publisher.close()


def send_and_flush(publisher: Publisher) -> None:
    publisher.send_raw(b"{}", b"loop-1")
    publisher.flush()


def test_a_value_larger_than_a_request_is_named_at_once(publisher: Publisher) -> None:
    with pytest.raises(DeliveryError, match="value 1"):
        publisher.send_raw(b"x" * 2_000_000, b"loop-1")


def test_the_callers_own_error_is_not_hidden_by_undelivered_events(kafka: str) -> None:
    topic = create_topic(kafka, **{"max.message.bytes": "1000"})
    with pytest.raises(RuntimeError, match="the caller's") as raised:
        fail_after_sending(Publisher(kafka, source="/s", topic=topic))
    assert "value 1" in "".join(raised.value.__notes__)


def fail_after_sending(publisher: Publisher) -> None:
    with publisher:
        publisher.send_raw(b"x" * 2000, b"loop-1")
        raise RuntimeError("the caller's")


def test_where_no_broker_answers_opening_says_so() -> None:
    with pytest.raises(KafkaError):
        Publisher("127.0.0.1:1", source="/s", delivery_timeout=2)


def test_it_is_known_where_a_confirmed_event_lies(kafka: str, topic: str) -> None:
    with Publisher(kafka, source="/meetings", topic=topic) as publisher:
        first, second = (publisher.quiz_passed(**_PASSED, time=NOON) for _ in range(2))
        publisher.flush()
        places = {name: publisher.confirmed(name) for name in (first, second)}
        publisher.quiz_passed(**_PASSED, time=NOON)
        publisher.flush()
        assert publisher.confirmed(first) == places[first]
        assert publisher.confirmed("never-sent") is None
    found = {read(one.value, one.headers).id: one for one in records(kafka, topic)}
    for name, at in places.items():
        assert at == (topic, found[name].partition, found[name].offset)


def test_a_record_composed_before_is_sent_byte_for_byte(kafka: str, topic: str) -> None:
    record = compose(QUIZ, _PASSED, source="/meetings", time=NOON)
    with Publisher(kafka, source="/another", topic=topic) as publisher:
        publisher.send(record)
    (there,) = records(kafka, topic)
    assert (there.key, there.value, there.headers) == (record.key, record.value, [CONTENT_TYPE])
