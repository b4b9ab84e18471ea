"""Good standing: at the instant, with higher stages, and with the grace of an open renewal."""

import pytest

from engine.projections.loop_board import StandingAward
from engine.rules.calendar import Calendar
from events.instants import Instant
from governance.rules.rewards.standing import Grace, holders, holding_all

BERLIN = Calendar("Europe/Berlin")
STAGES = ("apprentice", "proficient", "master")
NO_GRACE = Grace(90, frozenset())
BEGIN, END = Instant("2024-05-10T10:00:00.000000Z"), Instant("2026-05-10T22:00:00.000000Z")
IN_GRACE = Grace(90, frozenset({("imani", "proficient")}))


def award(badge: str, who: str = "imani", until: Instant | None = END) -> StandingAward:
    return StandingAward("id", None, who, badge, None, "d-1", BEGIN, False, 1, until)


def at(instant: str, badge: str, held: StandingAward, grace: Grace = NO_GRACE) -> bool:
    return bool(holders(badge, STAGES, [held], Instant(instant), BERLIN, grace))


@pytest.mark.parametrize(
    ("instant", "holds"),
    [
        ("2024-05-10T09:59:59.999999Z", False),
        ("2024-05-10T10:00:00.000000Z", True),
        ("2026-05-10T21:59:59.999999Z", True),
        ("2026-05-10T22:00:00.000000Z", False),
    ],
)
def test_a_term_holds_from_its_award_up_to_its_end(instant: str, holds: bool) -> None:
    assert at(instant, "proficient", award("proficient")) is holds


@pytest.mark.parametrize(
    ("instant", "holds"),
    [
        ("2026-08-08T21:59:59.999999Z", True),
        ("2026-08-08T22:00:00.000000Z", False),
    ],
)
def test_an_open_renewal_gives_ninety_days_more(instant: str, holds: bool) -> None:
    assert at(instant, "proficient", award("proficient"), IN_GRACE) is holds
    assert not at(instant, "proficient", award("proficient"))


def test_a_higher_stage_counts_and_a_lower_one_does_not() -> None:
    instant = "2025-01-01T00:00:00.000000Z"
    assert at(instant, "proficient", award("master"))
    assert not at(instant, "master", award("proficient"))
    assert not at(instant, "proficient", award("bridge-builder"))
    assert at(instant, "bridge-builder", award("bridge-builder", until=None))


def test_the_grace_of_a_higher_stage_keeps_those_below() -> None:
    grace = Grace(90, frozenset({("imani", "master")}))
    assert at("2026-06-01T00:00:00.000000Z", "proficient", award("master"), grace)


def test_all_badges_are_needed_and_none_is_nobody() -> None:
    instant = Instant("2025-01-01T00:00:00.000000Z")
    held = [award("proficient"), award("bridge"), award("bridge", "lena")]
    both = holding_all(("proficient", "bridge"), STAGES, held, instant, BERLIN, NO_GRACE)
    assert both == {"imani"}
    assert holding_all((), STAGES, held, instant, BERLIN, NO_GRACE) == frozenset()
