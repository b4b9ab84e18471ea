"""A small program of stages, and what is told of its mentors."""

from typing import Any

from engine.catalog import loader
from engine.catalog.model import Catalog
from tests.support.given import Day, meeting, record

PROGRAM = "guild"
_TYPE = "mentoring.{}.v1"

CATALOG: Catalog = loader.parse("""
catalog: stages
version: 1
calendar: {zone: Europe/Berlin}
measures:
  meetings: {event: mentoring.meeting.completed.v1, who: mentor_ids, aggregate: count}
  credits: {event: mentoring.training.completed.v1, who: participant_id, aggregate: {sum: credits}}
badges:
  apprentice:
    name: Apprentice Mentor
    description: Begun
    scope: program
    criterion: {at_least: {meetings: 1}}
  proficient:
    name: Proficient Mentor
    description: Helps learners show their work
    category: stage
    valid_for: {months: 24}
    repeatable:
      event: mentoring.decision.recorded.v1
      who: participant_id
      where:
        case: {equals: proficient}
        outcome: {one_of: [granted, renewed]}
        approver_ids: {size: {at_least: 2}}
  learning:
    name: Always Learning
    description: Credits in mentoring
    scope: program
    levels: {bronze: {at_least: {credits: 4}}, silver: {at_least: {credits: 40}}}
indicators:
  portfolio_gain:
    event: mentoring.portfolio.assessed.v1
    who: mentor_ids
    where: {rubric: {equals: portfolio}}
    aggregate:
      gain:
        field: total
        by: [cohort_id, learner_id]
        from: {phase: {equals: baseline}}
        to: {phase: {equals: final}}
  practice_score:
    event: mentoring.review.submitted.v1
    who: participant_id
    where: {rubric: {equals: practice}}
    aggregate: {mean: score}
  learner_rating:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate: {mean: rating}
rubrics:
  practice/1:
    of: Six months of mentoring
    rated_by: a panel of three or more
    score: the mean of the two rows
    rows:
      care: [not shown, tells, listens, adapts, opens doors]
      growth: [not shown, encourages, names a step, ties it to a goal, walks through]
  unused/2:
    of: Nothing yet
    rated_by: nobody
    rows:
      only: [a, b, c, d, e]
stages:
  apprentice-mentor:
    badge: apprentice
    role: introductory
    opens: [coaching clinics]
  proficient-mentor:
    badge: proficient
    approvers: 2
    given:
      all_of:
        - holds: [apprentice]
        - at_least: {portfolio_gain: {value: 3, sample: 2}}
        - at_least: {practice_score: {value: 2.5, sample: 3}}
        - any_of: [{at_least: {credits: 10}}, {at_least: {meetings: 40}}]
        - at_least: {learner_rating: {value: 3.5, sample: 1}}
    renewed:
      at_least: {credits: {value: 2, in_last: {months: 12}}}
    role: independent
    opens: [review peers]
    deliverables: [a dossier]
    checkpoints: quarterly
governance:
  deadlines_days: {renewal_opens: 90}
""")


def met(name: str, mentor: str, at: Day = 1) -> bytes:
    """A meeting of a mentor with a learner."""
    fields: dict[str, Any] = {"mentor_ids": [mentor], "program_id": PROGRAM, "loop_id": "loop"}
    return meeting(name, mentor, "lee", at=at, **fields)


def trained(name: str, mentor: str, credits: float, at: Day = 2) -> bytes:
    """A course that a mentor completed."""
    return _told("training.completed", at, {
        "completion_id": name, "participant_id": mentor, "course_id": name, "kind": "clinic",
        "credits": credits,
    })  # fmt: skip


def assessed(name: str, mentor: str, learner: str, phase: str, total: int, at: Day = 3) -> bytes:
    """An independent assessment of the portfolio of a mentor's learner."""
    rows = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
    whole, rest = divmod(total, len(rows))
    ratings = {row: whole + (number < rest) for number, row in enumerate(rows)}
    return _told("portfolio.assessed", at, {
        "assessment_id": name, "loop_id": "loop", "cohort_id": "c1", "learner_id": learner,
        "mentor_ids": [mentor], "phase": phase, "rubric": "portfolio", "rubric_version": 1,
        "assessed_by": "independent", "raters": 2, "track": "introductory", "total": total,
        **ratings,
    })  # fmt: skip


def reviewed(name: str, mentor: str, panel: str, seat: int, care: int, at: Day = 4) -> bytes:
    """A seat's review of a mentor."""
    return _told("review.submitted", at, {
        "review_id": name, "participant_id": mentor, "panel_id": panel, "seat": seat,
        "rubric": "practice", "rubric_version": 1, "ratings": {"care": care, "growth": care},
        "score": care,
    })  # fmt: skip


def rated(name: str, learner: str, mentor: str, rating: int, at: Day = 5) -> bytes:
    """A learner's survey about a mentor."""
    return _told("survey.submitted", at, {
        "survey_id": name, "loop_id": "loop", "survey": "mqs", "respondent_id": learner,
        "about_ids": [mentor], "rating": rating,
    })  # fmt: skip


def decided(name: str, mentor: str, outcome: str = "granted", at: Day = 10) -> bytes:
    """A decision of the committee."""
    return _told("decision.recorded", at, {
        "decision_id": name, "participant_id": mentor, "case": "proficient", "outcome": outcome,
        "as_of": at if isinstance(at, str) else f"2026-03-{at:02}T10:00:00Z",
        "approver_ids": ["ruth", "sam"], "pack": "9f" * 32, "policy": "41" * 32,
    })  # fmt: skip


def _told(kind: str, at: Day, data: dict[str, Any]) -> bytes:
    return record(_TYPE.format(kind), at, {"program_id": PROGRAM, **data})
