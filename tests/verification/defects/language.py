"""The fold under a catalog of many kinds of rule, held against the oracle that reads any catalog.

Mentorloop counts, and counts distinct milestones; what else a catalog may say is broken here.
"""

from engine.catalog.loader import parse
from replay.build.preview import preview
from tests.support.given import LATEST
from tests.verification.checker.verdict import Violation
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.broad_histories import broad_history
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.histories import NOW

SCENARIO = "language"
JUDGED = "I4"
_ZONE = "America/New_York"
_MEETING = "event: mentoring.meeting.completed.v1, who: attendee_ids"

_WEEK = "{by: week, of: {distinct: attendee_ids}, each: 3}"

LANGUAGE_TEXT = f"""\
catalog: language
version: 1
calendar: {{zone: {_ZONE}, week_begins: sunday, year_begins: "07-01"}}
measures:
  days: {{{_MEETING}, aggregate: {{streak: {{by: day}}}}}}
  days_of_two: {{{_MEETING}, aggregate: {{streak: {{by: day, each: 2}}}}}}
  weeks: {{{_MEETING}, aggregate: {{streak: {{by: week}}}}}}
  weeks_met: {{{_MEETING}, aggregate: {{groups: {_WEEK}}}}}
  partners: {{{_MEETING}, aggregate: {{groups: {{by: attendee_ids, each: 3}}}}}}
  loops: {{{_MEETING}, aggregate: {{groups: {{by: loop_id, each: 2}}}}}}
  weekends: {{{_MEETING}, where: {{time: {{weekday: [saturday, sunday]}}}}, aggregate: count}}
  nights: {{{_MEETING}, where: {{time: {{hours: "22:00-02:00"}}}}, aggregate: count}}
  as_mentee:
    event: mentoring.meeting.completed.v1
    who: {{any_of: [attendee_ids], none_of: [mentor_ids]}}
    aggregate: count
  others: {{{_MEETING}, aggregate: {{distinct: {{field: attendee_ids, others: true}}}}}}
  one_mentor: {{{_MEETING}, where: {{mentor_ids: {{size: {{at_most: 1}}}}}}, aggregate: count}}
badges:
  days:
    levels: {{two: {{at_least: {{days: 2}}}}, three: {{at_least: {{days: 3}}}}}}
    name: Days
    description: Days in a row
  two-a-day: {{name: T, description: T, criterion: {{at_least: {{days_of_two: 1}}}}}}
  weeks: {{name: W, description: W, scope: program, criterion: {{at_least: {{weeks: 2}}}}}}
  weeks-met: {{name: M, description: M, scope: program, criterion: {{at_least: {{weeks_met: 2}}}}}}
  partners: {{name: P, description: P, scope: program, criterion: {{at_least: {{partners: 2}}}}}}
  loops: {{name: L, description: L, scope: program, criterion: {{at_least: {{loops: 2}}}}}}
  weekends: {{name: E, description: E, criterion: {{at_least: {{weekends: 2}}}}}}
  nights: {{name: N, description: N, criterion: {{at_least: {{nights: 1}}}}}}
  as-mentee: {{name: A, description: A, criterion: {{at_least: {{as_mentee: 3}}}}}}
  others: {{name: O, description: O, scope: program, criterion: {{at_least: {{others: 3}}}}}}
  one-mentor: {{name: R, description: R, criterion: {{at_least: {{one_mentor: 2}}}}}}
  weighed:
    name: Weighed
    description: Points
    scope: program
    criterion: {{points: {{at_least: 20, of: {{others: 5.5, loops: 2, days: 0.5}}}}}}
  some:
    name: Some
    description: Two of three
    scope: program
    criterion:
      some_of:
        number: 2
        of:
          - at_least: {{others: 2}}
          - at_least: {{as_mentee: 4}}
          - at_least: {{loops: 1}}
"""


def violations(events: int = 150) -> list[Violation]:
    """The awards that the engine gives and the oracle does not, or the other way round."""
    lines = broad_history(3, events, zone=_ZONE, kinds=(), people=4)
    expected = answer_under(read_catalog(LANGUAGE_TEXT), lines, NOW).awards
    awards = [award.as_json() for award in preview(lines, parse(LANGUAGE_TEXT), LATEST).awards]
    return [
        Violation(JUDGED, f"{award['badge']} of {award['recipient_id']}: {award}")
        for one, other in ((awards, expected), (expected, awards))
        for award in one
        if award not in other
    ]
