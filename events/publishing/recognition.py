"""What mentors are recognised for, of the services for portfolios, feedback, community and
learning."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Literal

from events.public_key import PublicKey
from events.publishing.publishes import Publishes
from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.contribution_made import ContributionMade
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.portfolio_assessed import PortfolioAssessed
from events.schemas.registry import read_data
from events.schemas.testimonial_given import TestimonialGiven
from events.schemas.training_completed import TrainingCompleted
from events.sealing import seal_note


class RecognitionEvents(Publishes):
    """Assessments, checkpoints, deliverables, testimonials, contributions, trainings."""

    def portfolio_assessed(
        self,
        *,
        program_id: str,
        loop_id: str,
        assessment_id: str,
        cohort_id: str,
        learner_id: str,
        mentor_ids: Collection[str],
        phase: Literal["baseline", "interim", "final"],
        rubric: str,
        rubric_version: int,
        assessed_by: Literal["independent", "mentor", "self"],
        raters: int,
        track: Literal["introductory", "advanced"],
        breadth: int,
        coherence: int,
        iteration: int,
        mastery: int,
        timeliness: int,
        articulation: int,
        total: int,
        context: str | None = None,
        project_id: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A learner's portfolio was assessed, six rows of 0 to 4; `total` is their sum.
        `time`: when the assessment was signed. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "assessment_id": assessment_id,
            "cohort_id": cohort_id,
            "learner_id": learner_id,
            "mentor_ids": mentor_ids,
            "phase": phase,
            "rubric": rubric,
            "rubric_version": rubric_version,
            "assessed_by": assessed_by,
            "raters": raters,
            "track": track,
            "breadth": breadth,
            "coherence": coherence,
            "iteration": iteration,
            "mastery": mastery,
            "timeliness": timeliness,
            "articulation": articulation,
            "total": total,
            "context": context,
            "project_id": project_id,
        }
        return self._publish(PortfolioAssessed.TYPE, data, time, event_id)

    def checkpoint_closed(
        self,
        *,
        program_id: str,
        loop_id: str,
        checkpoint_id: str,
        cohort_id: str,
        learner_id: str,
        mentor_ids: Collection[str],
        due_on: date,
        result: Literal["on_time", "late", "missed"],
        cause: Literal["none", "mentor", "learner", "excused"],
        milestone: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A checkpoint was closed. `cause` says whom it was up to that it was late or missed; it is
        "none" exactly if it was on time. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "checkpoint_id": checkpoint_id,
            "cohort_id": cohort_id,
            "learner_id": learner_id,
            "mentor_ids": mentor_ids,
            "due_on": due_on.isoformat(),
            "result": result,
            "cause": cause,
            "milestone": milestone,
        }
        return self._publish(CheckpointClosed.TYPE, data, time, event_id)

    def deliverable_accepted(
        self,
        *,
        program_id: str,
        loop_id: str,
        deliverable_id: str,
        participant_id: str,
        learner_id: str,
        cohort_id: str,
        kind: Literal[
            "scoping_brief",
            "feedback_round",
            "narrative_edit",
            "exemplar",
            "project_notes",
            "reflection",
        ],
        accepted_by: Literal["learner", "coordinator"],
        project_id: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """What a mentor, the participant, made with a learner was accepted. Returns the event
        id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "deliverable_id": deliverable_id,
            "participant_id": participant_id,
            "learner_id": learner_id,
            "cohort_id": cohort_id,
            "kind": kind,
            "accepted_by": accepted_by,
            "project_id": project_id,
        }
        return self._publish(DeliverableAccepted.TYPE, data, time, event_id)

    def testimonial_given(
        self,
        *,
        program_id: str,
        testimonial_id: str,
        participant_id: str,
        author_id: str,
        source: Literal["learner", "industry"],
        loop_id: str | None = None,
        cohort_id: str | None = None,
        score: int | None = None,
        narrative: str | None = None,
        seal_to: Mapping[str, object] | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Somebody spoke for a mentor, the participant; the narrative is private to that mentor.
        `seal_to`: the mentor's key, a JWK; with it the narrative leaves this process sealed.
        Returns the event id. Raises ValueError if it is no key."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "testimonial_id": testimonial_id,
            "participant_id": participant_id,
            "author_id": author_id,
            "source": source,
            "cohort_id": cohort_id,
            "score": score,
            "narrative": narrative,
        }
        if narrative is not None and seal_to is not None:
            key = PublicKey.of_jwk(seal_to)
            read_data(TestimonialGiven.TYPE, data)  # once it is sealed, nobody sees what is wrong
            data["narrative"] = None
            data["sealed_narrative"] = seal_note(
                narrative,
                key,
                program_id=program_id,
                loop_id=loop_id or "",
                testimonial_id=testimonial_id,
                participant_id=participant_id,
            )
        return self._publish(TestimonialGiven.TYPE, data, time, event_id)

    def contribution_made(
        self,
        *,
        program_id: str,
        participant_id: str,
        contribution_id: str,
        kind: Literal["webinar", "guide", "peer_coaching", "case_study", "curriculum"],
        reach: float | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A mentor did something for the community. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "contribution_id": contribution_id,
            "kind": kind,
            "reach": reach,
        }
        return self._publish(ContributionMade.TYPE, data, time, event_id)

    def training_completed(
        self,
        *,
        program_id: str,
        participant_id: str,
        completion_id: str,
        course_id: str,
        kind: Literal["clinic", "pedagogy", "rubric", "ethics", "foundations"],
        credits: float,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A mentor completed a training of their own, credits 0 to 1000. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "completion_id": completion_id,
            "course_id": course_id,
            "kind": kind,
            "credits": credits,
        }
        return self._publish(TrainingCompleted.TYPE, data, time, event_id)
