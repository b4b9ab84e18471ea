"""People of made-up programs, in the shapes that views have: what the templates are tried with.

`northfield` has somebody who holds much, `empty` somebody who holds nothing, `long` whatever makes
a page burst: names of 120 characters, other scripts, three-digit counts, many loops.
"""

from dataclasses import dataclass, field

from engine.catalog.model import Scope
from engine.projections.loop_board import BadgeProgress, HeldLevel, NextLevel
from engine.queries.person import BestOfBadge, CountsOfPerson
from events.instants import Instant


@dataclass(frozen=True)
class SamplePerson:
    participant_id: str
    display_name: str
    given_name: str | None = None
    avatar_url: str | None = None


@dataclass(frozen=True)
class SampleLoop:
    loop_id: str
    name: str | None
    partners: tuple[SamplePerson, ...]
    badges: tuple[BadgeProgress, ...]
    state: str = "open"


@dataclass(frozen=True)
class SampleBadges:
    person: SamplePerson
    summary: CountsOfPerson
    badges: tuple[BestOfBadge, ...]
    loops: tuple[SampleLoop, ...]
    next: str | None = None


@dataclass(frozen=True)
class SampleAmount:
    have: float
    need: float


@dataclass(frozen=True)
class SamplePart:
    criterion: str
    met: bool
    progress: SampleAmount
    parts: tuple["SamplePart", ...] = ()


@dataclass(frozen=True)
class SampleLevel:
    level: str | None
    criterion: str
    met: bool
    held: HeldLevel | None
    progress: SampleAmount
    parts: tuple[SamplePart, ...] = ()


@dataclass(frozen=True)
class SampleAward:
    award_id: str
    loop_id: str | None
    level: str | None
    awarded_at: Instant
    by_decision: bool
    giver: SamplePerson | None


@dataclass(frozen=True)
class SampleDetail:
    badge: str
    name: str
    description: str
    category: str
    scope: str
    artwork: str
    repeatable: bool
    loop_id: str | None
    levels: tuple[SampleLevel, ...]
    recent: tuple[SampleAward, ...]


@dataclass(frozen=True)
class SampleHighlight:
    id: str
    what: str
    badge: str
    name: str
    artwork: str
    level: str | None
    loop_id: str | None
    at: Instant
    by: SamplePerson | None
    by_decision: bool
    award_id: str


@dataclass(frozen=True)
class SampleHighlights:
    items: tuple[SampleHighlight, ...]
    next: str | None = None


@dataclass(frozen=True)
class SampleHeld:
    badge: str
    name: str
    artwork: str
    level: str | None
    total: int | None


@dataclass(frozen=True)
class SampleSummary:
    display_name: str
    avatar_url: str | None
    roles: tuple[str, ...]
    badges: tuple[SampleHeld, ...] = ()


@dataclass(frozen=True)
class SampleProgram:
    name: str
    badges: SampleBadges
    highlights: SampleHighlights
    summary: SampleSummary
    details: dict[str, SampleDetail] = field(default_factory=dict)


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


def at(text: str) -> Instant:
    return Instant(f"{text}T17:00:00.000000Z")


def reached(level: str | None, day: str, *, by_decision: bool = False) -> HeldLevel:
    return HeldLevel(level, f"award-{level}-{day}", at(day), by_decision)


TOMAS = SamplePerson("tomas.herrera", "Tomas Herrera", "Tomas")
MINA = SamplePerson("mina.sato", "Mina Sato", "Mina")


def achievement(
    badge: str, held: tuple[HeldLevel, ...] = (), ahead: NextLevel | None = None
) -> BadgeProgress:
    scope: Scope = "program" if badge == "mentorloop-certified" else "loop"
    return BadgeProgress(
        badge=badge,
        name=ACHIEVEMENTS[badge][0],
        category="achievement",
        scope=scope,
        held=held,
        next=ahead,
        count=None,
        total=None,
    )


def kudos(badge: str, count: int) -> BadgeProgress:
    return BadgeProgress(
        badge=badge,
        name=KUDOS[badge][0],
        category="kudos",
        scope="loop",
        held=(),
        next=None,
        count=count,
        total=count,
    )


def over_all(badges: tuple[BadgeProgress, ...]) -> tuple[BestOfBadge, ...]:
    return tuple(
        BestOfBadge(
            badge.badge,
            badge.name,
            badge.category,
            badge.held[-1] if badge.held else None,
            badge.total,
            1 if badge.held or badge.count else 0,
        )
        for badge in badges
    )


_WEN = (
    achievement(
        "excellence",
        (
            reached("bronze", "2026-02-12"),
            reached("silver", "2026-03-24"),
            reached("gold", "2026-04-29"),
        ),
    ),
    achievement(
        "momentum",
        (reached("bronze", "2026-02-20"), reached("silver", "2026-03-31")),
        NextLevel("gold", 14, 15),
    ),
    achievement("mentorloop-certified", (reached(None, "2026-02-02"),)),
    achievement("growing-together", (reached(None, "2026-01-21", by_decision=True),)),
    achievement("mentorloop-champion", (), NextLevel(None, 3, 4)),
    kudos("trust", 2),
    kudos("networking", 1),
    kudos("expertise", 1),
    kudos("commitment", 0),
    kudos("creativity", 1),
)
_NOTHING = (
    achievement("excellence", (), NextLevel("bronze", 0, 3)),
    achievement("momentum", (), NextLevel("bronze", 0, 5)),
    achievement("mentorloop-certified", (), NextLevel(None, 0, 1)),
    achievement("growing-together", (), NextLevel(None, 0, 2)),
    achievement("mentorloop-champion", (), NextLevel(None, 0, 4)),
    *(kudos(badge, 0) for badge in KUDOS),
)
_SECOND = (
    achievement("excellence", (reached("bronze", "2026-05-02"),), NextLevel("silver", 4, 6)),
    *_NOTHING[1:],
)
_ALL = (
    achievement("excellence", (reached("gold", "2025-12-31"),)),
    achievement("momentum", (reached("bronze", "2026-02-20"),), NextLevel("silver", 9, 10)),
    achievement("mentorloop-certified", (reached(None, "2026-02-02", by_decision=True),)),
    achievement("growing-together", (reached(None, "2026-01-21"),)),
    achievement("mentorloop-champion", (reached(None, "2026-06-30"),)),
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
    SamplePerson("noor", "نور الهدى بنت عبد الرحمن", "نور"),
    SamplePerson("shira", "שירה בן־דוד", "שירה"),
    SamplePerson("rocket", "Ana 🚀 O’Neill-<b>Schmidt</b>", "Ana 🚀"),
    SamplePerson("long", _LONGEST, None),
)
_MILESTONES = SamplePart(
    "milestones include matched, first-meeting, grow-together and levelling-up",
    False,
    SampleAmount(2, 4),
)
_HOLDS = SamplePart(
    "holds excellence gold, momentum gold, mentorloop-certified and growing-together",
    False,
    SampleAmount(3, 4),
    (
        SamplePart("at least 9 top ratings", True, SampleAmount(9, 9)),
        SamplePart("at least 15 meetings attended", False, SampleAmount(14, 15)),
        SamplePart("at least 1 course quiz passed", True, SampleAmount(1, 1)),
        SamplePart("all of: 1 meeting, 1 survey", True, SampleAmount(2, 2)),
    ),
)
_MEASURES = {"excellence": (3, "top ratings"), "momentum": (5, "meetings attended")}


def _details(badges: tuple[BadgeProgress, ...], giver: SamplePerson) -> dict[str, SampleDetail]:
    return {
        badge.badge: SampleDetail(
            badge.badge,
            badge.name,
            (ACHIEVEMENTS | KUDOS)[badge.badge][1],
            badge.category,
            badge.scope,
            badge.badge,
            badge.category == "kudos",
            None if badge.scope == "program" else "loop-tomas-wen",
            () if badge.category == "kudos" else _levels(badge),
            tuple(
                SampleAward(
                    f"a-{n}", "loop", None, at(f"2026-04-{18 - n:02}"), n == 1, giver if n else None
                )
                for n in range(min(badge.count or 0, 12))
            ),
        )
        for badge in badges
    }


def _levels(badge: BadgeProgress) -> tuple[SampleLevel, ...]:
    held = {level.level: level for level in badge.held}
    have = badge.next.have if badge.next else 99
    if badge.badge in _MEASURES:
        step, words = _MEASURES[badge.badge]
        return tuple(
            SampleLevel(
                level,
                f"at least {step * n} {words}",
                have >= step * n,
                held.get(level),
                SampleAmount(have, step * n),
            )
            for n, level in enumerate(LEVELS, 1)
        )
    parts = (_MILESTONES, _HOLDS) if badge.badge == "mentorloop-champion" else ()
    amount = SampleAmount(have, badge.next.need if badge.next else 1)
    words = "any of:" if parts else "at least 1 course quiz passed"
    return (SampleLevel(None, words, None in held, held.get(None), amount, parts),)


def _highlight(
    badge: str, day: str, level: str | None = None, by: SamplePerson | None = None
) -> SampleHighlight:
    what = "kudos" if badge in KUDOS else "achievement"
    name = (ACHIEVEMENTS | KUDOS)[badge][0]
    key = f"{badge}-{level}-{day}"
    return SampleHighlight(key, what, badge, name, badge, level, None, at(day), by, False, key)


_HIGHLIGHTS = SampleHighlights(
    (
        _highlight("excellence", "2026-04-29", "gold"),
        _highlight("trust", "2026-04-18", by=TOMAS),
        _highlight("creativity", "2026-04-18"),
        _highlight("momentum", "2026-03-31", "silver"),
        _highlight("excellence", "2026-03-24", "silver"),
        _highlight("momentum", "2026-02-20", "bronze"),
        _highlight("mentorloop-certified", "2026-02-02"),
        _highlight("growing-together", "2026-01-21"),
    )
)


def _held(badges: tuple[BadgeProgress, ...]) -> tuple[SampleHeld, ...]:
    return tuple(
        SampleHeld(
            badge.badge,
            badge.name,
            badge.badge,
            badge.held[-1].level if badge.held else None,
            badge.total,
        )
        for badge in badges
        if badge.held or badge.total
    )


PROGRAMS = {
    "northfield": SampleProgram(
        "Northfield Alumni",
        SampleBadges(
            SamplePerson("wen.zhao", "Wen Zhao", "Wen"),
            CountsOfPerson(8, 10, 5, 1),
            over_all(_WEN),
            (
                SampleLoop("loop-tomas-wen", None, (TOMAS,), _WEN),
                SampleLoop("guild", "Data guild", (MINA, TOMAS), _SECOND, "closed"),
            ),
        ),
        _HIGHLIGHTS,
        SampleSummary("Tomas Herrera", None, ("mentor",), _held(_WEN)),
        _details(_WEN, TOMAS),
    ),
    "empty": SampleProgram(
        "Riverside Makers",
        SampleBadges(
            SamplePerson("kim", "Kim Okafor", "Kim"),
            CountsOfPerson(0, 10, 0, 0),
            over_all(_NOTHING),
            (SampleLoop("first", None, (MINA,), _NOTHING),),
        ),
        SampleHighlights(()),
        SampleSummary("Mina Sato", None, ("mentor", "mentee")),
        _details(_NOTHING, MINA),
    ),
    "long": SampleProgram(
        _LONGEST,
        SampleBadges(
            SamplePerson("longest", _LONGEST),
            CountsOfPerson(10, 10, 466, 137),
            over_all(_ALL),
            tuple(
                SampleLoop(f"loop {n}/ü", f"Gruppe {n}" if n % 3 else None, _PEOPLE[n % 4 :], _ALL)
                for n in range(20)
            ),
            next="loop 19/ü",
        ),
        SampleHighlights(
            tuple(
                _highlight(badge, f"2026-0{month}-11", by=_PEOPLE[month % 4])
                for month in (6, 5, 4)
                for badge in KUDOS
            ),
            next="further",
        ),
        SampleSummary(_LONGEST, None, ("mentor", "mentee", "Kontaktperson"), _held(_ALL)),
        _details(_ALL, _PEOPLE[0]),
    ),
}
