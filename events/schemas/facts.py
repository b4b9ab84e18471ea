"""The events that report a fact, by type: a new one is one line here."""

from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.contribution_made import ContributionMade
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.kudos_given import KudosGiven
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.milestone_completed import MilestoneCompleted
from events.schemas.model import EventData
from events.schemas.portfolio_assessed import PortfolioAssessed
from events.schemas.quiz_passed import QuizPassed
from events.schemas.review_submitted import ReviewSubmitted
from events.schemas.reward_granted import RewardGranted
from events.schemas.stewardship_recorded import StewardshipRecorded
from events.schemas.survey_submitted import SurveySubmitted
from events.schemas.testimonial_given import TestimonialGiven
from events.schemas.training_completed import TrainingCompleted

FACTS: dict[str, type[EventData]] = {
    model.TYPE: model
    for model in (
        MeetingCompleted,
        SurveySubmitted,
        QuizPassed,
        KudosGiven,
        MilestoneCompleted,
        PortfolioAssessed,
        CheckpointClosed,
        DeliverableAccepted,
        ReviewSubmitted,
        TestimonialGiven,
        ContributionMade,
        StewardshipRecorded,
        TrainingCompleted,
        DecisionRecorded,
        RewardGranted,
    )
}
