"""A principal may make so many requests in any minute, and memory stays bounded."""

import ipaddress
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.identity.limits import Window, client_address

PROXIES = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


class ElapsedSeconds:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 6))
def test_no_minute_has_more_requests_than_the_limit(pauses: list[float], most: int) -> None:
    elapsed = ElapsedSeconds()
    window = Window(most, elapsed)
    passed: list[float] = []
    for pause in pauses:
        elapsed.seconds += pause
        if window.seconds_to_wait("wen") == 0:
            passed.append(elapsed.seconds)
    for at in passed:
        assert sum(at - 60 < other <= at for other in passed) <= most


def test_a_request_that_waited_as_long_as_it_was_told_passes() -> None:
    elapsed = ElapsedSeconds()
    window = Window(3, elapsed)
    for _ in range(3):
        elapsed.seconds += 10
        assert window.seconds_to_wait("wen") == 0
    wait = window.seconds_to_wait("wen")
    assert wait == 40
    elapsed.seconds += wait
    assert window.seconds_to_wait("wen") == 0
    assert window.seconds_to_wait("wen") == 10


def test_principals_do_not_share_a_limit() -> None:
    window = Window(1, ElapsedSeconds())
    assert window.seconds_to_wait("wen") == 0
    assert window.seconds_to_wait("tomas") == 0
    assert window.seconds_to_wait("wen") > 0


def test_no_more_principals_are_remembered_than_there_is_room_for() -> None:
    window = Window(1, ElapsedSeconds(), most_keys=10)
    window.seconds_to_wait("regular")
    for number in range(1_000):
        window.seconds_to_wait(f"stranger {number}")
        window.seconds_to_wait("regular")
    assert len(window) == 10
    assert window.seconds_to_wait("regular") > 0


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("2001:db8::1", [], "2001:db8::/64"),
        ("fd00::1", ["2001:db8:0:0:9::1"], "2001:db8::/64"),
        (None, [], "unknown"),
        ("testclient", ["198.51.100.1"], "testclient"),
    ],
)
def test_only_trusted_proxies_say_where_a_request_comes_from(
    peer: str | None, forwarded: Sequence[str], address: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == address
