"""Catalogs for tests: one that uses every kind of rule, and one that only sums."""

from textwrap import indent

from engine.catalog.loader import parse
from engine.catalog.model import Catalog

EVERY_KIND_TEXT = """\
catalog: every-kind
version: 1
calendar: {zone: America/New_York, week_begins: sunday, year_begins: "07-01"}
measures:
  meetings:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: count
  mentored:
    event: mentoring.meeting.completed.v1
    who: mentor_ids
    aggregate: count
  minutes:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    where: {duration_minutes: {at_most: 100000}}
    aggregate: {sum: duration_minutes}
  met:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: {distinct: attendee_ids}
  ratings:
    event: mentoring.survey.submitted.v1
    who: about_ids
    where: {survey: {one_of: [mqs, post_meeting]}, rating: {at_least: 3}}
    aggregate: {distinct: rating}
  quizzes:
    event: mentoring.quiz.passed.v1
    who: participant_id
    aggregate: {distinct: quiz_id}
  scores:
    event: mentoring.quiz.passed.v1
    who: participant_id
    aggregate: {sum: score}
  evenings:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    where: {time: {hours: "12:00-03:00", weekday: [monday, wednesday, saturday]}}
    aggregate: {groups: {by: attendee_ids, each: 2}}
  months:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: {groups: {by: month, of: {sum: duration_minutes}, each: 40}}
  days:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: {streak: {by: day, of: {distinct: attendee_ids}, each: 2}}
  others:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: {distinct: {field: attendee_ids, others: true}}
  as_mentee:
    event: mentoring.meeting.completed.v1
    who: {any_of: [attendee_ids], none_of: [mentor_ids]}
    where: {attendee_ids: {size: {at_least: 2}}}
    aggregate: count
badges:
  veteran:
    name: Veteran
    description: Holds two levels and is a scholar
    criterion:
      holds: [{badge: talker, level: short}, sociable, scholar]
  talker:
    name: Talker
    description: Time spent
    levels:
      short: {at_least: {minutes: 45.5}}
      long: {at_least: {minutes: 120}}
  sociable:
    name: Sociable
    description: Met many
    criterion: {at_least: {met: 3}}
  rated:
    name: Rated
    description: Got a three and a five
    criterion: {includes_all: {ratings: [3, 5]}}
  either:
    name: Either
    description: One of two ways
    criterion:
      any_of:
        - all_of:
            - at_least: {mentored: 1}
            - at_least: {meetings: 2}
        - at_least: {meetings: 3}
        - all_of:
            - holds: [learned]
            - at_least: {quizzes: 1}
  scholar:
    name: Scholar
    description: Two quizzes
    scope: program
    criterion: {at_least: {quizzes: 2}}
  learned:
    name: Learned
    description: A scholar with scores
    scope: program
    criterion:
      all_of:
        - holds: [scholar]
        - at_least: {scores: 1.6}
  evening-people:
    name: Evening people
    description: Several people met twice each
    criterion: {at_least: {evenings: 2}}
  monthly:
    name: Monthly
    description: Two months with enough
    scope: program
    criterion: {at_least: {months: 2}}
  daily:
    name: Daily
    description: Days in a row
    levels:
      short: {at_least: {days: 2}}
      longer: {at_least: {days: 3}}
  pillar:
    name: Pillar
    description: Points for several things
    scope: program
    criterion: {points: {at_least: 10, of: {others: 2.5, minutes: 0.05, quizzes: 3}}}
  some:
    name: Some
    description: Two of three, whichever
    category: variety
    criterion:
      some_of:
        number: 2
        of: [{at_least: {as_mentee: 2}}, {at_least: {others: 2}}, {includes_all: {ratings: [5]}}]
  thanks:
    name: Thanks
    description: Any kudos of the kind thanks
    repeatable:
      event: mentoring.kudos.given.v1
      who: recipient_id
      where: {kind: {equals: thanks}}
"""

EVERY_KIND: Catalog = parse(EVERY_KIND_TEXT)
"""Every aggregate, criterion and condition, both scopes, and holds that cross them."""

ONLY_MINUTES_TEXT = """\
catalog: only-minutes
version: 1
measures:
  minutes:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: {sum: duration_minutes}
badges: {}
"""
ONLY_MINUTES: Catalog = parse(ONLY_MINUTES_TEXT)
"""A sum, which may be zero, and no badge."""


def catalog_of(measures: str, badges: str = "", more: str = "") -> Catalog:
    """A catalog from the insides of its parts, each a line of YAML or several."""
    return parse(text_of(measures, badges, more), "test.yaml")


def text_of(measures: str, badges: str = "", more: str = "") -> str:
    """Its text. The measures begin at line 4, the badges after them."""
    parts = [f"measures:{_within(measures)}", f"badges:{_within(badges)}", more]
    return "catalog: test\nversion: 1\n" + "\n".join(parts)


def _within(lines: str) -> str:
    return "\n" + indent(lines.strip(), "  ") if lines.strip() else " {}"


def badge_of(criterion: str, *, name: str = "badge", scope: str = "loop") -> str:
    """A badge with this criterion, as a line of YAML."""
    return f"{name}: {{name: B, description: B, scope: {scope}, criterion: {criterion}}}"
