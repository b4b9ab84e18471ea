"""The overview of a program: its charts, each with a title, a description and a table.

Pure: the same report is the same charts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from credentials.artwork.drawing import draw
from web.rendering import charts, wording
from web.rendering.charts import ChartBar, ChartDrawing, ChartPart
from web.rendering.texts import overview as t
from web.views.report import AchievementReported, KudosOfKind, ReportShown


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour stands for."""

    name: str
    paint: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the table behind it. `empty`: there is nothing to draw."""

    key: str
    title: str
    description: str
    drawing: ChartDrawing
    legend: tuple[LegendEntry, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: bool


def of_report(report: ReportShown) -> list[Chart]:
    """The charts of a report; that of milestones only where the program has any."""
    drawn = [_kinds(report), _months(report), _levels(report)]
    if report.milestones:
        drawn.append(_milestones(report))
    return drawn


def most_recognised(report: ReportShown) -> KudosOfKind | None:
    """The kind with the most kudos; None if there are none, or several have as many."""
    kinds = sorted(report.kudos.by_kind, key=lambda kind: -kind.total)
    if not kinds or not kinds[0].total:
        return None
    return None if len(kinds) > 1 and kinds[1].total == kinds[0].total else kinds[0]


def percent(part: int, whole: int) -> str:
    """A share in whole hundredths, 0 and 100 only where it is exact: "77 %"."""
    if not whole:
        return "0 %"
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded} %"


def _kinds(report: ReportShown) -> Chart:
    kudos = report.kudos
    items = [
        ChartBar(
            kind.name,
            (ChartPart(kind.name, _seal(kind.badge), kind.total),),
            wording.thousands(kind.total),
        )
        for kind in kudos.by_kind
    ]
    return Chart(
        "kinds",
        t.KINDS_TITLE,
        t.KINDS_DESCRIPTION,
        charts.bars(items),
        (),
        (t.KIND, t.KUDOS, t.SHARE),
        tuple(
            (kind.name, wording.thousands(kind.total), percent(kind.total, kudos.total))
            for kind in kudos.by_kind
        ),
        empty=not kudos.total,
    )


def _months(report: ReportShown) -> Chart:
    kinds, months = report.kudos.by_kind, report.kudos.by_month
    several_years = len({month.month[:4] for month in months}) > 1
    items = [
        ChartBar(
            _short_month(month.month, several_years),
            tuple(ChartPart(k.name, _seal(k.badge), month.by_kind[k.badge]) for k in kinds),
            wording.thousands(month.total),
        )
        for month in months
    ]
    return Chart(
        "months",
        t.MONTHS_TITLE,
        t.MONTHS_DESCRIPTION.format(zone=report.timezone),
        charts.columns(items),
        tuple(LegendEntry(kind.name, _seal(kind.badge)) for kind in kinds),
        (t.MONTH, t.ALL, *(kind.name for kind in kinds)),
        tuple(
            (
                wording.month_named(month.month),
                wording.thousands(month.total),
                *(wording.thousands(month.by_kind[kind.badge]) for kind in kinds),
            )
            for month in months
        ),
        empty=not report.kudos.total,
    )


def _levels(report: ReportShown) -> Chart:
    badges = report.achievements.by_badge
    items = [
        ChartBar(
            badge.name,
            tuple(
                ChartPart(level.level or "", _metal(badge, level.level), level.total)
                for level in badge.levels
            ),
            _level_words(badge),
        )
        for badge in badges
    ]
    legend = {
        _metal(badge, level.level): (level.level or t.NO_LEVEL).capitalize()
        for badge in badges
        for level in badge.levels
    }
    return Chart(
        "levels",
        t.LEVELS_TITLE,
        t.LEVELS_DESCRIPTION,
        charts.bars(items),
        tuple(LegendEntry(name, paint) for paint, name in legend.items()),
        (t.BADGE, t.LEVEL, t.AWARDS),
        tuple(
            (badge.name, (level.level or t.NO_LEVEL).capitalize(), wording.thousands(level.total))
            for badge in badges
            for level in badge.levels
        ),
        empty=not report.achievements.total,
    )


def _milestones(report: ReportShown) -> Chart:
    items = [
        ChartBar(
            _spoken(one.milestone),
            (ChartPart(one.milestone, "pine", one.people),),
            f"{wording.thousands(one.people)} · {percent(one.people, report.people)}",
        )
        for one in report.milestones
    ]
    return Chart(
        "milestones",
        t.MILESTONES_TITLE,
        t.MILESTONES_DESCRIPTION,
        charts.bars(items),
        (),
        (t.MILESTONE, t.PEOPLE, t.SHARE),
        tuple(
            (
                _spoken(one.milestone),
                wording.thousands(one.people),
                percent(one.people, report.people),
            )
            for one in report.milestones
        ),
        empty=not any(one.people for one in report.milestones),
    )


def _level_words(badge: AchievementReported) -> str:
    if len(badge.levels) == 1:
        return wording.thousands(badge.total)
    return " · ".join(wording.thousands(level.total) for level in badge.levels)


def _seal(kind: str) -> str:
    return _colour(draw(kind, "kudos").classes.split())


def _metal(badge: AchievementReported, level: str | None) -> str:
    if level is None:
        return "pine"
    return _colour(draw(badge.badge, "achievement", badge.artwork, level=level).classes.split())


def _colour(classes: Iterable[str]) -> str:
    return [*classes][-1]


def _spoken(name: str) -> str:
    """A name of the platform, "first-meeting", as people write it: "First meeting"."""
    return wording.sentence(name.replace("-", " ").replace("_", " "))


def _short_month(month: str, several_years: bool) -> str:
    name = wording.month_named(month)
    return f"{name[:3]} {month[2:4]}" if several_years else name[:3]
