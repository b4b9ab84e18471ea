"""A panel of a demonstration: Priya's renewal lacks reviews, a draw has picked who gives them, two
have, and the third waits on somebody's page."""

from governance import renewals
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.panels import drawing, requests
from governance.rules import deadlines
from governance.rules.panels import paths
from governance.rules.panels.weeks import Week
from governance.store import people
from web.demo.past import PastSittings

_GIVEN = (
    (
        "3323",
        "Every round of feedback names one thing to try next. Goals were written once and not "
        "looked at again; they would be the next step.",
    ),
    (
        "2332",
        "Advice fits the learner, also where time is short. The learner could lead more of the "
        "meetings than they do.",
    ),
)
"""Ratings, which repeat over the rows, and words."""


def make(past: PastSittings) -> None:
    """Hold a draw, and let all but one of those who are asked give their review.

    Raises:
        DatabaseUnreachable, CaseRefused
    """
    past.ago(8)
    past.do(renewals.open_due)
    past.ago(5)
    past.do(_draw)
    past.ago(2)
    past.do(_give)


def _draw(sitting: Sitting, program: str) -> None:
    calendar = rules_in_force.in_force(sitting, program).calendar
    week = Week.before(deadlines.day_of(calendar, sitting.now))
    drawing.hold(sitting, program, week, paths.solve)


def _give(sitting: Sitting, program: str) -> None:
    """The first reviewers, by name, give theirs; the last one has yet to."""
    asked = [
        (officer.participant, request.request_id)
        for officer in people.all_of(sitting.tx, program)
        if "reviewer" in officer.roles
        for request in requests.of_reviewer(sitting, program, officer.participant)
        if request.state == "asked"
    ]
    for (reviewer, request_id), (ratings, words) in zip(asked[:-1], _GIVEN, strict=False):
        rubric = requests.one(sitting, program, request_id, reviewer).rubric
        rows = [] if rubric is None else [row for row, _ in rubric.rows]
        given = {row: int(ratings[number % len(ratings)]) for number, row in enumerate(rows)}
        requests.give(sitting, program, request_id, reviewer, given, words)
