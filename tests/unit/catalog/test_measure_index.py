"""A fact's contributions: the measures it counts in, with everybody it names there."""

import pytest
from hypothesis import given, settings

from engine.catalog.loader import parse
from engine.catalog.model import Catalog
from engine.fact import Fact
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP
from tests.support.histories import facts

# All surveys are told apart by their kind, one measure asks for more, and one for a field.
TOLD_APART = parse(
    """
catalog: told-apart
version: 1
measures:
  top: {event: mentoring.survey.submitted.v1, who: about_ids, aggregate: count,
        where: {survey: {equals: mqs}, rating: {at_least: 5}}}
  all: {event: mentoring.survey.submitted.v1, who: about_ids, aggregate: count,
        where: {survey: {equals: mqs}}}
  after: {event: mentoring.survey.submitted.v1, who: respondent_id,
          aggregate: {distinct: meeting_id}, where: {survey: {equals: post_meeting}}}
  minutes: {event: mentoring.meeting.completed.v1, who: mentor_ids,
            aggregate: {sum: duration_minutes}}
badges:
  top: {name: Top, description: Top., criterion: {at_least: {top: 1}}}
  after: {name: After, description: After., scope: program, criterion: {at_least: {after: 1}}}
  thanks: {name: Thanks, description: Thanks.,
           repeatable: {event: mentoring.kudos.given.v1, who: recipient_id,
                        where: {kind: {equals: trust}}}}
"""
)


@pytest.mark.parametrize("catalog", [MENTORLOOP, EVERY_KIND, TOLD_APART], ids=lambda c: c.name)
@settings(deadline=None, max_examples=40)
@given(facts())
def test_contributions_are_what_asking_every_measure_gives(
    catalog: Catalog, told: list[Fact]
) -> None:
    for fact in told:
        asked = [
            (measure, person)
            for measure in catalog.measures
            if measure.counts(fact)
            for person in measure.people(fact)
        ]
        assert catalog.contributions(fact) == asked
        for scope in ("loop", "program"):
            tested = catalog.tested(scope)
            assert catalog.contributions_to(scope, fact) == [p for p in asked if p[0] in tested]
        repeatable = [pair for pair in asked if pair[0].name in catalog.repeatable]
        assert catalog.repeated_by(fact) == repeatable
