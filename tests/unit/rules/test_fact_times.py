"""`where: {time: …}` tests when a fact happened, by the calendar of the catalog."""

import pytest

from engine.catalog.loader import CatalogError
from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from events.instants import parse_instant
from tests.support.catalogs import catalog_of

MEETING = "mentoring.meeting.completed.v1"
BERLIN = "calendar: {zone: Europe/Berlin}\n"


def _catalog(tests: str, calendar: str = BERLIN) -> Catalog:
    return catalog_of(
        f"m: {{event: {MEETING}, who: attendee_ids, where: {{time: {tests}}}, aggregate: count}}",
        more=calendar,
    )


def _counts(catalog: Catalog, time: str) -> bool:
    fact = Fact(
        Place("p", "l", None), MEETING, "m", parse_instant(time), {"attendee_ids": ["ana", "ben"]}
    )
    return bool(catalog.contributions(fact))


@pytest.mark.parametrize(
    ("tests", "counted", "not_counted"),
    [
        ("{from: 2026-03-29}", "2026-03-28T23:00:00Z", "2026-03-28T22:59:59.999999Z"),
        ("{until: 2026-03-30}", "2026-03-29T21:59:59.999999Z", "2026-03-29T22:00:00Z"),
        ('{from: "2026-03-29T10:00:00+02:00"}', "2026-03-29T08:00:00Z", "2026-03-29T07:59:59Z"),
        ('{until: "2026-03-29t10:00:00z"}', "2026-03-29T09:59:59Z", "2026-03-29T10:00:00Z"),
        ("{weekday: [saturday, sunday]}", "2026-03-06T23:30:00Z", "2026-03-06T22:59:00Z"),
        ('{hours: "18:00-22:30"}', "2026-03-06T17:00:00Z", "2026-03-06T21:30:00Z"),
        ('{hours: "22:00-02:00"}', "2026-03-07T00:59:59.9Z", "2026-03-07T01:00:00Z"),
        ('{hours: "12:00-00:00"}', "2026-03-07T22:59:59Z", "2026-03-07T23:00:00Z"),
        ('{hours: "02:00-03:00"}', "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"),
        ('{hours: "02:00-03:00"}', "2026-10-25T01:30:00Z", "2026-03-29T01:30:00Z"),
        ('{date: "01-01"}', "2025-12-31T23:00:00Z", "2025-12-31T22:59:59Z"),
        ('{date: "02-29"}', "2028-02-29T12:00:00Z", "2027-03-01T12:00:00Z"),
        ("{weekday: [sunday], until: 2027-01-01}", "2026-03-08T08:00:00Z", "2027-03-07T12:00:00Z"),
    ],
)  # fmt: skip
def test_a_fact_counts_if_it_happened_then(tests: str, counted: str, not_counted: str) -> None:
    catalog = _catalog(tests)
    assert _counts(catalog, counted)
    assert not _counts(catalog, not_counted)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{weekday: [sunday, saturday]}", "{weekday: [saturday, sunday, sunday]}"),
        ('{from: "2026-03-29T10:00:00+02:00"}', "{from: 2026-03-29T08:00:00.000Z}"),
        ('{date: "01-01", hours: "10:00-11:00"}', "{hours: 10:00-11:00, date: 01-01}"),
    ],
)
def test_two_ways_to_write_one_time_decide_alike(one: str, other: str) -> None:
    assert _catalog(one).digest == _catalog(other).digest


@pytest.mark.parametrize(
    ("tests", "fault"),
    [
        ("{}", "at least one of from, until, weekday, hours, date"),
        ("{month: 3}", "where time has no `month`"),
        ("{from: yesterday}", "from must be a date, such as 2026-09-01, or an instant"),
        ('{until: "2026-02-30"}', "until must be a date"),
        ("{from: 2026-03-29T10:00:00}", "lacks its offset"),
        ("{weekday: saturday}", "weekday must be a list"),
        ("{weekday: [Saturday]}", "a weekday must be one of monday"),
        ("{weekday: []}", "at least one entry"),
        ('{hours: "22-2"}', "hours must be two different times of day"),
        ('{hours: "22:00-24:00"}', "hours must be two different times of day"),
        ('{hours: "10:00-10:00"}', "hours must be two different times of day"),
        ('{date: "02-30"}', "date must be a month and a day"),
        ("{date: 2026-01-01}", "date must be a month and a day"),
        ("{date: [01-01]}", "date must be text"),
    ],
)
def test_a_time_that_cannot_be_is_a_fault(tests: str, fault: str) -> None:
    with pytest.raises(CatalogError, match=fault) as caught:
        _catalog(tests)
    assert [at.line for at in caught.value.faults] == [4]


@pytest.mark.parametrize(
    ("calendar", "fault"),
    [
        ("{zone: Mars/Olympus}", "no time zone is called `Mars/Olympus`"),
        ("{zone: ../../etc/passwd}", "no time zone is called"),
        ("{zone: 1}", "zone must be text"),
        ("{week_begins: Sunday}", "week_begins must be one of monday"),
        ('{year_begins: "02-29"}', "a month and day that every year has"),
        ('{year_begins: "7-1"}', "a month and day that every year has"),
        ("{tz: UTC}", "calendar has no `tz`"),
        ("UTC", "calendar must be a mapping"),
    ],
)
def test_a_calendar_that_cannot_be_is_a_fault(calendar: str, fault: str) -> None:
    with pytest.raises(CatalogError, match=fault) as caught:
        _catalog("{weekday: [sunday]}", f"calendar: {calendar}\n")
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("aggregate", "fault"),
    [
        ("{groups: {each: 2}}", "groups lacks `by`"),
        ("{streak: {by: loop_id}}", "by of streak must be one of day, week"),
        ("{groups: {by: fortnight}}", "`fortnight` is no period"),
        ("{groups: {by: duration_minutes}}", "named by text, but field `duration_minutes`"),
        ("{groups: {by: month, each: 0}}", "each must be above 0"),
        ("{groups: {by: month, each: 0.0000001}}", "each must be above 0"),
        ("{groups: {by: month, each: many}}", "each must be a number"),
        ("{groups: {by: month, of: {streak: {by: day}}}}", "`streak` cannot stand in a group"),
        ("{groups: {by: month, of: {sum: meeting_id}}}", "`sum` adds numbers"),
        ("{groups: month}", "groups must be a mapping"),
        ("{streak: {by: week, every: 2}}", "streak has no `every`"),
    ],
)
def test_groups_that_cannot_be_are_a_fault(aggregate: str, fault: str) -> None:
    with pytest.raises(CatalogError, match=fault) as caught:
        catalog_of(f"m: {{event: {MEETING}, who: attendee_ids, aggregate: {aggregate}}}")
    assert [at.line for at in caught.value.faults] == [4]


def test_a_calendar_is_part_of_what_decides_only_if_it_is_another() -> None:
    plain = _catalog("{weekday: [sunday]}", "")
    same = _catalog("{weekday: [sunday]}", "calendar: {week_begins: monday}\n")
    assert same.digest == plain.digest
    assert _catalog("{weekday: [sunday]}").digest != plain.digest
