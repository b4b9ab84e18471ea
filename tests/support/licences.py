"""A program whose members renew a licence: one badge of which every award ends."""

from typing import Any

from engine.catalog.loader import parse
from engine.catalog.model import Catalog
from tests.support.given import Day, milestone

LICENCES_TEXT = """\
catalog: licences
version: 1
calendar: {zone: Europe/Berlin}
measures:
  milestones:
    event: mentoring.milestone.completed.v1
    who: participant_id
    aggregate: count
badges:
  licence:
    name: Licence
    description: Renewed every two years
    category: stage
    valid_for: {months: 24}
    repeatable:
      event: mentoring.milestone.completed.v1
      who: participant_id
      where: {milestone: {equals: licensed}}
  note:
    name: Note
    description: A milestone that stays
    repeatable:
      event: mentoring.milestone.completed.v1
      who: participant_id
      where: {milestone: {equals: noted}}
  busy:
    name: Busy
    description: Two milestones
    scope: program
    criterion: {at_least: {milestones: 2}}
"""
LICENCES: Catalog = parse(LICENCES_TEXT)


def licences_for(months: int | None) -> Catalog:
    """The same with a licence that is valid for another time, or without end."""
    valid = "" if months is None else f"    valid_for: {{months: {months}}}\n"
    return parse(LICENCES_TEXT.replace("    valid_for: {months: 24}\n", valid))


def licence(name: str, participant: str, at: Day = 1, **data: Any) -> bytes:
    """Somebody is licensed, or licensed again, in no loop."""
    return milestone(name, participant, "licensed", at, loop_id=None, **data)
