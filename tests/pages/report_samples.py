"""Reports of made-up programs: an ordinary one, one in which nothing was given, one of many."""

from collections.abc import Mapping, Sequence

from tests.pages.samples import ACHIEVEMENTS, KUDOS, LEVELS, MINA, PROGRAMS, TOMAS, at, person
from web.views.loop_board import LoopBoardShown, LoopOfBoard, MemberBadges
from web.views.people import Person
from web.views.program_highlights import ProgramHighlight, ProgramHighlightsPage
from web.views.report import (
    AchievementReported,
    AchievementsReported,
    KudosOfKind,
    KudosReported,
    LevelReported,
    LoopReported,
    MilestoneReported,
    MonthOfKudos,
    ReportShown,
)
from web.views.report_people import NearLevel, PeopleReported, PersonReported

_WITH_LEVELS = ("excellence", "momentum")
_MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")


def _kudos(months: Mapping[str, Sequence[int]]) -> KudosReported:
    """By month, how many of each kind."""
    return KudosReported(
        total=sum(map(sum, months.values())),
        by_kind=[
            KudosOfKind(
                badge=kind, name=name, artwork=kind, total=sum(row[n] for row in months.values())
            )
            for n, (kind, (name, _)) in enumerate(KUDOS.items())
        ],
        by_month=[
            MonthOfKudos(month=month, total=sum(row), by_kind=dict(zip(KUDOS, row, strict=True)))
            for month, row in months.items()
        ],
    )


def _achievements(totals: Sequence[int]) -> AchievementsReported:
    """How many of each badge; of those with levels half as many of each next one."""
    badges = []
    for total, (badge, (name, _)) in zip(totals, ACHIEVEMENTS.items(), strict=True):
        levels = (
            [LevelReported(level=level, total=total >> n) for n, level in enumerate(LEVELS)]
            if badge in _WITH_LEVELS
            else [LevelReported(level=None, total=total)]
        )
        badges.append(
            AchievementReported(
                badge=badge,
                name=name,
                artwork=badge,
                total=sum(level.total for level in levels),
                levels=levels,
            )
        )
    return AchievementsReported(total=sum(b.total for b in badges), by_badge=badges)


def _report(
    counts: tuple[int, int, int, int, int],
    kudos: KudosReported,
    achievements: AchievementsReported,
    *,
    loops: Sequence[tuple[str, str | None, int]] = (),
    milestones: Sequence[int] = (),
    days: float | None = None,
) -> ReportShown:
    people, of_loops, with_kudos, never, notes = counts
    return ReportShown(
        as_of="2026-06-29T10:24:00.000000Z",
        since="2026-01-01",
        until="2026-06-29",
        timezone="Europe/Berlin",
        people=people,
        loops=of_loops,
        with_kudos=with_kudos,
        without=people - with_kudos,
        never=never,
        kudos=kudos,
        top_loops=[
            LoopReported(loop_id=loop, name=name, kudos=number) for loop, name, number in loops
        ],
        achievements=achievements,
        milestones=[
            MilestoneReported(milestone=name, people=number)
            for name, number in zip(_MILESTONES, milestones, strict=False)
        ],
        notes=notes,
        median_days_to_first_kudos=days,
    )


_MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
_LONG_MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
_LONGEST = PROGRAMS["long"].name

REPORTS = {
    "northfield": _report(
        (22, 11, 15, 7, 31),
        _kudos(
            dict(
                zip(
                    _MONTHS,
                    [(0, 0, 1, 0, 0), (4, 1, 2, 1, 0), (6, 3, 2, 4, 1), (9, 2, 4, 3, 3),
                     (5, 4, 3, 2, 2), (7, 1, 2, 3, 1)],
                    strict=True,
                )
            )
        ),
        _achievements((14, 18, 12, 20, 3)),
        loops=[("loop-tomas-wen", None, 14), ("guild", "Data guild", 11), ("x", "Book club", 4)],
        milestones=(22, 20, 12, 5),
        days=23.5,
    ),
    "empty": _report(
        (0, 0, 0, 0, 0), _kudos({"2026-06": (0, 0, 0, 0, 0)}), _achievements((0,) * 5)
    ),
    "long": _report(
        (10_001, 5_000, 9_980, 21, 6_404),
        _kudos(
            {
                month: (2_000 + 90 * n, 800 + 7 * n, 1_200 - 9 * n, 300, 100 * (n % 5))
                for n, month in enumerate(_LONG_MONTHS)
            }
        ),
        _achievements((12_000, 9_400, 6_100, 9_900, 1_240)),
        loops=[(f"loop {n}/ü", _LONGEST if n % 2 else "حلقة التعلّم", 900 - n) for n in range(10)],
        milestones=(10_001, 9_000, 4_400, 1),
        days=1.0,
    ),
}  # fmt: skip

NEVER: Mapping[str, Sequence[Person]] = {
    "northfield": [
        MINA, TOMAS, *(person(f"p{n}", name) for n, name in enumerate(
            ("Ines Aguilar", "Jonas Brandt", "Lucía Fernández", "Oluwaseun Adeyemi", "Priya Raman")
        )),
    ],
    "empty": [],
    "long": [
        partner for loop in PROGRAMS["long"].badges.loops[:1] for partner in loop.partners
    ],
}  # fmt: skip


def _board(program: str, name: str | None, members: Sequence[Person]) -> LoopBoardShown:
    """Everybody with the badges of the program's person in their first loop, the last with those
    of a loop in which nothing was done."""
    badges = PROGRAMS[program].badges.loops[0].badges
    nothing = PROGRAMS["empty"].badges.loops[0].badges
    return LoopBoardShown(
        loop=LoopOfBoard(loop_id="loop/1", name=name, state="closed" if name else "open"),
        members=[
            MemberBadges(person=member, badges=nothing if member is members[-1] else badges)
            for member in members
        ],
    )


_LONG_PEOPLE = [partner for loop in PROGRAMS["long"].badges.loops[:1] for partner in loop.partners]

BOARDS = {
    "northfield": _board("northfield", "Data guild", (MINA, TOMAS)),
    "empty": LoopBoardShown(
        loop=LoopOfBoard(loop_id="nobody", name=None, state="open"), members=[]
    ),
    "long": _board("long", _LONGEST, _LONG_PEOPLE),
}


def people(program: str, *, near: bool, nobody: bool) -> PeopleReported:
    """A page of people, with the level they are near to or without."""
    known = {"northfield": [*NEVER["northfield"]], "empty": [], "long": _LONG_PEOPLE * 12}[program]
    many = program == "long"
    items = [
        PersonReported(
            person=one,
            loops=5_000 if many else 1 + number % 3,
            kudos_received=12_345 if many else number * 3 % 7,
            kudos_given=10_001 if many else number,
            badges=number % 10,
            last_at=at("2026-04-18") if number % 3 else None,
            near=NearLevel(
                loop_id="loop", badge="momentum", name="Momentum", level="gold", have=14, need=15
            )
            if near
            else None,
        )
        for number, one in enumerate(() if nobody else known)
    ]
    return PeopleReported(
        as_of="2026-06-29T10:24:00.000000Z",
        total=10_001 if many else len(items),
        items=items,
        next="further" if many else None,
    )


def highlights(program: str) -> ProgramHighlightsPage:
    """The highlights of the program's person, as those of several people."""
    page = PROGRAMS[program].highlights
    known = _LONG_PEOPLE if program == "long" else [MINA, PROGRAMS[program].badges.person]
    return ProgramHighlightsPage(
        items=[
            ProgramHighlight(
                **item.model_dump(exclude={"read"}),
                recipient=known[number % len(known)],
                loop_name=_LONGEST if program == "long" else "Data guild",
            )
            for number, item in enumerate(page.items)
        ],
        next=page.next,
    )
