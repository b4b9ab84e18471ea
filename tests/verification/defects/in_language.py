"""Defects of calendars, groups, streaks and conditions on time."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.language import JUDGED, SCENARIO

_CALENDAR = "engine.rules.calendar:Calendar"
_GROUPING = "engine.rules.aggregates.grouping:Grouping"


def _of(name: str, what: str, *edits: Edit) -> Defect:
    return Defect(name, what, (JUDGED,), edits, DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "days-of-utc",
        "a fact's day is that of UTC, whatever the zone of the catalog",
        Edit(
            f"{_CALENDAR}.wall_clock",
            "utc.astimezone(zone(self.zone)).replace(tzinfo=None)",
            "utc.replace(tzinfo=None)",
        ),
    ),
    _of(
        "weeks-begin-on-monday",
        "a week begins on Monday, whatever the catalog says",
        Edit(
            f"{_CALENDAR}.number_of_day",
            "(day.toordinal() - 1 - WEEKDAYS.index(self.week_begins)) // 7",
            "(day.toordinal() - 1) // 7",
        ),
    ),
    _of(
        "midnight-within-an-hour",
        "all facts of an hour of UTC are of the local day on which it begins",
        Edit(
            "engine.rules.calendar:_days_in_hour",
            'f"{hour}:00:00.000000Z"',
            'f"{hour[:11]}00:00:00.000000Z"',
        ),
        Edit(
            "engine.rules.calendar:_days_in_hour",
            "(begin.date(), end.date()) if end - begin == _ALMOST_AN_HOUR else None",
            "(begin.date(), begin.date())",
        ),
    ),
    _of(
        "streak-as-groups",
        "a streak is as long as there are periods, whether they are neighbours or not",
        Edit(
            "engine.rules.aggregates.streak:Streak.size_of",
            "runs.longest(counting)",
            "runs.total(counting)",
        ),
    ),
    _of(
        "streak-on-all-it-had",
        "the evidence of a streak has the facts of other runs too",
        Edit(
            "engine.rules.aggregates.streak:Streak.shown",
            "runs.run_of(counting, latest[0])",
            "counting",
        ),
    ),
    _of(
        "a-gap-closed",
        "two runs with one day missing between them are one",
        Edit(
            "engine.rules.aggregates.runs:with_run",
            "bisect_left(runs, first)",
            "bisect_left(runs, first - 1)",
        ),
    ),
    _of(
        "group-on-every-fact",
        "the evidence of a group goes on after it counted",
        Edit(
            f"{_GROUPING}.reached",
            "if not self.sets.has(counting, group):",
            "if not self.sets.has(before, group) or positions.get(group):",
        ),
    ),
    _of(
        "a-group-needs-more",
        "a group counts when its value is above `each`, not when it reaches it",
        Edit(f"{_GROUPING}.of", ">= self.wanted", "> self.wanted"),
        Edit(f"{_GROUPING}._with", "< self.wanted", "<= self.wanted"),
    ),
    _of(
        "nights-end-at-midnight",
        "hours that go over midnight have no part after it",
        Edit(
            "engine.rules.conditions.fact_time:FactTime.met",
            "clock >= begin or clock < end",
            "clock >= begin",
        ),
    ),
)
