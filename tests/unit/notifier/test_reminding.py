"""Reminders of an end: 90 and 14 days before it, to who has not just got the award."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifier.rules import reminding
from notifier.rules.wording import EndingNews, last_day, line_of_ending, subject_of_endings

END = datetime(2028, 4, 8, 22, tzinfo=UTC)
GRANTED = datetime(2025, 4, 8, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("before", "days"),
    [
        (timedelta(days=90) + MOMENT, None),
        (timedelta(days=90), 90),
        (timedelta(days=14) + MOMENT, 90),
        (timedelta(days=14), 14),
        (MOMENT, 14),
        (timedelta(), None),
        (-timedelta(days=1), None),
    ],
)
def test_the_latest_that_has_come_is_due_while_the_award_is_valid(
    before: timedelta, days: int | None
) -> None:
    assert reminding.due(GRANTED, END, END - before) == days


def test_who_was_awarded_after_the_instant_of_a_reminder_is_not_reminded() -> None:
    month = timedelta(days=30)
    assert reminding.due(END - month, END, END - timedelta(days=29)) is None
    assert reminding.due(END - month, END, END - timedelta(days=14)) == 14


def test_each_reminder_has_an_id_of_its_own_for_ever() -> None:
    award = "f890a24f-56c3-56d0-982b-a9f51a20272c"
    ids = {reminding.reminder_id(award, days) for days in reminding.DAYS}
    assert len(ids) == 2
    assert ids == {reminding.reminder_id(award, days) for days in reminding.DAYS}


def test_the_day_that_is_named_is_the_last_valid_one_where_the_reader_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert last_day(END, berlin) == date(2028, 4, 8)
    ending = EndingNews("achievement", "Proficient Mentor", last_day(END, berlin))
    assert line_of_ending(ending) == "Proficient Mentor is valid until 8 April 2028."
    assert subject_of_endings([ending]) == "Proficient Mentor is valid until 8 April 2028"
    assert subject_of_endings([ending, ending]) == "2 of your badges end soon"
