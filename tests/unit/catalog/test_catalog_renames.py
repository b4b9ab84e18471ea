"""Badges and levels that are called otherwise now are the same holdings as before."""

import pytest

from engine.catalog import renames
from engine.catalog.differences import differences
from engine.catalog.loader import CatalogError, parse
from engine.catalog.model import Catalog
from engine.catalog.renames import BadgeLevel
from events.award_ids import award_id
from tests.support.given import given, kudos, meeting

BEFORE = """\
catalog: renaming
version: 1
measures:
  meetings:
    event: mentoring.meeting.completed.v1
    who: attendee_ids
    aggregate: count
badges:
  regular:
    name: Regular
    description: Comes often
    levels:
      bronze: {at_least: {meetings: 1}}
      silver: {at_least: {meetings: 2}}
  trust:
    name: Trust
    description: Can be relied on
    repeatable:
      event: mentoring.kudos.given.v1
      who: recipient_id
      where: {kind: {one_of: [trust, reliance]}}
"""
NEW_NAMES = (
    BEFORE.replace("  regular:", "  steady:")
    .replace("bronze:", "copper:")
    .replace("  trust:", "  reliance:")
)
AFTER = f"{NEW_NAMES}renamed:\n  steady: [regular, {{copper: bronze}}]\n  reliance: trust\n"


def renamed(lines: str) -> Catalog:
    return parse(f"{NEW_NAMES}renamed:\n{lines}")


def test_an_award_has_the_id_of_the_oldest_names_and_the_names_of_today() -> None:
    records = (meeting("m1", "ann", at=1), meeting("m2", "ann", at=2))
    before = given(*records, catalog=parse(BEFORE)).awards
    after = given(*records, catalog=parse(AFTER)).awards
    assert [award.id for award in after] == [award.id for award in before]
    assert {(a.badge, a.level, a.occurrence) for a in after} == {
        ("steady", "copper", "copper"),
        ("steady", "silver", "silver"),
    }
    assert [award.evidence for award in after] == [award.evidence for award in before]


def test_kudos_of_a_renamed_kind_have_ids_of_the_former_one() -> None:
    (award,) = given(kudos("k", "ben", "ann", "reliance", at=1), catalog=parse(AFTER)).awards
    assert (award.badge, award.level) == ("reliance", None)
    assert award.id == award_id("program", "loop", "ann", "trust", "k")


def test_of_several_former_names_the_oldest_makes_the_id() -> None:
    catalog = renamed("  steady: [frequent, regular]\n  reliance: trust\n")
    assert catalog.award_id("p", "l", "ann", "steady", "copper") == award_id(
        "p", "l", "ann", "frequent", "copper"
    )


def test_a_new_name_is_another_catalog_and_a_catalog_without_one_keeps_its_digest() -> None:
    assert parse(f"{BEFORE}renamed: {{}}\n").digest == parse(BEFORE).digest
    digests = {parse(BEFORE).digest, parse(NEW_NAMES).digest, parse(AFTER).digest}
    assert len(digests) == 3


def test_the_names_in_between_decide_nothing() -> None:
    one = renamed("  steady: [regular, frequent]\n  reliance: trust\n")
    other = renamed("  steady: regular\n  reliance: trust\n")
    assert one.digest == other.digest


def test_there_and_back_every_name_has_its_counterpart() -> None:
    before, after = parse(BEFORE), parse(AFTER)
    there = renames.between(before, after)
    assert there[BadgeLevel("regular", "bronze")] == BadgeLevel("steady", "copper")
    assert there[BadgeLevel("regular", "silver")] == BadgeLevel("steady", "silver")
    assert there[BadgeLevel("trust", None)] == BadgeLevel("reliance", None)
    back = renames.between(after, before)
    assert back[BadgeLevel("steady", "copper")] == BadgeLevel("regular", "bronze")
    assert renames.between(before, before) == {}


def test_what_is_renamed_is_no_other_difference() -> None:
    assert differences(parse(BEFORE), parse(AFTER)) == [
        "steady: renamed, was regular",
        "steady copper: renamed, was bronze",
        "reliance: renamed, was trust",
    ]


@pytest.mark.parametrize(
    ("lines", "line", "fault"),
    [
        ("  nobody: regular\n", 1, "no badge is called `nobody`"),
        ("  steady: reliance\n", 1, "nothing else may be called that now"),
        ("  steady: steady\n", 1, "nothing else may be called that now"),
        ("  steady: regular\n  reliance: regular\n", 2, "an award has one id"),
        ("  steady: [regular, regular]\n", 1, "twice"),
        ("  steady: {copper: silver}\n", 1, "nothing else may be called that now"),
        ("  steady: {golden: gold}\n", 1, "has no level `golden`"),
        ("  steady: {copper: bronze, silver: bronze}\n", 1, "an award has one id"),
        ("  steady: [{copper: bronze}, {silver: tin}]\n", 1, "once"),
        ("  steady: 5\n", 1, "must be text"),
        ("  steady: []\n", 1, "at least one entry"),
        ("  reliance: {each: every}\n", 1, "has no level `each`"),
        ("  - steady\n", 0, "must be a mapping"),
    ],
)
def test_names_that_contradict_each_other_are_refused(lines: str, line: int, fault: str) -> None:
    with pytest.raises(CatalogError) as refused:
        renamed(lines)
    (found,) = dict.fromkeys(refused.value.faults)
    assert found.line == NEW_NAMES.count("\n") + 1 + line
    assert fault in found.message
