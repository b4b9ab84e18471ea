"""The issuer's keys are read at first use, kept, and read again as seldom as is safe."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.issuing import AUDIENCE, ISSUER, claims, key, seconds, token
from tests.support.pretended_issuer import PretendedIssuer, StandingClock
from web.identity.tokens import verification
from web.identity.tokens.cached import Cached
from web.identity.tokens.fetching import IssuerAnswer, IssuerAway
from web.identity.tokens.jwks import PlatformIssuer
from web.identity.tokens.verification import KeyUnknown


class Requests:
    """An issuer, its clock, and requests that bring tokens of it."""

    def __init__(self) -> None:
        self.platform = PretendedIssuer()
        self.clock = StandingClock()
        self.issuer = PlatformIssuer(ISSUER, self.platform, self.clock)

    def request(self, **header: Any) -> str:
        now = seconds(self.clock.now)
        text = token(claims(iat=now, nbf=now, exp=now + 60), **header)
        return self.issuer.verified(
            lambda keys, now: verification.verify(text, keys, now, ISSUER, AUDIENCE)
        ).subject

    def reads_of_keys(self) -> int:
        return self.platform.asked.count("/jwks")


@pytest.fixture
def harness() -> Requests:
    return Requests()


def test_nothing_is_asked_before_first_use(harness: Requests) -> None:
    assert harness.platform.asked == []
    assert harness.request() == "wen"
    assert harness.platform.asked == ["/.well-known/openid-configuration", "/jwks"]


def test_keys_are_kept_for_ten_minutes(harness: Requests) -> None:
    harness.request()
    harness.clock.move(seconds=599)
    harness.request()
    assert harness.reads_of_keys() == 1
    harness.clock.move(seconds=1)
    harness.request()
    assert harness.reads_of_keys() == 2


def test_a_key_that_was_withdrawn_is_refused_after_ten_minutes(harness: Requests) -> None:
    harness.request()
    harness.platform.keys = [key("RS256", "new")]
    harness.clock.move(minutes=10)
    with pytest.raises(KeyUnknown):
        harness.request()
    assert harness.request(kid="new", signer=key("RS256", "new")) == "wen"


def test_a_new_key_is_found_at_once(harness: Requests) -> None:
    harness.request()
    harness.platform.keys.append(key("RS256", "new"))
    assert harness.request(kid="new", signer=key("RS256", "new")) == "wen"


def test_unknown_keys_are_looked_for_once_in_30_seconds_by_all_requests(harness: Requests) -> None:
    harness.request()
    for number in range(50):
        with pytest.raises(KeyUnknown):
            harness.request(kid=f"guess {number}")
    assert harness.reads_of_keys() == 2
    harness.clock.move(seconds=30)
    with pytest.raises(KeyUnknown):
        harness.request(kid="guess")
    assert harness.reads_of_keys() == 3


def test_keys_that_were_read_for_this_request_are_not_read_again_for_it(harness: Requests) -> None:
    with pytest.raises(KeyUnknown):
        harness.request(kid="guess")
    assert harness.reads_of_keys() == 1


def test_without_keys_an_issuer_that_is_away_is_no_refusal(harness: Requests) -> None:
    harness.platform.away = True
    with pytest.raises(IssuerAway):
        harness.request()


def test_an_issuer_that_is_away_is_asked_once_in_five_seconds(harness: Requests) -> None:
    harness.platform.away = True
    for _ in range(20):
        with pytest.raises(IssuerAway):
            harness.request()
    assert len(harness.platform.asked) == 1
    harness.clock.move(seconds=5)
    harness.platform.away = False
    assert harness.request() == "wen"


def test_while_the_issuer_is_away_keys_are_good_for_an_hour(harness: Requests) -> None:
    harness.request()
    harness.platform.away = True
    harness.clock.move(minutes=59)
    assert harness.request() == "wen"
    harness.clock.move(minutes=1)
    with pytest.raises(IssuerAway):
        harness.request()


def test_an_unknown_key_is_no_refusal_while_the_issuer_is_away(harness: Requests) -> None:
    harness.request()
    harness.platform.away = True
    with pytest.raises(IssuerAway):
        harness.request(kid="new")


def test_a_clock_that_is_set_back_keeps_nothing_for_longer(harness: Requests) -> None:
    harness.request()
    harness.clock.move(days=-1)
    harness.request()
    assert harness.reads_of_keys() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": ISSUER + "/"},
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"jwks_uri": "http://platform.example/jwks"},
        {"jwks_uri": "https://user@platform.example/jwks"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": None},
        {"authorization_endpoint": ["https://platform.example"]},
    ],
)
def test_a_discovery_document_that_does_not_fit_is_not_used(
    harness: Requests, change: dict[str, Any]
) -> None:
    harness.platform.discovery |= change
    with pytest.raises(IssuerAway):
        harness.request()


@pytest.mark.parametrize("status", [301, 302, 404, 500, 503])
def test_an_answer_that_is_not_200_is_not_used(harness: Requests, status: int) -> None:
    harness.platform.status = status
    with pytest.raises(IssuerAway):
        harness.request()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"issuer":1,"issuer":2}', b"\xff"])
def test_an_answer_that_is_no_object_is_not_used(body: bytes) -> None:
    issuer = PlatformIssuer(ISSUER, lambda *_, **__: IssuerAnswer(200, body), StandingClock())
    with pytest.raises(IssuerAway):
        issuer.endpoints()


def test_threads_share_one_fetch() -> None:
    entered, release = threading.Event(), threading.Event()
    fetches: list[int] = []

    def fetch() -> str:
        fetches.append(1)
        entered.set()
        assert release.wait(20)
        return "keys"

    cached = Cached(fetch, StandingClock())
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(cached.get())) for _ in range(8)]
    threads[0].start()
    assert entered.wait(20)
    for thread in threads[1:]:
        thread.start()
    release.set()
    for thread in threads:
        thread.join(20)
    assert (seen, len(fetches)) == (["keys"] * 8, 1)


def test_nobody_waits_for_a_hanging_issuer_while_there_is_a_stale_value() -> None:
    clock = StandingClock()
    hanging, release = threading.Event(), threading.Event()
    steps: list[Callable[[], object]] = [lambda: None, hanging.set]

    def fetch() -> str:
        steps.pop(0)()
        if not steps:
            assert release.wait(20)
        return f"keys {len(steps)}"

    cached = Cached(fetch, clock)
    first = cached.get()
    clock.move(minutes=20)
    renewing = threading.Thread(target=cached.get)
    renewing.start()
    assert hanging.wait(20)
    assert cached.get() == first
    release.set()
    renewing.join(20)
    assert cached.get() != first
