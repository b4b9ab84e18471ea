"""`badge-governance fairness`: a report as a table, for a terminal."""

from collections.abc import Iterator

from governance.rules.fairness import report as reports
from governance.rules.fairness.comparing import Flag
from governance.rules.fairness.funnel import STEPS
from governance.rules.fairness.report import (
    DimensionShown,
    FairnessReport,
    FlaggedShare,
    GroupRate,
)

_FLAGS: tuple[Flag, ...] = ("red", "amber")
_FIRST, _CELL = 22, 15
_WITHHELD, _NOBODY = "-", ""


def table(report: FairnessReport) -> Iterator[str]:
    """The lines: everybody, each dimension by group, then what is flagged."""
    yield f"{report.program}, {report.quarter}, as of {report.as_of}"
    yield _row("", [step.part for step in STEPS])
    yield _row("of", [step.whole for step in STEPS])
    yield _row("everybody", [_cell(step.share, _NOBODY) for step in report.totals])
    for dimension in report.dimensions:
        yield from _of_dimension(dimension)
    yield f"{_WITHHELD} withheld: fewer than {report.k} people, or one or two who differ"
    flags = [(flag, each) for flag in _FLAGS for each in reports.flagged(report, flag)]
    for flag, each in flags:
        yield f"{flag}: {_words(each)}"
        yield from _most_failed(report, each)
    counts = [sum(flag == known for flag, _ in flags) for known in _FLAGS]
    yield f"{counts[0]} red, {counts[1]} amber"


def _of_dimension(dimension: DimensionShown) -> Iterator[str]:
    if not dimension.groups:
        yield f"{dimension.dimension}: not known of anybody"
        return
    yield dimension.dimension
    for group in dimension.groups:
        cells = [_cell(group.shares[step.part], _WITHHELD) for step in STEPS]
        yield _row(f"  {group.group}", cells)


def _row(name: str, cells: list[str]) -> str:
    return (f"{name:<{_FIRST}}" + "".join(f"{cell:<{_CELL}}" for cell in cells)).rstrip()


def _cell(share: GroupRate | None, otherwise: str) -> str:
    if share is None:
        return otherwise
    flag = share.flag if share.flag in _FLAGS else ""
    return f"{share.part}/{share.whole} {share.rate:.0%} {flag}".rstrip()


def _words(each: FlaggedShare) -> str:
    share = each.share
    interval = f"{share.low:.0%} to {share.high:.0%}"
    return (
        f"{each.dimension} {each.group}, {each.step}: {share.part} of {share.whole} "
        f"({share.rate:.0%}, {interval}), {share.ratio:.2f} of the highest rate, p {share.p:.2f}"
    )


def _most_failed(report: FairnessReport, each: FlaggedShare) -> Iterator[str]:
    """The lines that most of the group do not meet, of those that may be shown."""
    dimension = next(one for one in report.dimensions if one.dimension == each.dimension)
    failed = {line.title: line.by_group.get(each.group) or 0 for line in dimension.lines}
    most = max(failed.values(), default=0)
    for title, count in failed.items():
        if count and count == most:
            yield f"  of {dimension.stage} they most lack: {title} ({count} of them)"
