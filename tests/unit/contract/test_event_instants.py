"""Times as the contract reads them, and the one form they are kept in."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.instants import from_datetime, parse_instant, to_datetime

ONE_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")

OFFSETS = st.integers(-(23 * 60 + 59), 23 * 60 + 59)
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31))


def offset_text(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-04T10:00:00Z", "2026-03-04T10:00:00.000000Z"),
        ("2026-03-04t10:00:00z", "2026-03-04T10:00:00.000000Z"),
        ("2026-03-04T10:00:00.5Z", "2026-03-04T10:00:00.500000Z"),
        ("2026-03-04T10:00:00.000001Z", "2026-03-04T10:00:00.000001Z"),
        ("2026-03-04T10:00:00-00:00", "2026-03-04T10:00:00.000000Z"),
        ("2026-03-04T10:00:00+00:00", "2026-03-04T10:00:00.000000Z"),
        ("2026-03-04T10:00:00+05:30", "2026-03-04T04:30:00.000000Z"),
        ("2026-02-28T23:59:59.999999-23:59", "2026-03-01T23:58:59.999999Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
        ("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00.000000Z"),
        ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z"),
        ("9999-12-31T22:59:59.9999999-01:00", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_a_time_with_an_offset_becomes_its_instant_in_utc(text: str, instant: str) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T10:00:00",  # no offset
        "2026-03-04 10:00:00Z",  # a space for T
        "2026-03-04T10:00:60Z",  # second 60
        "2016-12-31T23:59:60Z",  # even the real leap second
        "2026-03-04T24:00:00Z",
        "2026-03-04T10:60:00Z",
        "2026-02-29T10:00:00Z",  # no leap year
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-01-00T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",  # before year 1 in UTC
        "9999-12-31T23:59:59-00:01",  # after year 9999 in UTC
        "10000-01-01T00:00:00Z",
        "2026-03-04T10:00:00,5Z",  # a comma for the point
        "2026-03-04T10:00:00.Z",
        "2026-03-04T10:00Z",
        "2026-03-04T10Z",
        "2026-03-04",
        "20260304T100000Z",
        "2026-W10-3T10:00:00Z",
        "2026-063T10:00:00Z",
        "2026-03-04T10:00:00+0530",
        "2026-03-04T10:00:00+05",
        "2026-03-04T10:00:00+24:00",
        "2026-03-04T10:00:00+05:60",
        "2026-03-04T10:00:00+05:30:15",
        "2026-03-04T10:00:00 Z",
        " 2026-03-04T10:00:00Z",
        "2026-03-04T10:00:00Z\n",
        "2026-03-04T10:00:00UTC",
        "２０２６-03-04T10:00:00Z",  # digits, but not ASCII
        "2026-03-04T10:00:00\u22120:00",
        "",
    ],
)
def test_anything_else_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|names|has|lacks)") as refusal:
        parse_instant(text)
    assert not text or text not in str(refusal.value)


@given(MOMENTS, st.text("0123456789", max_size=30), OFFSETS)
def test_digits_finer_than_a_microsecond_are_cut_off_before_anything_else(
    moment: datetime, fraction: str, minutes: int
) -> None:
    whole = moment.replace(microsecond=0).isoformat()
    text = whole + (f".{fraction}" if fraction else "") + offset_text(minutes)

    instant = parse_instant(text)

    local = moment.replace(
        microsecond=int((fraction + "000000")[:6]), tzinfo=timezone(timedelta(minutes=minutes))
    )
    assert to_datetime(instant) == local


@given(MOMENTS, MOMENTS, OFFSETS, OFFSETS)
def test_instants_sort_as_text_in_time_order(
    one: datetime, other: datetime, minutes: int, more: int
) -> None:
    first = one.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    second = other.replace(tzinfo=timezone(timedelta(minutes=more)))
    assert (from_datetime(first) < from_datetime(second)) == (first < second)
    assert (from_datetime(first) == from_datetime(second)) == (first == second)


@given(MOMENTS)
def test_an_instant_has_one_form_and_goes_both_ways(moment: datetime) -> None:
    instant = from_datetime(moment.replace(tzinfo=UTC))
    assert ONE_FORM.fullmatch(instant)
    assert parse_instant(instant) == instant
    assert from_datetime(to_datetime(instant)) == instant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2016-12-31T23:59:60Z", "has second 60"),
        ("2016-12-31t23:59:60.5+01:00", "has second 60"),
        ("2026-03-04T10:00:00", "lacks its offset"),
        ("2026-03-04T10:00:00.123456789", "lacks its offset"),
        ("2026-03-04 10:00:00Z", "has a space where `T` must stand"),
        ("2026-03-04 10:00:00", "has a space where `T` must stand"),
        ("2026-03-04T24:00:00Z", "has hour 24"),
        ("12026-03-04T10:00:00Z", "must have a year of four digits"),
        ("+02026-03-04T10:00:00Z", "must have a year of four digits"),
        ("-0001-03-04T10:00:00Z", "must have a year of four digits"),
        ("0000-03-04T10:00:00Z", "names a day that no calendar of the years 1 to 9999 has"),
        ("9999-12-31T23:59:59-01:00", "must lie in the years 1 to 9999 of UTC"),
        ("2026-03-04", "must be an RFC 3339 time with an offset"),
    ],
)
def test_what_is_wrong_with_a_time_is_said(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}"):
        parse_instant(text)


def test_a_datetime_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        from_datetime(datetime(2026, 3, 4))
