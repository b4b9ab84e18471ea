"""The events that report a fact, by type: a new one is one line here."""

from events.schemas.kudos_given import KudosGiven
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.milestone_completed import MilestoneCompleted
from events.schemas.model import EventData
from events.schemas.quiz_passed import QuizPassed
from events.schemas.survey_submitted import SurveySubmitted

FACTS: dict[str, type[EventData]] = {
    model.TYPE: model
    for model in (MeetingCompleted, SurveySubmitted, QuizPassed, KudosGiven, MilestoneCompleted)
}
