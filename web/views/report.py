"""The report of a program, for its coordinators: recognition in numbers."""

from collections.abc import Iterable

from pydantic import Field

from directory import lookup
from engine.store.awards.reported import AwardsOfMonth
from engine.store.postgres.connection import Transaction
from web.reports.program_reports import CountedReport
from web.views import people
from web.views.model import InstantText, View
from web.views.people import Person


class KudosOfKind(View):
    """How many kudos there are of a kind."""

    badge: str
    name: str
    artwork: str
    total: int


class MonthOfKudos(View):
    """A calendar month of the range, such as "2026-03", with its kudos by kind."""

    month: str
    total: int
    by_kind: dict[str, int]


class KudosReported(View):
    """The kudos of the range: by kind in the catalog's order, and month by month."""

    total: int
    by_kind: list[KudosOfKind]
    by_month: list[MonthOfKudos]


class LevelReported(View):
    """How many awards there are of a level; `level` is null for a badge without levels."""

    level: str | None
    total: int


class AchievementReported(View):
    """The awards of a badge, by level, lowest first."""

    badge: str
    name: str
    artwork: str
    total: int
    levels: list[LevelReported]


class AchievementsReported(View):
    """The achievements of the range."""

    total: int
    by_badge: list[AchievementReported]


class LoopReported(View):
    """A loop with its kudos of the range."""

    loop_id: str
    name: str | None
    kudos: int


class MilestoneReported(View):
    """How many people have completed a milestone, at any time."""

    milestone: str
    people: int


class ReportShown(View):
    """A program from a day to a day, both included, in its time zone. `with_kudos` and `without`:
    who of its people received kudos in the range, and who did not; `never`: who never did.
    `notes`: how many of the kudos have a private note. `median_days_to_first_kudos`: of the loops
    that were first recognised in the range, from their first event to their first kudos."""

    as_of: InstantText
    since: str = Field(serialization_alias="from")
    until: str = Field(serialization_alias="to")
    timezone: str
    people: int
    loops: int
    with_kudos: int
    without: int
    never: int
    kudos: KudosReported
    top_loops: list[LoopReported]
    achievements: AchievementsReported
    milestones: list[MilestoneReported]
    notes: int
    median_days_to_first_kudos: float | None


def shown(
    tx: Transaction, program: str, counted: CountedReport
) -> tuple[ReportShown, list[Person]]:
    """A report, and some whom nobody ever recognised, with the names of now. `tx`: of the
    directory."""
    known, labels = lookup.of(tx, program, counted.named, [loop for loop, _ in counted.top_loops])
    kudos = _kudos(counted)
    achievements = _achievements(counted)
    days = counted.days_to_kudos
    report = ReportShown(
        as_of=counted.as_of,
        since=counted.days.first.isoformat(),
        until=counted.days.last.isoformat(),
        timezone=counted.days.zone,
        people=counted.people,
        loops=counted.loops,
        with_kudos=counted.with_kudos,
        without=counted.people - counted.with_kudos,
        never=counted.never,
        kudos=kudos,
        top_loops=[
            LoopReported(
                loop_id=loop, name=labels[loop].name if loop in labels else None, kudos=number
            )
            for loop, number in counted.top_loops
        ],
        achievements=achievements,
        milestones=[
            MilestoneReported(milestone=name, people=number) for name, number in counted.milestones
        ],
        notes=counted.notes,
        median_days_to_first_kudos=None if days is None else round(days, 1),
    )
    return report, [people.of(known[name]) for name in counted.named]


def _kudos(counted: CountedReport) -> KudosReported:
    rows = [row for row in counted.awards if row.kudos]
    of_kind = {
        badge.badge: _sum(row for row in rows if row.badge == badge.badge)
        for badge in counted.badges.values()
        if badge.category == "kudos" or any(row.badge == badge.badge for row in rows)
    }
    return KudosReported(
        total=_sum(rows),
        by_kind=[
            KudosOfKind(badge=name, name=counted.badges[name].title, artwork=name, total=total)
            for name, total in of_kind.items()
        ],
        by_month=[
            MonthOfKudos(
                month=f"{month:%Y-%m}",
                total=_sum(row for row in rows if row.month == number),
                by_kind={
                    name: _sum(r for r in rows if r.month == number and r.badge == name)
                    for name in of_kind
                },
            )
            for number, month in enumerate(counted.days.months)
        ],
    )


def _achievements(counted: CountedReport) -> AchievementsReported:
    rows = [row for row in counted.awards if not row.kudos]
    badges = []
    for badge in counted.badges.values():
        own = [row for row in rows if row.badge == badge.badge]
        if badge.category == "kudos" and not own:
            continue
        levels: tuple[str | None, ...] = badge.levels or (None,)
        others = sorted({row.level or "" for row in own} - {level or "" for level in levels})
        badges.append(
            AchievementReported(
                badge=badge.badge,
                name=badge.title,
                artwork=badge.badge,
                total=_sum(own),
                levels=[
                    LevelReported(
                        level=level or None,
                        total=_sum(row for row in own if (row.level or "") == (level or "")),
                    )
                    for level in (*levels, *others)
                ],
            )
        )
    return AchievementsReported(total=_sum(rows), by_badge=badges)


def _sum(rows: Iterable[AwardsOfMonth]) -> int:
    return sum(row.awards for row in rows)
