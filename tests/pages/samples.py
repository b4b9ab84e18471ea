"""People of made-up programs, as views give them: what the templates are tried with.

`northfield` has somebody who holds much, `empty` somebody who holds nothing, `long` whatever makes
a page burst: names of 120 characters, other scripts, three-digit counts, many loops.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from web.views.badge import Amount, BadgeDetail, LevelDetail, Part, RecentAward
from web.views.badges import (
    BadgeCounts,
    BadgeView,
    BestBadge,
    LevelAhead,
    LevelAwarded,
    LoopBadges,
    PersonBadges,
)
from web.views.gifts import GiftStateShown, GivenKudos
from web.views.highlights import Highlight, HighlightsPage
from web.views.partners import KudosKind, PartnersOfLoop
from web.views.people import Person
from web.views.summary import HeldBadge, PersonSummary


@dataclass(frozen=True)
class SampleProgram:
    name: str
    badges: PersonBadges
    highlights: HighlightsPage
    summary: PersonSummary
    details: dict[str, BadgeDetail]
    partners: Sequence[PartnersOfLoop] = ()
    given: Sequence[GivenKudos] = ()


ACHIEVEMENTS = {
    "excellence": ("Excellence", "Receiving great feedback from your mentoring partner"),
    "momentum": ("Momentum", "Keeping the conversation going, meeting after meeting"),
    "mentorloop-certified": ("Mentorloop Certified", "Passing the Participant Course"),
    "growing-together": (
        "Growing Together",
        "Completing your first meeting and reflecting on it in a survey",
    ),
    "mentorloop-champion": ("Mentorloop Champion", "Completing all milestones"),
}
KUDOS = {
    "trust": ("Trust", "Building safe, trusted, empathetic relationships"),
    "networking": ("Networking", "Connecting people, resources and opportunities"),
    "expertise": ("Expertise", "Sharing knowledge with impact"),
    "commitment": ("Commitment", "Consistently showing up and following through"),
    "creativity": ("Creativity", "Sparking new ideas and perspectives"),
}
LEVELS = ("bronze", "silver", "gold")


def at(day: str) -> str:
    return f"{day}T17:00:00.000000Z"


def person(participant: str, name: str, given_name: str | None = None) -> Person:
    return Person(
        participant_id=participant, display_name=name, given_name=given_name, avatar_url=None
    )


def reached(level: str | None, day: str, *, by_decision: bool = False) -> LevelAwarded:
    award = f"award-{level}-{day}"
    return LevelAwarded(level=level, award_id=award, awarded_at=at(day), by_decision=by_decision)


def ahead(level: str | None, have: float, need: float) -> LevelAhead:
    return LevelAhead(level=level, have=have, need=need)


def achievement(badge: str, *held: LevelAwarded, ahead: LevelAhead | None = None) -> BadgeView:
    return BadgeView(
        badge=badge,
        name=ACHIEVEMENTS[badge][0],
        category="achievement",
        scope="program" if badge == "mentorloop-certified" else "loop",
        artwork=badge,
        held=[*held],
        next=ahead,
        count=None,
        total=None,
    )


def kudos(badge: str, count: int) -> BadgeView:
    return BadgeView(
        badge=badge,
        name=KUDOS[badge][0],
        category="kudos",
        scope="loop",
        artwork=badge,
        held=[],
        next=None,
        count=count,
        total=count,
    )


def over_all(badges: Sequence[BadgeView]) -> list[BestBadge]:
    return [
        BestBadge(
            badge=badge.badge,
            name=badge.name,
            category=badge.category,
            artwork=badge.artwork,
            best=badge.held[-1] if badge.held else None,
            total=badge.total,
            latest=at("2026-04-18") if badge.total else None,
            loops_held=1 if badge.held or badge.count else 0,
        )
        for badge in badges
    ]


def loop(
    loop_id: str,
    name: str | None,
    partners: Sequence[Person],
    badges: Sequence[BadgeView],
    state: str = "open",
) -> LoopBadges:
    return LoopBadges(
        loop_id=loop_id, name=name, state=state, partners=[*partners], badges=[*badges]
    )


TOMAS = person("tomas.herrera", "Tomas Herrera", "Tomas")
MINA = person("mina.sato", "Mina Sato", "Mina")

_WEN = (
    achievement(
        "excellence",
        reached("bronze", "2026-02-12"),
        reached("silver", "2026-03-24"),
        reached("gold", "2026-04-29"),
    ),
    achievement(
        "momentum",
        reached("bronze", "2026-02-20"),
        reached("silver", "2026-03-31"),
        ahead=ahead("gold", 14, 15),
    ),
    achievement("mentorloop-certified", reached(None, "2026-02-02")),
    achievement("growing-together", reached(None, "2026-01-21", by_decision=True)),
    achievement("mentorloop-champion", ahead=ahead(None, 3, 4)),
    kudos("trust", 2),
    kudos("networking", 1),
    kudos("expertise", 1),
    kudos("commitment", 0),
    kudos("creativity", 1),
)
_NOTHING = (
    achievement("excellence", ahead=ahead("bronze", 0, 3)),
    achievement("momentum", ahead=ahead("bronze", 0, 5)),
    achievement("mentorloop-certified", ahead=ahead(None, 0, 1)),
    achievement("growing-together", ahead=ahead(None, 0, 2)),
    achievement("mentorloop-champion", ahead=ahead(None, 0, 4)),
    *(kudos(badge, 0) for badge in KUDOS),
)
_SECOND = (
    achievement("excellence", reached("bronze", "2026-05-02"), ahead=ahead("silver", 4, 6)),
    *_NOTHING[1:],
)
_ALL = (
    achievement("excellence", reached("gold", "2025-12-31")),
    achievement("momentum", reached("bronze", "2026-02-20"), ahead=ahead("silver", 9, 10)),
    achievement("mentorloop-certified", reached(None, "2026-02-02", by_decision=True)),
    achievement("growing-together", reached(None, "2026-01-21")),
    achievement("mentorloop-champion", reached(None, "2026-06-30")),
    kudos("trust", 248),
    kudos("networking", 100),
    kudos("expertise", 99),
    kudos("commitment", 12),
    kudos("creativity", 7),
)

_LONGEST = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle "
    "der Mentorinnen und Mentoren von Süd-Ostfriesland"
)
_PEOPLE = (
    person("noor", "نور الهدى بنت عبد الرحمن", "نور"),
    person("shira", "שירה בן־דוד", "שירה"),
    person("rocket", "Ana 🚀 O’Neill-<b>Schmidt</b>", "Ana 🚀"),
    person("long", _LONGEST),
)


def part(words: str, have: float, need: float, *parts: Part) -> Part:
    progress = Amount(have=have, need=need)
    return Part(criterion=words, met=have >= need, progress=progress, parts=[*parts])


_CHAMPION = (
    part("milestones: first meeting, grow together, levelling up, matched", 2, 4),
    part(
        "Excellence, gold; Momentum, gold; Growing Together; and Mentorloop Certified",
        3,
        4,
        part("Excellence, gold", 1, 1, part("top ratings: 9", 9, 9)),
        part("Momentum, gold", 0, 1, part("meetings attended: 15", 14, 15)),
        part("Growing Together", 1, 1),
        part("Mentorloop Certified", 1, 1),
    ),
)
_MEASURES = {"excellence": (3, "top ratings"), "momentum": (5, "meetings attended")}


def _details(badges: Sequence[BadgeView], giver: Person) -> dict[str, BadgeDetail]:
    return {
        badge.badge: BadgeDetail(
            badge=badge.badge,
            name=badge.name,
            description=(ACHIEVEMENTS | KUDOS)[badge.badge][1],
            category=badge.category,
            scope=badge.scope,
            artwork=badge.artwork,
            repeatable=badge.category == "kudos",
            loop_id=None if badge.scope == "program" else "loop-tomas-wen",
            total=badge.total or 0,
            levels=[] if badge.category == "kudos" else _levels(badge),
            recent=[
                RecentAward(
                    award_id=f"a-{n}",
                    loop_id="loop",
                    level=None,
                    awarded_at=at(f"2026-04-{18 - n:02}"),
                    by_decision=n == 1,
                    giver=giver if n else None,
                    kudos_id=f"k-{n}" if n else None,
                    has_note=n % 3 == 1,
                )
                for n in range(min(badge.count or 0, 12))
            ],
        )
        for badge in badges
    }


def _levels(badge: BadgeView) -> list[LevelDetail]:
    held = {level.level: level for level in badge.held}
    have = badge.next.have if badge.next else 99
    if badge.badge in _MEASURES:
        step, words = _MEASURES[badge.badge]
        return [
            LevelDetail(
                level=level,
                criterion=f"{words}: {step * n}",
                met=have >= step * n,
                held=held.get(level),
                progress=Amount(have=have, need=step * n),
                parts=[],
            )
            for n, level in enumerate(LEVELS, 1)
        ]
    parts = _CHAMPION if badge.badge == "mentorloop-champion" else ()
    words = " or ".join(each.criterion for each in parts) or "course quizzes passed: 1"
    need = badge.next.need if badge.next else 1
    return [
        LevelDetail(
            level=None,
            criterion=words,
            met=None in held,
            held=held.get(None),
            progress=Amount(have=have, need=need),
            parts=[*parts],
        )
    ]


def _highlight(
    badge: str, day: str, level: str | None = None, by: Person | None = None
) -> Highlight:
    key = f"{badge}-{level}-{day}"
    return Highlight(
        id=key,
        what="kudos" if badge in KUDOS else "achievement",
        badge=badge,
        name=(ACHIEVEMENTS | KUDOS)[badge][0],
        artwork=badge,
        level=level,
        loop_id="guild" if level else None,
        at=at(day),
        by=by,
        by_decision=False,
        award_id=key,
        read=None,
    )


_HIGHLIGHTS = [
    _highlight("excellence", "2026-04-29", "gold"),
    _highlight("trust", "2026-04-18", by=TOMAS),
    _highlight("creativity", "2026-04-18"),
    _highlight("momentum", "2026-03-31", "silver"),
    _highlight("excellence", "2026-03-24", "silver"),
    _highlight("momentum", "2026-02-20", "bronze"),
    _highlight("mentorloop-certified", "2026-02-02"),
    _highlight("growing-together", "2026-01-21"),
]
_MANY_HIGHLIGHTS = [
    _highlight(badge, f"2026-0{month}-11", by=_PEOPLE[month % 4])
    for month in (6, 5, 4)
    for badge in KUDOS
]


def _summary(name: str, roles: list[str], badges: Sequence[BadgeView] = ()) -> PersonSummary:
    held = [
        HeldBadge(
            badge=badge.badge,
            name=badge.name,
            artwork=badge.artwork,
            level=badge.held[-1].level if badge.held else None,
            total=badge.total,
        )
        for badge in badges
        if badge.held or badge.total
    ]
    return PersonSummary(display_name=name, avatar_url=None, roles=roles, badges=held)


def _badges(
    who: Person,
    counts: tuple[int, int, int, int],
    badges: Sequence[BadgeView],
    loops: Sequence[LoopBadges],
    following: str | None = None,
) -> PersonBadges:
    held, of, kudos_received, givers = counts
    return PersonBadges(
        person=who,
        summary=BadgeCounts(held=held, of=of, kudos=kudos_received, givers=givers),
        badges=over_all(badges),
        loops=[*loops],
        next=following,
    )


KINDS = tuple(
    KudosKind(badge=badge, name=name, description=description)
    for badge, (name, description) in KUDOS.items()
)
GIVEN_NOW = datetime(2026, 4, 30, 12, 0, tzinfo=UTC)


def _partners(loop_id: str, name: str | None, *people: Person) -> PartnersOfLoop:
    kind = "one_to_one" if len(people) == 1 else "group"
    return PartnersOfLoop(loop_id=loop_id, name=name, kind=kind, state="open", people=[*people])


def _given(
    number: int,
    to: Person,
    kind: str,
    state: GiftStateShown,
    seconds: float,
    *,
    withdrawable: bool = False,
    refused_because: str | None = None,
    loop_name: str | None = None,
) -> GivenKudos:
    """A gift of so many seconds ago, held back for 8 seconds."""
    given = GIVEN_NOW - timedelta(seconds=seconds)
    until = given + timedelta(hours=24)
    return GivenKudos(
        kudos_id=f"00000000-0000-4000-8000-{number:012}",
        award_id=f"00000000-0000-5000-8000-{number:012}",
        loop_id="loop",
        loop_name=loop_name,
        recipient=to,
        kind=kind,
        name=KUDOS[kind][0],
        at=given.isoformat(),
        state=state,
        undo_until=(given + timedelta(seconds=8)).isoformat(),
        withdrawable_until=until.isoformat() if withdrawable else None,
        refused_because=refused_because,
    )


_DAY = 86_400
_WENS_GIVEN = (
    _given(1, TOMAS, "trust", "held", 2),
    _given(2, MINA, "expertise", "held", 40, loop_name="Data guild"),
    _given(3, MINA, "networking", "sent", 12, withdrawable=True, loop_name="Data guild"),
    _given(4, TOMAS, "creativity", "sent", 900, withdrawable=True),
    _given(5, TOMAS, "commitment", "awarded", 7_200, withdrawable=True),
    _given(6, MINA, "trust", "awarded", 3 * _DAY),
    _given(
        7, TOMAS, "expertise", "refused", 5 * _DAY,
        refused_because="The program no longer has kudos of this kind.",
    ),
    _given(8, TOMAS, "trust", "cancelled", 3_600),
    _given(9, MINA, "trust", "withdrawing", 7_300),
    _given(10, MINA, "creativity", "withdrawn", 8 * _DAY),
)  # fmt: skip

_WENS_LOOPS = (
    loop("loop-tomas-wen", None, (TOMAS,), _WEN),
    loop("guild", "Data guild", (MINA, TOMAS), _SECOND, "closed"),
)
_MANY_LOOPS = [
    loop(f"loop {n}/ü", f"Gruppe {n}" if n % 3 else None, _PEOPLE[n % 4 :], _ALL) for n in range(20)
]

PROGRAMS = {
    "northfield": SampleProgram(
        "Northfield Alumni",
        _badges(person("wen.zhao", "Wen Zhao", "Wen"), (8, 10, 5, 1), _WEN, _WENS_LOOPS),
        HighlightsPage(items=_HIGHLIGHTS, next=None),
        _summary("Tomas Herrera", ["mentor"], _WEN),
        _details(_WEN, TOMAS),
        (_partners("loop-tomas-wen", None, TOMAS), _partners("guild", "Data guild", MINA, TOMAS)),
        _WENS_GIVEN,
    ),
    "empty": SampleProgram(
        "Riverside Makers",
        _badges(
            person("kim", "Kim Okafor", "Kim"),
            (0, 10, 0, 0),
            _NOTHING,
            [loop("first", None, (MINA,), _NOTHING)],
        ),
        HighlightsPage(items=[], next=None),
        _summary("Mina Sato", ["mentor", "mentee"]),
        _details(_NOTHING, MINA),
    ),
    "long": SampleProgram(
        _LONGEST,
        _badges(person("longest", _LONGEST), (10, 10, 466, 137), _ALL, _MANY_LOOPS, "loop 19/ü"),
        HighlightsPage(items=_MANY_HIGHLIGHTS, next="further"),
        _summary(_LONGEST, ["mentor", "mentee", "Kontaktperson"], _ALL),
        _details(_ALL, _PEOPLE[0]),
        [
            _partners(f"loop {n}/ü", f"Gruppe {n}" if n % 3 else None, *_PEOPLE[n % 4 :])
            for n in range(8)
        ],
        [
            _given(n, _PEOPLE[n % 4], kind, "awarded", n * 1_000, loop_name=_LONGEST)
            for n, kind in enumerate(KUDOS)
        ],
    ),
}
