"""Panels: three mentors or more rate a practical hour, or half a year of practice.

All reviews of a panel carry the time of its closing, and ids that give nothing away.
"""

from datetime import datetime, timedelta

from examples.recognition.annals import REVIEW, Annals, moment, random_id

PRACTICAL = ("scoping", "feedback", "narrative")
PRACTICE = (
    "communication", "expectations", "understanding", "inclusion", "independence", "growth",
)  # fmt: skip
_ROWS = {"practical": PRACTICAL, "practice": PRACTICE}

FIRST = "2025-03-28T17:00:00+01:00"
SUMMER = "2025-08-20T17:00:00+02:00"
AUTUMN = "2025-09-19T17:00:00+02:00"
WINTER = "2026-02-10T18:00:00+01:00"

# Whose panel, on which rubric, when it closed, and the sum of the rows of each seat.
PANELS: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("priya", "practice", "2023-06-30T17:00:00+02:00", (18, 18, 18)),
    ("imani", "practical", FIRST, (7, 8, 9)),
    ("imani", "practice", FIRST, (18, 18, 18)),
    ("mateo", "practical", FIRST, (9, 8, 8)),
    ("mateo", "practice", FIRST, (19, 18, 20)),
    ("wei", "practical", FIRST, (8, 8, 7)),
    ("wei", "practice", FIRST, (17, 15, 16)),
    ("sofia", "practice", SUMMER, (19, 20, 18)),
    ("dana", "practical", AUTUMN, (8, 9, 8)),
    ("dana", "practice", AUTUMN, (18, 19, 17)),
    ("tomas", "practical", AUTUMN, (8, 7, 8)),
    ("tomas", "practice", AUTUMN, (16, 15, 17)),
    ("amara", "practical", WINTER, (9, 8, 9)),
    ("amara", "practice", WINTER, (20, 18, 19)),
    ("erik", "practical", WINTER, (8, 8, 8)),
    ("erik", "practice", WINTER, (18, 17, 18)),
    ("jonas", "practical", WINTER, (8, 9, 7)),
    ("jonas", "practice", WINTER, (18, 15, 7)),
    ("lena", "practical", WINTER, (8, 7, 9)),
    ("lena", "practice", WINTER, (18, 18, 6, 18)),
    ("noor", "practical", WINTER, (8, 8, 9)),
    ("noor", "practice", WINTER, (15, 12, 18)),
    ("mateo", "practice", "2026-03-27T17:00:00+01:00", (20, 20, 20)),
    ("imani", "practice", "2026-04-24T17:00:00+02:00", (20, 21, 21)),
    ("priya", "practice", "2026-05-29T17:00:00+02:00", (6, 6, 6)),
)


def record(annals: Annals) -> None:
    """All panels; what was on paper arrives when the guild brought it in."""
    for mentor, rubric, closed, sums in PANELS:
        at = moment(closed)
        arrives = moment("2024-09-20T15:00:00+02:00") if at.year < 2024 else None
        for seat, total in enumerate(sums, 1):
            review(annals, mentor, rubric, at, seat, total, arrives)


def review_id(mentor: str, rubric: str, closed: datetime, seat: int) -> str:
    """The id of a seat's review."""
    return random_id(f"{_panel(mentor, rubric, closed)}/{seat}")


def review(
    annals: Annals,
    mentor: str,
    rubric: str,
    closed: datetime,
    seat: int,
    total: int,
    arrives: datetime | None = None,
) -> None:
    """The review of one seat: its rows sum to `total`, its score is their mean."""
    rows = _ROWS[rubric]
    each, over = divmod(total, len(rows))
    id = review_id(mentor, rubric, closed, seat)
    shuffled = timedelta(seconds=5 + int(id[:4], 16) % 50)  # they arrive in an order of no meaning
    annals.record(REVIEW, closed, {
        "review_id": id, "participant_id": mentor,
        "panel_id": random_id(_panel(mentor, rubric, closed)), "seat": seat, "rubric": rubric,
        "rubric_version": 1,
        "ratings": {row: each + (n < over) for n, row in enumerate(rows)},
        "score": round(total / len(rows), 4),
    }, arrives or closed + shuffled)  # fmt: skip


def _panel(mentor: str, rubric: str, closed: datetime) -> str:
    return f"panel/{mentor}/{rubric}/{closed.date()}"
