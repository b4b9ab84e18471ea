"""Who takes part in Aurora Guild: mentors, learners, cohorts, and the loops they meet in."""

from dataclasses import dataclass
from datetime import date

AURORA = "aurora"

ARTISTRY, CIVIC, PRODUCT, RESEARCH = "artistry", "civic", "product", "research"
"""What a learner's portfolio is for: the four contexts, none of them a trait of a person."""
INTRODUCTORY, ADVANCED = "introductory", "advanced"


@dataclass(frozen=True, slots=True)
class Cohort:
    """A half-year that learners go through together: its first and its last day."""

    id: str
    first: date
    last: date


AUTUMN_24 = Cohort("autumn-24", date(2024, 9, 9), date(2025, 2, 28))
SPRING_25 = Cohort("spring-25", date(2025, 3, 10), date(2025, 8, 29))
AUTUMN_25 = Cohort("autumn-25", date(2025, 8, 4), date(2026, 1, 30))
COHORTS = (AUTUMN_24, SPRING_25, AUTUMN_25)

MENTORS = (
    "amara", "dana", "erik", "imani", "jonas", "kofi", "lena", "mateo", "noor", "priya", "ruth",
    "sofia", "tomas", "wei",
)  # fmt: skip
COMMITTEE = ("ada", "bea", "oren", "ruth", "sam")
"""Its members sign decisions. Ruth is a mentor too."""
AUDITOR = "vera"
"""Looks at what the committee does, and does nothing of it."""

EVERY = {"amara": 14, "dana": 17, "tomas": 35}
"""Days between two meetings: the three bands of commitment. Who is not here meets every 13."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """A loop of a learner in a cohort. `baseline` and `final` are totals of 24; who joined late
    has no baseline."""

    cohort: Cohort
    learner: str
    mentors: tuple[str, ...]
    track: str
    context: str
    baseline: int | None
    final: int

    @property
    def id(self) -> str:
        """The loop's id, which begins those of its facts."""
        return f"{self.cohort.id}-{self.learner}"

    @property
    def every(self) -> int:
        """Days between two meetings."""
        return EVERY.get(self.mentors[0], 13)


GUIDANCE = (
    Guidance(AUTUMN_24, "ayo", ("imani",), INTRODUCTORY, PRODUCT, 12, 16),
    Guidance(AUTUMN_24, "bruno", ("imani",), INTRODUCTORY, CIVIC, 13, 16),
    Guidance(AUTUMN_24, "carla", ("imani",), INTRODUCTORY, PRODUCT, 12, 16),
    Guidance(AUTUMN_24, "dede", ("mateo",), INTRODUCTORY, RESEARCH, 12, 16),
    Guidance(AUTUMN_24, "emil", ("mateo",), INTRODUCTORY, PRODUCT, 11, 16),
    Guidance(AUTUMN_24, "fatou", ("mateo",), INTRODUCTORY, RESEARCH, 12, 17),
    Guidance(AUTUMN_24, "gus", ("wei",), INTRODUCTORY, PRODUCT, 10, 13),
    Guidance(AUTUMN_24, "hilde", ("wei", "sofia"), ADVANCED, ARTISTRY, 9, 13),
    Guidance(AUTUMN_24, "ivo", ("wei",), INTRODUCTORY, ARTISTRY, 11, 14),
    Guidance(AUTUMN_24, "jia", ("amara",), INTRODUCTORY, CIVIC, 11, 15),
    Guidance(AUTUMN_24, "karim", ("amara", "ruth"), INTRODUCTORY, CIVIC, 10, 13),
    Guidance(AUTUMN_24, "lotte", ("dana",), INTRODUCTORY, PRODUCT, 9, 12),
    Guidance(SPRING_25, "mara", ("imani",), ADVANCED, RESEARCH, 12, 17),
    Guidance(SPRING_25, "nico", ("imani",), ADVANCED, PRODUCT, 13, 18),
    Guidance(SPRING_25, "olga", ("mateo",), ADVANCED, RESEARCH, 12, 17),
    Guidance(SPRING_25, "pavel", ("mateo",), ADVANCED, CIVIC, 13, 17),
    Guidance(SPRING_25, "quinn", ("tomas",), INTRODUCTORY, CIVIC, 10, 13),
    Guidance(SPRING_25, "rosa", ("tomas",), INTRODUCTORY, ARTISTRY, 12, 15),
    Guidance(SPRING_25, "sami", ("tomas", "dana"), INTRODUCTORY, PRODUCT, 11, 14),
    Guidance(SPRING_25, "tove", ("dana",), ADVANCED, PRODUCT, 10, 14),
    Guidance(SPRING_25, "lee", ("lena",), INTRODUCTORY, RESEARCH, 8, 12),
    Guidance(SPRING_25, "mio", ("lena",), INTRODUCTORY, CIVIC, 6, 10),
    Guidance(SPRING_25, "ulla", ("sofia",), ADVANCED, ARTISTRY, 12, 15),
    Guidance(SPRING_25, "vito", ("sofia",), INTRODUCTORY, ARTISTRY, 11, 14),
    Guidance(SPRING_25, "wanda", ("jonas",), INTRODUCTORY, PRODUCT, 10, 14),
    Guidance(SPRING_25, "xenia", ("erik",), INTRODUCTORY, RESEARCH, 12, 15),
    Guidance(AUTUMN_25, "yara", ("imani",), ADVANCED, PRODUCT, 12, 17),
    Guidance(AUTUMN_25, "zeno", ("imani", "kofi"), INTRODUCTORY, CIVIC, 13, 17),
    Guidance(AUTUMN_25, "anouk", ("mateo",), ADVANCED, CIVIC, None, 17),
    Guidance(AUTUMN_25, "lee", ("lena",), ADVANCED, RESEARCH, 11, 12),
    Guidance(AUTUMN_25, "bilal", ("noor",), INTRODUCTORY, CIVIC, 11, 14),
    Guidance(AUTUMN_25, "chloe", ("noor",), INTRODUCTORY, PRODUCT, 12, 16),
    Guidance(AUTUMN_25, "dario", ("noor", "priya"), INTRODUCTORY, ARTISTRY, 9, 12),
    Guidance(AUTUMN_25, "edda", ("erik",), INTRODUCTORY, RESEARCH, 10, 13),
    Guidance(AUTUMN_25, "falk", ("erik", "jonas"), INTRODUCTORY, PRODUCT, 11, 14),
    Guidance(AUTUMN_25, "greta", ("jonas", "priya"), INTRODUCTORY, CIVIC, 9, 12),
    Guidance(AUTUMN_25, "hugo", ("amara", "priya"), ADVANCED, CIVIC, 12, 16),
)


@dataclass(frozen=True, slots=True)
class Companionship:
    """A loop in which an experienced mentor sees a new one through a first cohort."""

    senior: str
    junior: str
    first: date
    last: date

    @property
    def id(self) -> str:
        """The loop's id."""
        return f"pairing-{self.senior}-{self.junior}"


COMPANIONS = (
    Companionship("sofia", "lena", date(2025, 3, 3), date(2025, 9, 5)),
    Companionship("mateo", "noor", date(2025, 7, 14), date(2026, 2, 13)),
    Companionship("imani", "kofi", date(2025, 7, 7), date(2026, 2, 20)),
)
