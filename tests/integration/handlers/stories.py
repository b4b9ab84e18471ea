"""The longer stories of these tests, about ann and her partner ben in loop "loop"."""

from tests.support.given import meeting, milestone, quiz, reflection, survey

MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")

THE_QUIZ: bytes = quiz("q1", "ann", at=3)
THE_LAST_MEETING: bytes = meeting("m15", "ann", at=15)


def meetings(first: int, last: int) -> list[bytes]:
    """Ann's meetings m<first> to m<last>, each on the day of its number."""
    return [meeting(f"m{n}", "ann", at=n) for n in range(first, last + 1)]


def all_but_quiz_and_last_meeting() -> list[bytes]:
    """Two facts more, in whatever order, and ann is a champion."""
    ratings = [survey(f"s{n}", "ben", "ann", at=n) for n in range(1, 10)]
    return [*meetings(1, 14), *ratings, reflection("r1", "ann", at=2)]


def champion() -> list[bytes]:
    """Ann holds everything, champion by holding the rest."""
    return [*all_but_quiz_and_last_meeting(), THE_LAST_MEETING, THE_QUIZ]


def all_milestones(at: int = 20) -> list[bytes]:
    """Ann completes every milestone."""
    return [milestone(f"c-{which}", "ann", which, at=at) for which in MILESTONES]
