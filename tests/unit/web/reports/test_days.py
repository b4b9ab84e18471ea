"""Ranges of days: what is asked for, what is refused, and which instants they are."""

from datetime import UTC, date, datetime

import pytest

from web.reports import days
from web.reports.days import BadDays, ReportDays

NOW = datetime(2026, 6, 29, 23, 30, tzinfo=UTC)


def test_without_days_it_is_the_last_180_where_the_program_is() -> None:
    there = days.chosen(None, None, "Europe/Berlin", NOW)
    assert (there.first, there.last) == (date(2026, 1, 2), date(2026, 6, 30))
    assert (there.last - there.first).days == 179


def test_a_first_day_alone_reaches_until_today() -> None:
    given = days.chosen("2026-06-01", None, "UTC", NOW)
    assert (given.first, given.last) == (date(2026, 6, 1), date(2026, 6, 29))


def test_both_days_are_included_also_where_the_clock_is_moved() -> None:
    span = ReportDays(date(2026, 3, 29), date(2026, 3, 29), "Europe/Berlin").span
    assert (span.since, span.until) == (
        "2026-03-28T23:00:00.000000Z",
        "2026-03-29T22:00:00.000000Z",
    )


def test_months_are_those_of_the_calendar() -> None:
    given = ReportDays(date(2025, 12, 31), date(2026, 2, 1), "UTC")
    assert given.months == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert given.span.months == ("2026-01-01T00:00:00.000000Z", "2026-02-01T00:00:00.000000Z")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-06-02", "2026-06-01", "from"),
        ("2016-06-01", "2026-06-29", "from"),
        ("2026-02-30", None, "from"),
        ("", None, "from"),
        ("20260301", None, "from"),
        ("2026-W10-1", None, "from"),
        ("1772323200", None, "from"),
        ("٢٠٢٦-٠٣-٠١", None, "from"),
        ("0001-01-01", None, "from"),
        (None, "9999-12-31", "to"),
        (None, "yesterday", "to"),
        (None, "1000-01-01", "to"),
        (None, "2026-03-01T00:00", "to"),
    ],
)
def test_other_days_are_refused_with_where(first: str | None, last: str | None, field: str) -> None:
    with pytest.raises(BadDays) as refused:
        days.chosen(first, last, "UTC", NOW)
    assert refused.value.field == field
    for sent in (first, last):
        assert not sent or sent not in refused.value.detail


def test_the_longest_range_is_ten_years() -> None:
    days.chosen("2016-06-23", "2026-06-29", "UTC", NOW)
