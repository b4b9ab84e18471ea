"""What happened, by type of fact, in words that name nobody."""

WORDS = {
    "mentoring.meeting.completed.v1": "a meeting was completed",
    "mentoring.survey.submitted.v1": "a survey was submitted",
    "mentoring.quiz.passed.v1": "a quiz was passed",
    "mentoring.kudos.given.v1": "kudos were given",
    "mentoring.milestone.completed.v1": "a milestone was completed",
    "mentoring.portfolio.assessed.v1": "a portfolio was assessed",
    "mentoring.checkpoint.closed.v1": "a checkpoint was closed",
    "mentoring.deliverable.accepted.v1": "a piece of work was accepted",
    "mentoring.review.submitted.v1": "a panel reviewed",
    "mentoring.testimonial.given.v1": "a testimonial was given",
    "mentoring.contribution.made.v1": "a contribution was made",
    "mentoring.stewardship.recorded.v1": "a service to the program was recorded",
    "mentoring.training.completed.v1": "a course was completed",
    "mentoring.decision.recorded.v1": "the committee decided",
    "mentoring.reward.granted.v1": "a reward was granted",
}


def words_of(fact_type: str) -> str:
    """Such as "a meeting was completed"."""
    return WORDS.get(fact_type, "something was recorded")
