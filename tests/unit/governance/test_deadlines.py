"""Steps of a case end with a local day of the program."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.calendar import Calendar
from governance.rules import deadlines
from governance.rules.deadlines import Deadlines
from governance.rules.states import KINDS, STATES, CaseState
from tests.support.examples import examples

BERLIN = Calendar("Europe/Berlin")
DEFAULT = Deadlines()
EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # 2 March in Berlin
ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"]


@pytest.mark.parametrize(
    ("state", "last"),
    [
        ("applied", date(2026, 3, 7)),
        ("acknowledged", date(2026, 3, 23)),
        ("reviewing", date(2026, 3, 23)),
        ("hearing", date(2026, 3, 16)),
        ("decided", date(2026, 4, 1)),
        ("final", None),
        ("withdrawn", None),
    ],
)
def test_a_step_counts_its_days_from_the_local_day_it_began(
    state: CaseState, last: date | None
) -> None:
    opened = EVENING - timedelta(days=400)
    assert deadlines.due_on(BERLIN, DEFAULT, "first", state, opened, EVENING) == last


def test_what_is_to_be_decided_is_due_by_when_it_was_opened() -> None:
    later = EVENING + timedelta(days=40)
    for state in ("settling", "on_desk"):
        due = deadlines.due_on(BERLIN, DEFAULT, "first", state, EVENING, later)
        assert due == date(2026, 4, 16)
    assert deadlines.due_on(BERLIN, DEFAULT, "appeal", "on_desk", EVENING, later) == date(
        2026, 4, 1
    )


def test_the_numbers_are_the_policy_s() -> None:
    numbers = Deadlines.of({"deadlines_days": {"decide": 7, "panel": 9}, "settle_hours": 1})
    assert (numbers.decide, numbers.panel, numbers.appeal_within) == (7, 9, 30)
    assert numbers.settling == timedelta(hours=1)
    assert Deadlines.of({}) == DEFAULT


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(0, 120),
)
@examples(200)
def test_a_step_lasts_through_its_last_local_day(zone: str, naive: datetime, days: int) -> None:
    calendar, since = Calendar(zone), naive.replace(tzinfo=UTC)
    last = deadlines.last_day(calendar, since, days)
    local = since.astimezone(ZoneInfo(zone)).date()
    assert last == local + timedelta(days=days)
    after = datetime.combine(last, datetime.max.time(), ZoneInfo(zone)).astimezone(UTC)
    if after.astimezone(ZoneInfo(zone)).date() == last:  # a day that the zone has
        assert not deadlines.is_over(calendar, last, after)
    assert deadlines.is_over(calendar, last, after + timedelta(days=2))
    assert not deadlines.is_over(calendar, last, since)


def test_every_open_state_has_a_deadline() -> None:
    ended = {"final", "settled", "withdrawn"}
    for kind in KINDS:
        for state in STATES:
            due = deadlines.due_on(BERLIN, DEFAULT, kind, state, EVENING, EVENING)
            assert (due is None) == (state in ended)
