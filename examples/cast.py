"""Who takes part: three programs, their loops, and how each loop goes about its mentoring."""

from dataclasses import dataclass
from datetime import date, time

ALUMNI = "northfield-alumni"
COMPANY = "kestrel-engineering"
COMMUNITY = "riverside-makers"

MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")


@dataclass(frozen=True, slots=True)
class Loop:
    """A mentoring relationship. `every` and `mqs_every` are in days; `missed`, `reflects` (a
    survey after a meeting) and `warmth` (a top rating) are shares of 1; `milestones` is how many
    of the four its people complete."""

    program: str
    id: str
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    first: date
    at: time
    every: int = 14
    last: date = date(2026, 6, 28)
    missed: float = 0.1
    mqs_every: int = 28
    reflects: float = 0.55
    warmth: float = 0.5
    milestones: int = 3

    @property
    def people(self) -> tuple[str, ...]:
        """Mentors first."""
        return self.mentors + self.mentees

    @property
    def stem(self) -> str:
        """What the ids of the loop's facts begin with."""
        return self.id.removeprefix("loop-")


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


LOOPS = (
    Loop(
        ALUMNI, "loop-amara-jonas", ("amara.okafor",), ("jonas.weber",), _day(1, 13), time(18, 0),
        every=7, warmth=0.8, milestones=4,
    ),
    Loop(
        ALUMNI, "loop-hana-diego", ("hana.suzuki",), ("diego.alvarez",), _day(1, 14), time(17, 30),
        warmth=0.6,
    ),
    Loop(
        ALUMNI, "loop-sofia-daniel", ("sofia.marino",), ("daniel.brooks",), _day(1, 15),
        time(12, 15), every=7, last=_day(3, 6), mqs_every=21, milestones=2,
    ),
    Loop(
        ALUMNI, "loop-tomas-wen", ("tomas.herrera",), ("wen.zhao",), _day(1, 20), time(19, 0),
        every=7, last=_day(5, 5), missed=0.0, mqs_every=11, reflects=0.4, warmth=1.0,
    ),
    Loop(
        ALUMNI, "loop-ruth-kofi", ("ruth.adler",), ("kofi.mensah",), _day(1, 22), time(16, 0),
        every=7, missed=0.3, warmth=0.7, milestones=4,
    ),
    Loop(
        ALUMNI, "loop-elena-marcus", ("elena.petrova",), ("marcus.hill",), _day(1, 26),
        time(18, 30), reflects=0.3,
    ),
    Loop(
        ALUMNI, "loop-george-aisha", ("george.tan",), ("aisha.rahman",), _day(2, 3), time(8, 45),
        warmth=0.9, mqs_every=21,
    ),
    Loop(
        ALUMNI, "loop-ines-tyler", ("ines.carvalho",), ("tyler.reed",), _day(2, 5), time(20, 0),
        missed=0.35, reflects=0.25, warmth=0.3, milestones=2,
    ),
    Loop(
        ALUMNI, "loop-mei-owen", ("mei.lindqvist",), ("owen.gallagher",), _day(3, 10),
        time(17, 0), every=7, warmth=0.65,
    ),
    Loop(
        ALUMNI, "loop-paul-zara", ("paul.nakamura",), ("zara.ahmed",), _day(5, 27), time(12, 0),
        milestones=2, mqs_every=21,
    ),
    Loop(
        ALUMNI, "loop-noor-felix", ("noor.haddad",), ("felix.braun",), _day(1, 29), time(9, 0),
        reflects=0.7, warmth=0.35,
    ),
    Loop(
        ALUMNI, "loop-adele-samir", ("adele.fontaine",), ("samir.khan",), _day(2, 10),
        time(13, 30), every=7, missed=0.25, mqs_every=21, warmth=0.75,
    ),
    Loop(
        COMPANY, "loop-priya-marek", ("priya.raman",), ("marek.dvorak",), _day(1, 8), time(9, 30),
        every=7, missed=0.04, mqs_every=14, warmth=1.0, reflects=0.7,
    ),
    Loop(
        COMPANY, "loop-helena-oskar", ("helena.brandt",), ("oskar.lindgren",), _day(1, 12),
        time(11, 0), warmth=0.6,
    ),
    Loop(
        COMPANY, "loop-helena-mina", ("helena.brandt",), ("mina.sato",), _day(1, 13), time(15, 0),
        every=7, missed=0.06, mqs_every=14, warmth=1.0, reflects=0.6,
    ),
    Loop(
        COMPANY, "loop-ingrid-yusuf", ("ingrid.solberg",), ("yusuf.demir",), _day(1, 28),
        time(16, 30), milestones=4, warmth=0.7,
    ),
    Loop(
        COMPANY, "loop-lena-arjun", ("lena.fischer",), ("arjun.mehta",), _day(2, 16),
        time(10, 0), every=7, missed=0.2, warmth=0.45,
    ),
    Loop(
        COMPANY, "loop-rafael-greta", ("rafael.costa",), ("greta.larsen",), _day(3, 4),
        time(8, 30), reflects=0.7, mqs_every=21, warmth=0.7, milestones=4,
    ),
    Loop(
        COMPANY, "loop-stefan-jana", ("stefan.vogel",), ("jana.novak",), _day(2, 19),
        time(15, 30), every=7, missed=0.25, warmth=0.4, milestones=2,
    ),
    Loop(
        COMPANY, "circle-data-platform", ("stefan.vogel",),
        ("mina.sato", "luca.romano", "jana.novak", "femi.adeyemi"), _day(1, 21), time(14, 0),
        reflects=0.35, mqs_every=42,
    ),
    Loop(
        COMPANY, "circle-first-managers", ("ingrid.solberg", "rafael.costa"),
        ("greta.larsen", "tariq.haddad", "noemi.balint", "ben.osei", "alice.moreau"),
        _day(2, 4), time(13, 0), reflects=0.3, mqs_every=42, warmth=0.6,
    ),
    Loop(
        COMMUNITY, "loop-bea-callum", ("bea.thornton",), ("callum.price",), _day(1, 10),
        time(10, 30), every=7, missed=0.15, warmth=0.75, milestones=4,
    ),
    Loop(
        COMMUNITY, "loop-nell-sam", ("nell.fraser",), ("sam.whitlock",), _day(2, 14), time(14, 0),
        reflects=0.8, warmth=0.6,
    ),
    Loop(
        COMMUNITY, "loop-jonas-ivy", ("jonas.weber",), ("ivy.chandler",), _day(3, 1), time(16, 0),
        every=7, missed=0.2, reflects=0.7, milestones=2,
    ),
    Loop(
        COMMUNITY, "circle-repair-cafe", ("joan.pryce",), ("dev.patel", "lily.marsh", "otis.bell"),
        _day(2, 7), time(11, 0), every=21, missed=0.0, reflects=0.4, mqs_every=56,
    ),
)  # fmt: skip

LOOP = {loop.id: loop for loop in LOOPS}
