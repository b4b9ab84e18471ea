"""The history of a demonstration is moved by whole days, so that it ended yesterday."""

import json
from datetime import UTC, datetime

from web.demo.demonstration import moved

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def line(time: str) -> bytes:
    return json.dumps({"id": "1", "time": time, "data": {"meeting_id": "m"}}).encode()


def times(lines: list[bytes]) -> list[str]:
    return [json.loads(text)["time"] for _, text in moved(enumerate(lines, 1), NOW)]


def test_the_latest_event_becomes_yesterdays_and_the_others_keep_their_distance() -> None:
    history = [line("2026-01-03T22:06:13+01:00"), line("2026-06-27T17:01:33Z")]

    assert times(history) == ["2026-06-06T22:06:13+01:00", "2026-11-28T17:01:33Z"]


def test_an_event_of_the_far_future_does_not_count_as_the_latest() -> None:
    history = [line("2026-06-27T17:01:33Z"), line("2999-06-03T12:58:00-04:00")]

    assert times(history) == ["2026-11-28T17:01:33Z", "2999-11-04T12:58:00-04:00"]


def test_what_has_no_time_that_can_be_read_stays_as_it_is() -> None:
    history = [b"not json", line("yesterday"), line("2026-06-27T17:01:33Z")]

    assert [text for _, text in moved(enumerate(history, 1), NOW)][:2] == history[:2]


def test_numbers_of_lines_and_everything_but_the_time_stay() -> None:
    (number, text), *_ = moved([(7, line("2026-06-27T17:01:33Z"))], NOW)

    assert number == 7
    assert json.loads(text)["data"] == {"meeting_id": "m"}


def test_dates_within_the_data_keep_their_distance_to_the_event() -> None:
    data = {"as_of": "2026-06-20T12:00:00+02:00", "due_on": "2026-06-30", "cycle": "2026-06-30"}
    text = json.dumps({"time": "2026-06-27T17:01:33Z", "data": data}).encode()

    ((_, later),) = moved([(1, text)], NOW)

    assert json.loads(later)["data"] == {
        "as_of": "2026-11-21T12:00:00+02:00",
        "due_on": "2026-12-01",
        "cycle": "2026-06-30",
    }
