"""Outcomes read a second time, as section by section of docs/outcomes.md says them, from facts
alone: slow, without an index, and with quartiles worked out by hand."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from engine.fact import Fact

ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")


def quartiles(values: Iterable[Fraction | int]) -> tuple[int, Fraction, Fraction, Fraction] | None:
    """Between the two values around a quarter of the way from the least to the greatest."""
    ordered = sorted(map(Fraction, values))
    if not ordered:
        return None
    found = []
    for quarter in (1, 2, 3):
        place = Fraction(quarter, 4) * (len(ordered) - 1)
        below = floor(place)
        above = min(below + 1, len(ordered) - 1)
        found.append(ordered[below] + (place - below) * (ordered[above] - ordered[below]))
    return (len(ordered), *found)  # type: ignore[return-value]


def _of(facts: Iterable[Fact], kind: str) -> list[Fact]:
    return [each for each in facts if each.type == f"mentoring.{kind}.v1"]


def counting(facts: Iterable[Fact], mentor: str | None = None) -> list[Fact]:
    """Assessments of portfolios by somebody independent, in the order of facts."""
    own = [
        each
        for each in _of(facts, "portfolio.assessed")
        if each.data["assessed_by"] == "independent" and each.data["rubric"] == "portfolio"
    ]
    if mentor is not None:
        own = [each for each in own if mentor in each.data["mentor_ids"]]  # type: ignore[operator]
    return sorted(own, key=lambda each: (each.time, each.id))


def gains(facts: list[Fact], mentor: str | None = None) -> dict[tuple[str, str], int]:
    """By cohort and learner, last interim or final less first baseline."""
    found: dict[tuple[str, str], int] = {}
    own = counting(facts, mentor)
    for cohort, learner in {(f.data["cohort_id"], f.data["learner_id"]) for f in own}:
        theirs = [
            f for f in own if (f.data["cohort_id"], f.data["learner_id"]) == (cohort, learner)
        ]
        starts = [n for n, f in enumerate(theirs) if f.data["phase"] == "baseline"]
        ends = [n for n, f in enumerate(theirs) if f.data["phase"] in ("interim", "final")]
        if starts and ends and starts[0] < ends[-1]:
            first: Any = theirs[starts[0]].data["total"]
            last: Any = theirs[ends[-1]].data["total"]
            found[str(cohort), str(learner)] = last - first
    return found


def retention(facts: list[Fact], zone: str, year: int, quarter: int) -> tuple[int, int]:
    """Of those with two meetings as mentors a year before, how many have two in this quarter."""

    def active(in_year: int) -> set[str]:
        meetings = []
        for each in _of(facts, "meeting.completed"):
            local = datetime.fromisoformat(each.time).astimezone(ZoneInfo(zone))
            if (local.year, (local.month + 2) // 3) == (in_year, quarter):
                meetings.append(each)
        named: Any = [name for each in meetings for name in each.data["mentor_ids"]]  # type: ignore[attr-defined]
        return {name for name in named if named.count(name) >= 2}

    before = active(year - 1)
    return len(before & active(year)), len(before)


def warnings(
    facts: list[Fact], now: str, zone: str, watch: dict[str, int]
) -> set[tuple[str, str, str, str]]:
    """Mentor, learner, kind, and what it stands on."""
    pairs = {
        (mentor, str(each.data["learner_id"]), str(each.place.loop))
        for each in _of(facts, "portfolio.assessed") + _of(facts, "checkpoint.closed")
        for mentor in each.data["mentor_ids"]  # type: ignore[attr-defined]
    }
    found = set()
    for mentor, learner, loop in pairs:
        there = [f for f in counting(facts) if f.place.loop == loop]
        if any(f.data["phase"] == "final" for f in there if f.data["learner_id"] == learner):
            continue
        for kind, about in _of_pair(facts, (mentor, learner, loop), now, zone, watch):
            found.add((mentor, learner, kind, about))
    return found


def _of_pair(
    facts: list[Fact], pair: tuple[str, str, str], now: str, zone: str, watch: dict[str, int]
) -> Iterable[tuple[str, str]]:
    mentor, learner, loop = pair
    moment = datetime.fromisoformat(now)
    meetings = sorted(
        (f.time, f.id)
        for f in _of(facts, "meeting.completed")
        if f.place.loop == loop and mentor in f.data["mentor_ids"]  # type: ignore[operator]
    )
    silent = timedelta(days=watch["silent_days"])
    if meetings and moment - datetime.fromisoformat(meetings[-1][0]) > silent:
        yield "silent", meetings[-1][1]
    checkpoints = sorted(
        (f for f in _of(facts, "checkpoint.closed") if f.data["learner_id"] == learner),
        key=lambda f: (f.data["due_on"], f.id),
    )
    own = [f for f in checkpoints if mentor in f.data["mentor_ids"]]  # type: ignore[operator]
    last = own[-watch["late_in_a_row"] :]
    if len(last) == watch["late_in_a_row"] and all(
        f.data["result"] in ("late", "missed") and f.data["cause"] != "excused" for f in last
    ):
        yield "late", "/".join(f.id for f in last)
    rated = [
        f
        for f in counting(facts, mentor)
        if f.place.loop == loop and f.data["learner_id"] == learner
    ]
    totals: Any = [f.data["total"] for f in rated]
    times = watch["flat_assessments"]
    if len(totals) > times and all(totals[-n] <= totals[-n - 1] for n in range(1, times + 1)):
        yield "flat", rated[-1].id
    if rated and rated[-1].data["phase"] == "interim":
        rows: Any = [rated[-1].data[row] for row in ROWS]
        if min(rows) <= watch["low_row"]:
            yield "low", rated[-1].id
    yield from _due(facts, pair, moment.astimezone(ZoneInfo(zone)).date())


def _due(facts: list[Fact], pair: tuple[str, str, str], today: date) -> Iterable[tuple[str, str]]:
    mentor, learner, loop = pair
    named = [
        f
        for f in _of(facts, "checkpoint.closed") + _of(facts, "portfolio.assessed")
        if f.place.loop == loop
        and f.data["learner_id"] == learner
        and mentor in f.data["mentor_ids"]  # type: ignore[operator]
    ]
    cohort = named[0].data["cohort_id"]
    there = [f for f in _of(facts, "checkpoint.closed") if f.data["cohort_id"] == cohort]
    for milestone in sorted({str(f.data["milestone"]) for f in there if "milestone" in f.data}):
        of_it = [f for f in there if f.data.get("milestone") == milestone]
        due = max(str(f.data["due_on"]) for f in of_it)
        mine = any(f.data["learner_id"] == learner for f in of_it)
        if not mine and 0 <= (date.fromisoformat(due) - today).days <= 3:
            yield "due", f"{milestone}/{due}"
            return
