"""Streams of people: who is woken, how many there may be, and how they end."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from web.live.changes import Listener, PageChange
from web.live.hub import MOST_OF_ONE, Admission, Hub, HubFull, Subscription, TooManyOfOne

WEN, TOMAS = Listener("p", "wen"), Listener("p", "tomas")
WEN_ELSEWHERE = Listener("q", "wen")
CHANGE = PageChange("badges", "an-award")
ADMITTED = Admission(None, datetime(2026, 11, 29, tzinfo=UTC))


def opened(
    hub: Hub, listener: Listener = WEN, wake: Callable[[], None] = lambda: None
) -> Subscription:
    return hub.open(listener, ADMITTED, wake)


def test_a_change_wakes_all_streams_of_its_person_and_of_nobody_else() -> None:
    hub, woken = Hub(), list[str]()
    streams = {
        name: opened(hub, listener, lambda name=name: woken.append(name))  # type: ignore[misc]
        for name, listener in (
            ("wen", WEN),
            ("wen again", WEN),
            ("tomas", TOMAS),
            ("wen elsewhere", WEN_ELSEWHERE),
        )
    }

    hub.publish([(WEN, CHANGE)])

    assert woken == ["wen", "wen again"]
    assert hub.take(streams["wen"]) == ([CHANGE], False)
    assert hub.take(streams["tomas"]) == hub.take(streams["wen elsewhere"]) == ([], False)


def test_what_was_taken_does_not_come_again() -> None:
    hub = Hub()
    stream = opened(hub)
    hub.publish([(WEN, CHANGE)])
    hub.take(stream)
    assert hub.take(stream) == ([], False)


def test_several_changes_for_one_stream_wake_it_once_and_each_comes_once() -> None:
    hub, woken = Hub(), list[int]()
    stream = opened(hub, wake=lambda: woken.append(1))
    other = PageChange("highlights", "an-award")

    hub.publish([(WEN, CHANGE), (WEN, other), (WEN, CHANGE)])

    assert woken == [1]
    assert hub.take(stream) == ([CHANGE, other], False)


def test_a_stream_that_takes_nothing_does_not_grow() -> None:
    hub = Hub()
    stream = opened(hub)
    hub.publish((WEN, PageChange("kudos", str(n))) for n in range(1_000))
    changes, _ = hub.take(stream)
    assert len(changes) == 100
    assert changes[-1].id == "999"


def test_the_fourth_stream_of_a_person_is_refused_until_one_is_closed() -> None:
    hub = Hub()
    first, *_ = [opened(hub) for _ in range(MOST_OF_ONE)]
    with pytest.raises(TooManyOfOne):
        opened(hub)
    opened(hub, WEN_ELSEWHERE)

    hub.close(first)
    hub.close(first)

    opened(hub)
    with pytest.raises(TooManyOfOne):
        opened(hub)


def test_a_process_has_as_many_streams_as_it_may_have() -> None:
    hub = Hub(most=2)
    one = opened(hub)
    opened(hub, TOMAS)
    with pytest.raises(HubFull):
        opened(hub, Listener("p", "mina"))
    hub.close(one)
    opened(hub, Listener("p", "mina"))
    assert hub.count == 2


def test_whose_streams_are_ended_hears_so_after_what_came_before() -> None:
    hub = Hub()
    streams = [opened(hub), opened(hub), opened(hub, TOMAS)]
    hub.publish([(WEN, CHANGE)])

    assert hub.end_of(WEN) == 2

    assert [hub.take(stream) for stream in streams] == [
        ([CHANGE], True),
        ([CHANGE], True),
        ([], False),
    ]


def test_the_end_of_the_process_ends_every_stream() -> None:
    hub = Hub()
    streams = [opened(hub), opened(hub, TOMAS)]
    hub.end_all()
    assert all(ended for _, ended in map(hub.take, streams))


def test_the_start_of_reading_wakes_those_who_wait_for_it() -> None:
    hub, woken = Hub(), list[int]()
    opened(hub, wake=lambda: woken.append(1))
    assert not hub.is_reading
    hub.begin_reading()
    assert hub.is_reading
    assert woken == [1]


def test_participants_are_those_who_listen_now() -> None:
    hub = Hub()
    stream = opened(hub)
    opened(hub, TOMAS)
    assert hub.participants == {"wen", "tomas"}
    hub.close(stream)
    assert hub.participants == {"tomas"}
