"""Publishing to the badge engine what happened: the SDK for other services.

    with Publisher("broker:9092", source="/meetings") as publisher:
        publisher.meeting_completed(
            program_id="acme", loop_id="loop-7", meeting_id="m-42",
            attendee_ids=["p-1", "p-2"], time=meeting.ended_at,
        )

An event is checked before it is sent (InvalidData at the caller, nothing sent), and confirmed by
all in-sync replicas when flush or the end of the `with` block returns; DeliveryError names those
that were not (at once, if an event could not even be handed over). Events of one loop arrive in
the order of the calls.

Publishing a fact again is safe as long as it is the same, its `time` included: pass the time from
your own record rather than the default, now, wherever you may have to publish it twice.

`describe_…` and `forget_…` tell the directory who is who; they go to a topic of their own. A
description is the whole state: what it leaves out is no longer so.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from types import TracebackType
from typing import Literal, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError, UnknownError

from events.deliveries import Confirmed, Deliveries, DeliveryError
from events.envelope import CONTENT_TYPE
from events.kafka_reasons import listening
from events.kafka_security import Security
from events.outgoing import OutgoingRecord, compose, compose_description, key_of_description
from events.public_key import PublicKey
from events.schemas.directory.description import directory_key
from events.schemas.directory.loop_described import LoopDescribed
from events.schemas.directory.participant_described import ParticipantDescribed
from events.schemas.directory.program_described import ProgramDescribed
from events.schemas.fact_retracted import FactRetracted
from events.schemas.kudos_given import KudosGiven
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.milestone_completed import MilestoneCompleted
from events.schemas.quiz_passed import QuizPassed
from events.schemas.registry import read_data
from events.schemas.survey_submitted import SurveySubmitted
from events.sealing import seal_note

__all__ = ["Confirmed", "DeliveryError", "Publisher", "Security"]

_PLAINTEXT = Security()


# What Kafka's own timeout needs to be reported.
_GRACE = 5.0


class Publisher:
    """Sends activity events; safe to share between threads. Opening it raises KafkaError if no
    broker answers, with a note that says why if that is known. Events unconfirmed after
    `delivery_timeout` seconds count as failed."""

    def __init__(
        self,
        bootstrap_servers: str | Sequence[str],
        *,
        source: str,
        topic: str = "mentoring.activity",
        directory_topic: str = "mentoring.directory",
        security: Security = _PLAINTEXT,
        delivery_timeout: float = 120.0,
    ) -> None:
        self._source = source
        self._topic = topic
        self._directory_topic = directory_topic
        self._patience = delivery_timeout + _GRACE
        self._deliveries = Deliveries()
        self._raw_values = count(1)
        options = {
            "bootstrap_servers": bootstrap_servers,
            "client_id": "badge-engine-publisher",
            "enable_idempotence": True,
            "acks": "all",
            "linger_ms": 5,
            # Room for a value of 1 MiB with its key and headers.
            "max_request_size": 1_100_000,
            "delivery_timeout_ms": round(delivery_timeout * 1000),
            "bootstrap_timeout_ms": round(min(30.0, delivery_timeout) * 1000),
            "request_timeout_ms": round(min(30.0, delivery_timeout / 2) * 1000),
            "max_block_ms": round(min(60.0, delivery_timeout) * 1000),
            "allow_auto_create_topics": False,
            **security.kafka_python_options(),
        }
        with listening(security.protocol) as heard:
            try:
                self._producer = KafkaProducer(**options)
            except KafkaError as error:
                if heard.why:
                    error.add_note(heard.why)
                raise

    def meeting_completed(
        self,
        *,
        program_id: str,
        loop_id: str,
        meeting_id: str,
        attendee_ids: Collection[str],
        mentor_ids: Collection[str] = (),
        duration_minutes: float | None = None,
        kind: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A meeting took place. Mentors must be attendees; `kind` is for programs that distinguish
        meetings. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "meeting_id": meeting_id,
            "attendee_ids": attendee_ids,
            "mentor_ids": mentor_ids,
            "duration_minutes": duration_minutes,
            "kind": kind,
        }
        return self._publish(MeetingCompleted.TYPE, data, time, event_id)

    def survey_submitted(
        self,
        *,
        program_id: str,
        loop_id: str,
        survey_id: str,
        survey: Literal["mqs", "post_meeting"],
        respondent_id: str,
        about_ids: Collection[str],
        rating: int,
        meeting_id: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A participant rated others, 1 to 5; after a meeting, name it. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "survey_id": survey_id,
            "survey": survey,
            "respondent_id": respondent_id,
            "about_ids": about_ids,
            "rating": rating,
            "meeting_id": meeting_id,
        }
        return self._publish(SurveySubmitted.TYPE, data, time, event_id)

    def quiz_passed(
        self,
        *,
        program_id: str,
        participant_id: str,
        quiz_id: str,
        attempt_id: str,
        loop_id: str | None = None,
        score: float | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A participant passed a quiz, score 0 to 1. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "participant_id": participant_id,
            "quiz_id": quiz_id,
            "attempt_id": attempt_id,
            "score": score,
        }
        return self._publish(QuizPassed.TYPE, data, time, event_id)

    def kudos_given(
        self,
        *,
        program_id: str,
        loop_id: str,
        kudos_id: str,
        giver_id: str,
        recipient_id: str,
        kind: str,
        message: str | None = None,
        seal_to: Mapping[str, object] | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Kudos of a kind the program's catalog has; the message is private to the recipient
        and the program's coordinators. `seal_to`: the recipient's key, a JWK; with it the message
        leaves this process sealed. Returns the event id. Raises ValueError if it is no key."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "kudos_id": kudos_id,
            "giver_id": giver_id,
            "recipient_id": recipient_id,
            "kind": kind,
            "message": message,
        }
        if message is not None and seal_to is not None:
            key = PublicKey.of_jwk(seal_to)
            read_data(KudosGiven.TYPE, data)  # once it is sealed, nobody sees what is wrong with it
            data["message"] = None
            data["sealed_message"] = seal_note(
                message,
                key,
                program_id=program_id,
                loop_id=loop_id,
                kudos_id=kudos_id,
                recipient_id=recipient_id,
            )
        return self._publish(KudosGiven.TYPE, data, time, event_id)

    def milestone_completed(
        self,
        *,
        program_id: str,
        participant_id: str,
        milestone: str,
        completion_id: str,
        loop_id: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A participant completed a milestone, of a loop or of their own. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "participant_id": participant_id,
            "milestone": milestone,
            "completion_id": completion_id,
        }
        return self._publish(MilestoneCompleted.TYPE, data, time, event_id)

    def retracted(
        self,
        *,
        program_id: str,
        fact_type: str,
        fact_id: str,
        loop_id: str | None = None,
        participant_id: str | None = None,
        reason: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A fact was wrong: name it by type, natural key and loop (participant, if it had no
        loop). To correct one, publish the right one under a new key, then retract it. Returns the
        event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "participant_id": participant_id,
            "fact_type": fact_type,
            "fact_id": fact_id,
            "reason": reason,
        }
        return self._publish(FactRetracted.TYPE, data, time, event_id)

    def describe_program(
        self,
        *,
        program_id: str,
        name: str,
        time: datetime | None = None,
        event_id: str | None = None,
        **settings: object,
    ) -> str:
        """A program's name, and of its settings those that have not their default: `locale`,
        `timezone`, `self_match`, `kudos`, `sharing`, `branding`, `support_url`, `issuer`, as in
        docs/contract.md. Returns the event id."""
        data = {"program_id": program_id, "name": name, **settings}
        return self._describe(ProgramDescribed.TYPE, data, time, event_id)

    def describe_participant(
        self,
        *,
        program_id: str,
        participant_id: str,
        display_name: str,
        given_name: str | None = None,
        email: str | None = None,
        avatar_url: str | None = None,
        locale: str | None = None,
        timezone: str | None = None,
        roles: Collection[Literal["mentor", "mentee"]] | None = None,
        active: bool = True,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Who a participant of a program is. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "display_name": display_name,
            "given_name": given_name,
            "email": email,
            "avatar_url": avatar_url,
            "locale": locale,
            "timezone": timezone,
            "roles": roles,
            "active": active,
        }
        return self._describe(ParticipantDescribed.TYPE, data, time, event_id)

    def describe_loop(
        self,
        *,
        program_id: str,
        loop_id: str,
        kind: Literal["one_to_one", "group"],
        members: Mapping[str, Literal["mentor", "mentee"] | None],
        name: str | None = None,
        state: Literal["open", "closed"] = "open",
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Who is in a loop now: roles (or None) by participant id. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "name": name,
            "kind": kind,
            "members": [{"participant_id": who, "role": role} for who, role in members.items()],
            "state": state,
        }
        return self._describe(LoopDescribed.TYPE, data, time, event_id)

    def forget_program(self, *, program_id: str) -> None:
        """A program is as if it had never been described."""
        self._forget(directory_key("program", program_id, program_id))

    def forget_participant(self, *, program_id: str, participant_id: str) -> None:
        """A participant is as if they had never been described: name and address are forgotten,
        and nothing else."""
        self._forget(directory_key("participant", program_id, participant_id))

    def forget_loop(self, *, program_id: str, loop_id: str) -> None:
        """A loop is as if it had never been described: its people are those who did something in
        it."""
        self._forget(directory_key("loop", program_id, loop_id))

    def send_description(self, value: bytes) -> None:
        """Send a description that is rendered already, as it is. Raises InvalidData."""
        key = key_of_description(value)
        self._send(f"value {next(self._raw_values)}", key, value, self._directory_topic)

    def send_raw(self, value: bytes, key: bytes | None) -> None:
        """Send a value as it is, unchecked, as a structured CloudEvent. Failures name it by
        its position among the raw values sent, the first being "value 1"."""
        self._send(f"value {next(self._raw_values)}", key, value)

    def send(self, record: OutgoingRecord) -> None:
        """Send an activity event that was composed before, byte for byte."""
        self._send(record.event_id, record.key, record.value)

    def flush(self) -> None:
        """Wait until everything sent so far is confirmed or failed. Raises DeliveryError for
        what failed since the last flush."""
        # Raised when it gives up on a batch that it split; the deliveries decide.
        with suppress(UnknownError):
            self._producer.flush()
        self._deliveries.wait(self._patience)

    def confirmed(self, event_id: str) -> Confirmed | None:
        """Where an event lies in Kafka, after `flush`; None if it is not confirmed, or if ten
        thousand others were confirmed since."""
        return self._deliveries.confirmed(event_id)

    def close(self) -> None:
        """Flush and disconnect; safe to repeat. Raises DeliveryError as flush does."""
        try:
            self.flush()
        finally:
            with suppress(KafkaTimeoutError):
                self._producer.close(timeout=_GRACE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except DeliveryError as undelivered:
            # The first error is the cause; hiding it behind this one would mislead.
            if error is None:
                raise
            error.add_note(str(undelivered))

    def _publish(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        message = compose(type, data, source=self._source, time=time, event_id=event_id)
        self._send(message.event_id, message.key, message.value)
        return message.event_id

    def _describe(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        message = compose_description(type, data, source=self._source, time=time, event_id=event_id)
        self._send(message.event_id, message.key, message.value, self._directory_topic)
        return message.event_id

    def _forget(self, key: bytes) -> None:
        self._send(f"value {next(self._raw_values)}", key, None, self._directory_topic)

    def _send(
        self, name: str, key: bytes | None, value: bytes | None, topic: str | None = None
    ) -> None:
        headers = [] if value is None else [CONTENT_TYPE]
        try:
            future = self._producer.send(topic or self._topic, value, key=key, headers=headers)
        except KafkaError as error:
            # At once: no metadata or no room means the next one would block as long.
            raise DeliveryError([(name, f"{type(error).__name__}: {error}")]) from error
        self._deliveries.expect(name, future)
