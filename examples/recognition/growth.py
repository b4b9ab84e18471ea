"""What mentors do for their own learning, for others, and for the program; what they are given."""

from datetime import date, timedelta
from random import Random

from examples.recognition.annals import (
    CONTRIBUTION,
    REWARD,
    STEWARDSHIP,
    TESTIMONIAL,
    TRAINING,
    Annals,
    berlin,
    moment,
    random_id,
)
from examples.recognition.cast import GUIDANCE, MENTORS
from examples.recognition.words import INDUSTRY

# Courses after foundations and ethics: who, which kind, credits, when.
_COURSES = (
    ("imani", "pedagogy", 6, date(2025, 2, 12)),
    ("imani", "rubric", 8, date(2025, 11, 19)),
    ("imani", "clinic", 12, date(2026, 4, 15)),
    ("mateo", "pedagogy", 6, date(2025, 2, 12)),
    ("mateo", "rubric", 8, date(2025, 11, 19)),
    ("mateo", "clinic", 12, date(2026, 4, 15)),
    ("wei", "pedagogy", 6, date(2025, 2, 12)),
    ("wei", "rubric", 8, date(2025, 10, 8)),
    ("amara", "pedagogy", 6, date(2025, 4, 9)),
    ("amara", "clinic", 5, date(2025, 10, 22)),
    ("dana", "pedagogy", 6, date(2025, 2, 12)),
    ("dana", "clinic", 5, date(2026, 4, 15)),
    ("tomas", "pedagogy", 6, date(2025, 4, 9)),
    ("sofia", "pedagogy", 6, date(2025, 4, 9)),
    ("sofia", "rubric", 8, date(2025, 6, 11)),
    ("lena", "pedagogy", 6, date(2025, 4, 9)),
    ("lena", "clinic", 5, date(2025, 10, 22)),
    ("jonas", "pedagogy", 6, date(2025, 4, 9)),
    ("erik", "pedagogy", 6, date(2025, 4, 9)),
    ("noor", "pedagogy", 6, date(2025, 10, 8)),
    ("noor", "rubric", 8, date(2026, 5, 20)),
    ("ruth", "rubric", 8, date(2024, 11, 20)),
    ("ruth", "rubric", 4, date(2025, 11, 19)),
    ("ruth", "clinic", 5, date(2026, 4, 15)),
    ("priya", "pedagogy", 6, date(2025, 4, 9)),
    ("priya", "clinic", 5, date(2025, 10, 22)),
    ("kofi", "pedagogy", 6, date(2026, 5, 20)),
)
_SHARED = {
    "amara": 3, "dana": 6, "erik": 3, "jonas": 4, "kofi": 1, "lena": 3, "mateo": 6, "noor": 3,
    "priya": 5, "ruth": 8, "sofia": 14, "tomas": 2, "wei": 8,
}  # fmt: skip
"""How many contributions each makes over the two years; Imani's are below."""
_IMANIS = (
    ("guide", date(2025, 6, 17)),
    ("webinar", date(2025, 10, 14)),
    ("guide", date(2025, 12, 9)),
    ("webinar", date(2026, 3, 24)),
)
_CALIBRATIONS = {
    date(2025, 3, 5): ("priya", "ruth", "sofia", "wei"),
    date(2025, 9, 3): ("dana", "mateo", "ruth", "sofia"),
    date(2025, 12, 3): ("dana", "imani", "mateo", "ruth", "wei"),
    date(2026, 3, 4): ("imani", "mateo", "ruth", "sofia"),
    date(2026, 6, 3): ("noor",),
}
# When four panels without a common member had closed, all who sat on them at once.
_PANELS = {
    date(2025, 5, 2): ("ada", "bea", "oren", "priya", "ruth", "ruth", "sam", "sofia"),
    date(2025, 11, 20): ("bea", "mateo", "priya", "ruth", "ruth", "sofia"),
    date(2026, 4, 2): ("dana", "imani", "mateo", "ruth", "ruth", "sofia", "wei"),
}
_PAIRINGS = (
    ("sofia", "lena", date(2025, 9, 8)),
    ("mateo", "noor", date(2026, 2, 16)),
    ("imani", "kofi", date(2026, 3, 2)),
)
_POLICY = (
    ("sofia", date(2025, 5, 14)),
    ("dana", date(2025, 11, 12)),
    ("kofi", date(2026, 5, 13)),
    ("sofia", date(2026, 5, 13)),
)
_FROM_INDUSTRY = (
    ("dana", "harbour-studio", date(2025, 4, 16)),
    ("wei", "harbour-studio", date(2025, 5, 6)),
    ("dana", "lumen-press", date(2025, 10, 21)),
    ("mateo", "tidewater-labs", date(2026, 2, 24)),
    ("imani", "lumen-press", date(2026, 3, 17)),
    ("dana", "tidewater-labs", date(2026, 4, 28)),
)
_REWARDS = (
    ("stipend-senior", "stipend", "2025-Q3", date(2025, 7, 7), ("imani", "mateo", "ruth")),
    ("stipend-senior", "stipend", "2025-Q4", date(2025, 10, 6), ("imani", "mateo", "sofia")),
    ("annual-event", "event", "2025", date(2025, 11, 28), ("amara", "kofi")),
    ("spotlight", "spotlight", "2025-Q4", date(2025, 12, 10), ("sofia",)),
    ("bonus-outcomes", "bonus", "2026", date(2026, 1, 12), ("imani", "mateo")),
    ("development-grant", "grant", "2026", date(2026, 1, 20), ("dana",)),
    ("spotlight", "spotlight", "2026-Q2", date(2026, 6, 10), ("imani", "kofi", "tomas")),
    ("stipend-master", "stipend", "2026-Q3", date(2026, 7, 6), ("imani",)),
)


def record(annals: Annals, seed: int) -> None:
    """Everything above."""
    rng = Random(f"{seed}/growth")
    _training(annals)
    for mentor, number in _SHARED.items():
        _contributions(annals, mentor, number, rng)
    for number, (kind, day) in enumerate(_IMANIS, 1):
        _contribution(annals, "imani", number, kind, day, 40)
    _stewardship(annals)
    for mentor, author, day in _FROM_INDUSTRY:
        annals.record(TESTIMONIAL, berlin(day, 10, 5), {
            "testimonial_id": random_id(f"industry/{mentor}/{author}"),
            "participant_id": mentor, "author_id": author, "source": "industry",
            "narrative": rng.choice(INDUSTRY),
        })  # fmt: skip
    for reward, kind, cycle, day, mentors in _REWARDS:
        for mentor in mentors:
            approvers = [name for name in ("ada", "oren", "sam") if name != mentor][:2]
            annals.record(REWARD, berlin(day, 12), {
                "reward_id": f"{reward}-{cycle.lower()}-{mentor}", "participant_id": mentor,
                "reward": reward, "kind": kind, "cycle": cycle, "approver_ids": approvers,
            })  # fmt: skip


def _training(annals: Annals) -> None:
    for mentor in MENTORS:
        joined = min(loop.cohort.first for loop in GUIDANCE if mentor in loop.mentors)
        for number, kind in enumerate(("foundations", "ethics")):
            day = max(joined - timedelta(8 - number), date(2024, 9, 1))
            _course(annals, mentor, f"mentor-{kind}", kind, 2, day)
    for mentor, kind, credits, day in _COURSES:
        _course(annals, mentor, f"{kind}-{day.year}-{day.month:02d}", kind, credits, day)


def _course(annals: Annals, mentor: str, course: str, kind: str, credits: int, day: date) -> None:
    annals.record(TRAINING, berlin(day, 16, 30), {
        "completion_id": f"{mentor}-{course}", "participant_id": mentor, "course_id": course,
        "kind": kind, "credits": credits,
    })  # fmt: skip


def _contributions(annals: Annals, mentor: str, number: int, rng: Random) -> None:
    joined = min(loop.cohort.first for loop in GUIDANCE if mentor in loop.mentors)
    first = joined + timedelta(40)
    span = (date(2026, 6, 30) - first).days
    kinds = ("webinar", "guide", "peer_coaching", "case_study", "curriculum")
    for place in range(number):
        day = first + timedelta(span * place // number + rng.randrange(9))
        kind = kinds[(place + len(mentor)) % len(kinds)]
        _contribution(annals, mentor, place + 1, kind, day, rng.randrange(3, 60))


def _contribution(
    annals: Annals, mentor: str, number: int, kind: str, day: date, reach: int
) -> None:
    annals.record(CONTRIBUTION, berlin(day, 17, 15), {
        "contribution_id": f"{mentor}-{kind}-{number}", "participant_id": mentor, "kind": kind,
        "reach": reach,
    })  # fmt: skip


def _stewardship(annals: Annals) -> None:
    def steward(mentor: str, kind: str, day: date, number: int = 0, about: str = "") -> None:
        record_id = random_id(f"stewardship/{mentor}/{kind}/{day}/{number}")
        other = {"about_id": about} if about else {}
        annals.record(STEWARDSHIP, berlin(day, 18), {
            "record_id": record_id, "participant_id": mentor, "kind": kind, **other,
        })  # fmt: skip

    for senior, junior, day in _PAIRINGS:
        steward(senior, "pairing", day, about=junior)
    for kind, days in (("calibration", _CALIBRATIONS), ("panel", _PANELS)):
        for day, mentors in days.items():
            for number, mentor in enumerate(mentors):
                steward(mentor, kind, day, number)
    for mentor, day in _POLICY:
        steward(mentor, "policy", day)


def brought_in(annals: Annals) -> None:
    """What the guild had on paper of the years before: it arrives in September 2024, much later
    than it happened."""
    arrives = moment("2024-09-20T15:00:00+02:00")
    for number, (kind, at) in enumerate((
        ("webinar", "2022-04-05T17:00:00+02:00"),
        ("guide", "2022-11-15T17:00:00+01:00"),
        ("peer_coaching", "2023-06-13T17:00:00+02:00"),
    )):  # fmt: skip
        annals.record(CONTRIBUTION, moment(at), {
            "contribution_id": f"sofia-paper-{number + 1}", "participant_id": "sofia",
            "kind": kind,
        }, arrives)  # fmt: skip
