"""Makes a fairness report from what is known of each mentor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from engine.rules.millionths import MILLION
from governance.rules.fairness.comparing import ImpactComparison, Thresholds, compared
from governance.rules.fairness.dimensions import UNKNOWN, in_order
from governance.rules.fairness.funnel import STEPS, Counts, FunnelPerson, FunnelStep, counted
from governance.rules.fairness.line_table import LinePerson, line_table
from governance.rules.fairness.report import (
    DimensionShown,
    FairnessReport,
    GroupRate,
    GroupShown,
    ReportedLine,
    StepShown,
)
from governance.rules.fairness.significance import fisher, wilson
from governance.rules.fairness.suppression import SuppressedTable

_DIGITS = 4
_ALL_MENTORS = "mentors"


@dataclass(frozen=True, slots=True)
class FairnessPerson(FunnelPerson):
    """A mentor as a report counts them. `failed`: the lines of the first decided stage that they do
    not meet, by key; `days`: from each application to its decision in the quarter."""

    failed: frozenset[str] = frozenset()
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StageLines:
    """The lines of a stage: titles by key, in order."""

    stage: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportOf:
    """What a report is of: a quarter of a program, as of the last instant of it."""

    program: str
    quarter: str
    as_of: str
    dimensions: Sequence[str]
    thresholds: Thresholds


def make(
    of: ReportOf, people: Sequence[FairnessPerson], lines: StageLines | None
) -> FairnessReport:
    """The report."""
    counts = counted(people).get("")
    return FairnessReport(
        program=of.program,
        quarter=of.quarter,
        as_of=of.as_of,
        k=of.thresholds.k,
        ratio=of.thresholds.ratio / MILLION,
        p=of.thresholds.p,
        totals=[StepShown(step.part, step.whole, _share(counts, step)) for step in STEPS],
        days=_days(people, of.thresholds.k),
        dimensions=[_dimension(of.thresholds, people, name, lines) for name in of.dimensions],
    )


def _dimension(
    thresholds: Thresholds,
    people: Sequence[FairnessPerson],
    name: str,
    lines: StageLines | None,
) -> DimensionShown:
    counts = counted(people, name)
    if counts.keys() <= {UNKNOWN}:
        return DimensionShown(name, [])
    suppressed = SuppressedTable(counts, thresholds.k)
    shares: dict[str, dict[str, GroupRate | None]] = {group: {} for group in counts}
    for step in STEPS:
        for group, share in _step(suppressed, counts, step, thresholds).items():
            shares[group][step.part] = share
    groups = [
        GroupShown(
            group,
            shares[group],
            _days((one for one in people if one.groups[name] == group), thresholds.k),
        )
        for group in in_order(name, counts)
    ]
    flagged = any(
        share and share.flag in ("amber", "red") for g in groups for share in g.shares.values()
    )
    if lines is None or not flagged:
        return DimensionShown(name, groups)
    small = {group for group in counts if (group, _ALL_MENTORS) in suppressed.withheld}
    rows = line_table(
        (LinePerson(person.groups[name], person.failed) for person in people),
        list(lines.titles),
        thresholds.k,
        small,
    )
    shown = [
        ReportedLine(row.line, lines.titles[row.line], row.failed, dict(row.by_group))
        for row in rows
    ]
    return DimensionShown(name, groups, lines.stage, shown)


def _step(
    suppressed: SuppressedTable,
    counts: Mapping[str, Counts],
    step: FunnelStep,
    thresholds: Thresholds,
) -> dict[str, GroupRate | None]:
    shown = {group: theirs for group, theirs in counts.items() if suppressed.is_shown(group, step)}
    compared_with: Mapping[str, ImpactComparison] = {}
    if step.favourable:
        known = {g: (c[step.part], c[step.whole]) for g, c in shown.items() if g != UNKNOWN}
        compared_with = compared(known, thresholds, fisher)
    return {group: _share(shown.get(group), step, compared_with.get(group)) for group in counts}


def _share(
    counts: Counts | None, step: FunnelStep, comparison: ImpactComparison | None = None
) -> GroupRate | None:
    if counts is None or not counts[step.whole]:
        return None
    part, whole = counts[step.part], counts[step.whole]
    low, high = wilson(part, whole)
    return GroupRate(
        part,
        whole,
        round(part / whole, _DIGITS),
        round(low, _DIGITS),
        round(high, _DIGITS),
        None if comparison is None else round(comparison.ratio, _DIGITS),
        None if comparison is None else round(comparison.p, _DIGITS),
        None if comparison is None else comparison.flag,
    )


def _days(people: Iterable[FairnessPerson], k: int) -> float | None:
    """The median over the applications of at least k people."""
    known = [person.days for person in people if person.days]
    if len(known) < k:
        return None
    return float(median([each for days in known for each in days]))
