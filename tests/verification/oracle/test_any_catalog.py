"""The oracle for any catalog: examples worked out by hand, kind by kind."""

from typing import Any

import pytest

from replay.build.preview import preview
from tests.support.catalogs import EVERY_KIND
from tests.support.given import (
    LATEST,
    MEETING,
    MENTORLOOP,
    kudos,
    meeting,
    milestone,
    quiz,
    retracted,
    survey,
)
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer

MEASURE = """\
measures:
  measure: {{event: mentoring.{event}.v1, who: {who}, where: {where}, aggregate: {aggregate}}}
  surveys: {{event: mentoring.survey.submitted.v1, who: respondent_id, aggregate: count}}
"""


def earned(
    lines: list[bytes],
    aggregate: str = "count",
    criterion: str = "{at_least: {measure: 1}}",
    *,
    event: str = "meeting.completed",
    who: str = "attendee_ids",
    where: str = "{}",
    more: str = "",
) -> dict[str, tuple[str, list[str]]]:
    """Who earned the one badge: month, day and hour in UTC, and the ids of the evidence."""
    measure = MEASURE.format(event=event, who=who, where=where, aggregate=aggregate)
    text = f"{more}\n{measure}\nbadges: {{badge: {{criterion: {criterion}}}}}"
    awards = answer_under(read_catalog(text), lines, NOW).awards
    return {
        award["recipient_id"]: (award["awarded_at"][5:13], [e["id"] for e in award["evidence"]])
        for award in awards
    }


def at(*times: str, who: str = "ann", **data: Any) -> list[bytes]:
    """A meeting at each of these times (month, day, hour in UTC), named by its number."""
    return [
        meeting(f"m{number}", who, at=f"2026-{time}:30:00Z", **data)
        for number, time in enumerate(times, 1)
    ]


NEW_YORK = "calendar: {zone: America/New_York}"


def test_two_days_in_utc_are_one_in_new_york_and_the_other_way_round() -> None:
    lines = at("05-04T23", "05-05T03", "05-05T13")
    days = "{streak: {by: day}}"
    two = "{at_least: {measure: 2}}"
    assert earned(lines, days, two) == {"ann": ("05-05T03", ["m1", "m2"])}
    assert earned(lines, days, two, more=NEW_YORK) == {"ann": ("05-05T13", ["m1", "m3"])}


def test_a_streak_is_the_longest_run_and_its_evidence_that_run_alone() -> None:
    lines = at("05-01T10", "05-02T10", "05-04T10", "05-05T10", "05-05T12", "05-06T10")
    three = earned(lines, "{streak: {by: day}}", "{at_least: {measure: 3}}")
    assert three == {"ann": ("05-06T10", ["m3", "m4", "m6"])}
    assert earned(
        [*lines, retracted(MEETING, "m4")], "{streak: {by: day}}", "{at_least: {measure: 3}}"
    ) == {"ann": ("05-06T10", ["m3", "m5", "m6"])}
    both = [*lines, retracted(MEETING, "m4"), retracted(MEETING, "m5")]
    assert earned(both, "{streak: {by: day}}", "{at_least: {measure: 3}}") == {}


def test_weeks_begin_with_the_day_that_the_program_says() -> None:
    """Given a Monday, the Tuesday of the week after, and the Monday after that."""
    lines = at("05-04T10", "05-12T10", "05-18T10")
    three = "{at_least: {measure: 3}}"
    weeks = earned(lines, "{streak: {by: week}}", three)
    assert weeks == {"ann": ("05-18T10", ["m1", "m2", "m3"])}
    begins = "calendar: {week_begins: tuesday}"
    assert earned(lines, "{streak: {by: week}}", three.replace("3", "2"), more=begins) == {}


def test_a_group_counts_with_each_of_its_size_and_proves_itself_up_to_there() -> None:
    lines = [
        *at("05-01T10", "05-01T11", "05-01T12", "06-01T00"),
        *(meeting(f"n{n}", "ann", at=f"2026-05-2{n}T10:00:00Z", kind="review") for n in (1, 2)),
    ]
    two_days = earned(lines, "{groups: {by: day, each: 2}}", "{at_least: {measure: 1}}")
    assert two_days == {"ann": ("05-01T11", ["m1", "m2"])}
    kinds = earned(lines, "{groups: {by: kind, each: 2}}")
    assert kinds == {"ann": ("05-22T10", ["n1", "n2"])}


@pytest.mark.parametrize(
    ("year_begins", "since"), [("01-01", ["m1", "m2"]), ("09-01", ["m2", "m3"])]
)
def test_a_year_begins_when_the_program_says(year_begins: str, since: list[str]) -> None:
    lines = [
        meeting(f"m{number}", "ann", at=f"{day}T10:00:00Z")
        for number, day in enumerate(["2025-02-01", "2025-10-01", "2026-02-01"], 1)
    ]
    calendar = f'calendar: {{year_begins: "{year_begins}"}}'
    got = earned(lines, "{groups: {by: year, each: 2}}", more=calendar)
    assert got["ann"][1] == since


def test_an_absent_field_counts_nowhere() -> None:
    lines = [*at("05-01T10"), *at("05-02T10", duration_minutes=30, mentor_ids=[])]
    assert earned(lines[:1], "{sum: duration_minutes}", "{at_least: {measure: 0.000001}}") == {}
    assert earned(lines, where="{mentor_ids: {size: {at_most: 0}}}") == {}


def test_others_are_counted_without_oneself() -> None:
    lines = [meeting("m1", "ann", at=1), meeting("m2", "ann", "ben", at=2)]
    others = "{distinct: {field: attendee_ids, others: true}}"
    assert earned(lines, others) == {"ann": ("03-02T10", ["m2"]), "ben": ("03-02T10", ["m2"])}


def test_of_a_union_the_others_are_left_out_and_nobody_counts_twice() -> None:
    lines = [meeting("m1", "ann", "ben", mentor_ids=["ann"])]
    mentees = earned(lines, who="{any_of: [attendee_ids, mentor_ids], none_of: [mentor_ids]}")
    assert mentees == {"ben": ("03-01T10", ["m1"])}


@pytest.mark.parametrize(
    ("where", "counted"),
    [
        ("{time: {from: 2026-05-02, until: 2026-05-03}}", ["m3", "m4"]),
        ("{time: {from: '2026-05-02T00:00:00-04:00'}}", ["m3", "m4", "m5"]),
        ("{time: {weekday: [saturday]}}", ["m3", "m4"]),  # 2 May 2026
        ("{time: {hours: '22:00-02:00'}}", ["m1", "m2", "m4"]),
        ("{time: {hours: '12:00-00:00'}}", ["m1", "m4", "m5"]),
        ("{time: {date: '05-02'}}", ["m3", "m4"]),
    ],
)
def test_conditions_of_time_are_of_the_zone(where: str, counted: list[str]) -> None:
    """In New York: 30 April 22:30, 1 May 00:30, 2 May 02:30, 2 May 23:30, 3 May 12:30."""
    lines = at("05-01T02", "05-01T04", "05-02T06", "05-03T03", "05-03T16")
    number = f"{{at_least: {{measure: {len(counted)}}}}}"
    assert earned(lines, "count", number, where=where, more=NEW_YORK)["ann"][1] == counted


def test_points_weigh_the_facts_of_several_measures_in_their_order() -> None:
    lines = [*at("05-01T10", "05-03T10"), survey("s", "ann", "ben", at="2026-05-02T10:00:00Z")]
    for needed, since in ((2, "05-01T10"), (2.1, "05-02T10"), (2.5, "05-02T10"), (4.5, "05-03T10")):
        points = f"{{points: {{at_least: {needed}, of: {{measure: 2, surveys: 0.5}}}}}}"
        assert earned(lines, "count", points)["ann"][0] == since


def test_some_of_is_since_the_earliest_so_many() -> None:
    lines = [*at("05-01T10", "05-03T10"), survey("s", "ann", "ben", at="2026-05-02T10:00:00Z")]
    parts = "[{at_least: {measure: 2}}, {at_least: {surveys: 1}}, {at_least: {measure: 1}}]"
    some = f"{{some_of: {{number: 2, of: {parts}}}}}"
    assert earned(lines, "count", some) == {"ann": ("05-02T10", ["m1", "s"])}


def test_a_number_is_as_much_as_its_millionths() -> None:
    lines = at("05-01T10", "05-02T10")
    assert earned(lines, "count", "{at_least: {measure: 2.0000004}}")["ann"][1] == ["m1", "m2"]
    assert earned(lines, "count", "{at_least: {measure: 2.0000006}}") == {}


def test_the_ids_of_what_was_renamed_are_those_of_the_oldest_names() -> None:
    lines = [kudos("k", "ben", "ann", "thanks"), quiz("q", "ann")]
    text = """
measures: {}
badges:
  thanks: {repeatable: {event: mentoring.kudos.given.v1, who: recipient_id}}
"""
    (before,) = answer_under(read_catalog(text), lines, NOW).awards
    renamed = f"{text}renamed: {{thanks: [gratitude, thank-you]}}"
    (after,) = answer_under(read_catalog(renamed), lines, NOW).awards
    assert after["badge"] == before["badge"] == "thanks"
    assert after["award_id"] != before["award_id"]
    old = text.replace("thanks", "gratitude")
    given = [kudos("k", "ben", "ann", "gratitude")]
    assert answer_under(read_catalog(old), given, NOW).awards[0]["award_id"] == after["award_id"]


def test_a_repeatable_badge_over_facts_without_a_loop_has_none() -> None:
    rule = "{event: mentoring.milestone.completed.v1, who: participant_id}"
    text = f"measures: {{}}\nbadges: {{step: {{repeatable: {rule}}}}}"
    lines = [milestone("c1", "ann", "joined", loop_id=None), milestone("c2", "ann", "matched")]
    awards = answer_under(read_catalog(text), lines, NOW).awards
    assert {(a["occurrence"], a["loop_id"]) for a in awards} == {("c1", None), ("c2", "loop")}


def test_what_is_included_counts_too() -> None:
    text = "include: [mentorloop]\nmeasures: {}\nbadges: {}"
    lines = history(3, 150)
    assert answer_under(read_catalog(text), lines, NOW) == answer(lines, NOW)


@pytest.mark.parametrize("seed", range(6))
def test_both_oracles_give_the_same_under_mentorloop(seed: int) -> None:
    lines = history(seed, 200, programs=1 + seed % 2, loops=1 + seed % 3, people=2 + seed % 4)
    assert answer_under(read_catalog(MENTORLOOP.text), lines, NOW) == answer(lines, NOW)


@pytest.mark.parametrize("seed", range(4))
def test_a_preview_of_every_kind_of_record_gives_what_the_oracle_gives(seed: int) -> None:
    lines = history(seed, 200)
    got = preview(lines, EVERY_KIND, LATEST)
    said = answer_under(read_catalog(EVERY_KIND.text), lines, NOW)
    assert [award.as_json() for award in got.awards] == said.awards
    assert got.report.as_json() == said.report
