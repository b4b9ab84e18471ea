"""What coordinators are alarmed of: rows that raters agree on less, scores far apart, a calibration
that is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from engine.catalog.policy import Policy
from engine.rules.calendar import Calendar
from governance.calibration import holding, results
from governance.committee import Sitting
from governance.rules import deadlines
from governance.rules.calibration import agreement
from governance.rules.quarters import Quarter
from governance.store import panels
from governance.store.calibrations import Calibration

AlarmKind = Literal["paused", "unreliable", "fell", "spread", "due"]


@dataclass(frozen=True, slots=True)
class DriftAlarm:
    """An alarm about a rubric ("practice/1"). `row`: where it is about one; `before`, `now`: its
    alphas; `wide`, `of`: how many of a quarter's panels are far apart; `since`: since when a
    calibration is due, None if there never was one."""

    kind: AlarmKind
    rubric: str
    row: str | None = None
    before: Decimal | None = None
    now: Decimal | None = None
    quarter: str | None = None
    wide: int = 0
    of: int = 0
    since: date | None = None


def alarms(
    sitting: Sitting, program: str, policy: Policy, calendar: Calendar,
    every: Sequence[Calibration], rated: Iterable[str],
) -> list[DriftAlarm]:  # fmt: skip
    """The alarms of a program. `every`: its calibrations, latest first; `rated`: rubrics of which
    there are anchors, so that a calibration can be due. One statement."""
    if policy.governance.get("calibration") is None:
        return []
    today = deadlines.day_of(calendar, sitting.now)
    by_panels = _spreads(sitting, program, calendar, today)
    wanted = set(rated) | {each.rubric for each in every} | {each.rubric for each in by_panels}
    alarmed: list[DriftAlarm] = []
    for rubric in sorted(wanted):
        alarmed += _of_rows(rubric, every, policy)
    alarmed += by_panels
    for rubric in sorted(set(rated)):
        alarmed += _due(rubric, every, policy, calendar, today)
    return alarmed


def _of_rows(rubric: str, every: Sequence[Calibration], policy: Policy) -> list[DriftAlarm]:
    terms = holding.terms_of(policy)
    held = results.agreements(each for each in every if each.rubric == rubric)
    alarms_of: list[DriftAlarm] = []
    if agreement.is_paused(held, terms):
        alarms_of.append(DriftAlarm("paused", rubric))
    alarms_of += [
        DriftAlarm("unreliable", rubric, row) for row in agreement.unreliable_rows(held, terms)
    ]
    alarms_of += [
        DriftAlarm("fell", rubric, fall.row, fall.before, fall.now)
        for fall in agreement.falls(held, terms)
    ]
    return alarms_of


def _spreads(sitting: Sitting, program: str, calendar: Calendar, today: date) -> list[DriftAlarm]:
    """Of this quarter and the one before: rubrics whose panels were far apart too often."""
    counted: dict[tuple[str, Quarter], list[bool]] = {}
    quarters = (Quarter.before(today), Quarter(today.year, (today.month + 2) // 3))
    for panel in panels.of_program(sitting.tx, program, ["closed"]):
        if panel.closed_at is None:
            continue
        day = deadlines.day_of(calendar, panel.closed_at)
        for quarter in quarters:
            if quarter.covers(day):
                rubric = f"{panel.rubric}/{panel.rubric_version}"
                far_apart = panel.adjudicated or panel.spread_stays
                counted.setdefault((rubric, quarter), []).append(far_apart)
    return [
        DriftAlarm("spread", rubric, quarter=str(quarter), wide=sum(panels_of), of=len(panels_of))
        for (rubric, quarter), panels_of in sorted(counted.items())
        if agreement.is_spread_wide(sum(panels_of), len(panels_of))
    ]


def _due(
    rubric: str,
    every: Sequence[Calibration],
    policy: Policy,
    calendar: Calendar,
    today: date,
) -> list[DriftAlarm]:
    theirs = [each for each in every if each.rubric == rubric and each.asks == "everybody"]
    if not theirs:
        return [DriftAlarm("due", rubric)]
    last = deadlines.day_of(calendar, theirs[0].opened_at)
    since = last + timedelta(days=holding.terms_of(policy).every_days)
    is_due = theirs[0].state == "held" and since <= today
    return [DriftAlarm("due", rubric, since=since)] if is_due else []
