"""Programs folded by other rules of time zones than the installed ones are named."""

import pytest

from engine.catalog.loader import parse
from engine.rules import time_zones
from engine.store.generations import replays, zone_rules
from engine.store.generations.zone_rules import OtherRules
from tests.integration.handlers.harness import Harness
from tests.integration.replay.rebuilt import approved, cut_over
from tests.support.given import meeting

ZONED = """\
catalog: zoned
version: 1
calendar: {zone: Europe/Berlin}
measures:
  days: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: {groups: {by: day}}}
badges:
  met: {name: Met, description: Has met, criterion: {at_least: {days: 1}}}
"""


def differing(harness: Harness) -> list[OtherRules]:
    with harness.transaction() as tx:
        return zone_rules.differing(tx)


def zoned(harness: Harness) -> int:
    """A program under a catalog with a zone; the number of its generation."""
    harness.tell(meeting("m1", "ann", at=1))
    number = approved(harness, parse(ZONED))
    cut_over(harness, number)
    return number


def test_a_program_folded_by_the_installed_rules_is_not_named(harness: Harness) -> None:
    zoned(harness)
    assert differing(harness) == []


def test_under_newer_rules_a_program_with_a_zone_is_named_with_its_old_ones(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = zoned(harness)
    monkeypatch.setattr(zone_rules, "RULES_VERSION", "2099a")
    (other,) = differing(harness)
    assert other == OtherRules("program", number, "Europe/Berlin", time_zones.RULES_VERSION)


def test_a_program_without_a_zone_is_never_named(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(meeting("m1", "ann", at=1))
    monkeypatch.setattr(zone_rules, "RULES_VERSION", "2099a")
    assert differing(harness) == []


def test_folding_again_under_the_same_catalog_puts_it_right(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoned(harness)
    for module in (zone_rules, replays):
        monkeypatch.setattr(module, "RULES_VERSION", "2099a")
    again = approved(harness, parse(ZONED))
    cut_over(harness, again)
    assert differing(harness) == []
