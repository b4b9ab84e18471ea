"""Renewals open 90 days before a term ends, until the grace after it is over, of the stage that
ends last."""

from datetime import date

import pytest

from engine.projections.loop_board import StandingAward
from engine.rules.calendar import Calendar
from events.instants import Instant
from governance.rules.deadlines import Deadlines
from governance.rules.renewals import RenewalDue, due

BERLIN = Calendar("Europe/Berlin")
STAGES = ("proficient", "master")
GRANTED = Instant("2025-04-08T09:00:00.000000Z")
END = Instant("2028-04-08T22:00:00.000000Z")  # the first instant of 9 April in Berlin
LATER = Instant("2029-01-01T23:00:00.000000Z")
OPENS = date(2028, 1, 10)
DEFAULT = Deadlines()


def award(participant: str, badge: str, until: Instant | None) -> StandingAward:
    """An award that stands."""
    return StandingAward("", None, participant, badge, None, "d", GRANTED, False, 1, until)


def opened(today: date, *held: StandingAward, rules: Deadlines = DEFAULT) -> list[RenewalDue]:
    return due(held, STAGES, BERLIN, rules, today)


@pytest.mark.parametrize(
    ("today", "is_open"),
    [
        (date(2028, 1, 9), False),
        (OPENS, True),
        (date(2028, 4, 9), True),
        (date(2028, 7, 7), True),
        (date(2028, 7, 8), False),
    ],
)
def test_from_90_days_before_the_end_until_the_grace_is_over(today: date, is_open: bool) -> None:
    expected = [RenewalDue("imani", "proficient", OPENS)] if is_open else []
    assert opened(today, award("imani", "proficient", END)) == expected


def test_the_policy_says_how_early_and_how_long() -> None:
    rules = Deadlines(renewal_opens=1, grace=0)
    held = award("imani", "proficient", END)
    days = [day for day in range(6, 11) if opened(date(2028, 4, day), held, rules=rules)]
    assert days == [8]


@pytest.mark.parametrize(
    ("master", "renewed"),
    [
        (LATER, []),
        (None, []),
        (END, ["master"]),
        (Instant("2028-03-01T23:00:00.000000Z"), ["master", "proficient"]),
    ],
)
def test_a_lower_stage_is_renewed_only_where_it_ends_last(
    master: Instant | None, renewed: list[str]
) -> None:
    held = (award("imani", "proficient", END), award("imani", "master", master))
    assert [each.badge for each in opened(date(2028, 2, 1), *held)] == renewed


def test_a_lower_stage_covers_nothing_and_nobody_covers_somebody_else() -> None:
    held = (
        award("imani", "master", END),
        award("imani", "proficient", LATER),
        award("wei", "proficient", END),
        award("wei", "archivist", LATER),
    )
    assert opened(date(2028, 2, 1), *held) == [
        RenewalDue("imani", "master", OPENS),
        RenewalDue("wei", "proficient", OPENS),
    ]


def test_what_was_renewed_ends_with_its_last_term() -> None:
    renewed = award("imani", "proficient", END), award("imani", "proficient", LATER)
    assert opened(date(2028, 2, 1), *renewed) == opened(date(2028, 2, 1), *reversed(renewed)) == []
    kept = award("wei", "proficient", END), award("wei", "proficient", None)
    assert opened(date(2028, 2, 1), *kept) == opened(date(2028, 2, 1), *reversed(kept)) == []
