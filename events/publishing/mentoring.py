"""What happens between people who are paired, and that something did not happen after all."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from events.public_key import PublicKey
from events.publishing.publishes import Publishes
from events.schemas.fact_retracted import FactRetracted
from events.schemas.kudos_given import KudosGiven
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.milestone_completed import MilestoneCompleted
from events.schemas.quiz_passed import QuizPassed
from events.schemas.registry import read_data
from events.schemas.survey_submitted import SurveySubmitted
from events.sealing import seal_note


class MentoringEvents(Publishes):
    """Meetings, surveys, quizzes, kudos, milestones; retractions of every fact."""

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
        respondent_role: Literal["mentor", "mentee"] | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A participant rated others, 1 to 5; after a meeting, name it. Do not add the role to what
        was published without it: that would be another content. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "survey_id": survey_id,
            "survey": survey,
            "respondent_id": respondent_id,
            "about_ids": about_ids,
            "rating": rating,
            "meeting_id": meeting_id,
            "respondent_role": respondent_role,
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
