"""An attempt to sign in belongs to one browser, and leads to a path of ours."""

from dataclasses import astuple
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.issuing import NOW
from web.identity.login import attempt
from web.identity.login.return_address import return_address

SECRET = attempt.new_secret()


@pytest.mark.parametrize(
    "path", ["/", "/p/x/kudos", "/p/x/people/a%2Fb?loop=1&after=%2F%2F", "/p/%2e%2e/kudos"]
)
def test_a_path_of_ours_is_returned_to(path: str) -> None:
    assert return_address(path) == path


@pytest.mark.parametrize(
    "asked",
    [
        None, "", "//evil.com", "///evil.com", "/\\evil.com", "\\\\evil.com", "\\/evil.com",
        "https://evil.com", "https:evil.com", "javascript:alert(1)", "data:text/html,x",
        "evil.com", "/\t/evil.com", "/\n/evil.com", "\t//evil.com", " //evil.com", "/ /evil.com",
        "/p\r\nSet-Cookie: a=b", "/\u2028/evil.com", "/p/é", "?next=/", "#x", "./p", "../p",
        "/" + "x" * 1_024, "/sign-in", "/sign-in?next=/", "/sign-out", "/oidc/callback?code=x",
        "/dev/issuer/authorize", "/v1/me", "@evil.com", "/\x00",
    ],
)  # fmt: skip
def test_anything_else_leads_to_the_start(asked: str | None) -> None:
    assert return_address(asked) == "/"


@given(st.text() | st.text(alphabet="/\\:.evilcom\t\n %@?#"))
def test_no_return_address_leaves_our_origin(asked: str) -> None:
    address = return_address(asked)
    assert address.startswith("/")
    assert not address.startswith("//")
    assert "\\" not in address


def test_an_attempt_goes_on_in_the_browser_that_began_it() -> None:
    begun = attempt.begin(SECRET, "/p/x/kudos", NOW)
    resumed = attempt.resume(SECRET, begun.state, NOW + timedelta(minutes=9))
    assert resumed == begun
    assert begun.return_to == "/p/x/kudos"


def test_what_an_attempt_shows_the_issuer_says_nothing_about_its_verifier() -> None:
    begun, other = (attempt.begin(SECRET, "/", NOW) for _ in range(2))
    assert len({*astuple(begun)[:3], *astuple(other)[:3]}) == 6
    assert len(begun.verifier) == 43


def test_several_tabs_may_sign_in_at_once() -> None:
    first, second = (attempt.begin(SECRET, path, NOW) for path in ("/a", "/b"))
    assert attempt.resume(SECRET, second.state, NOW) == second
    assert attempt.resume(SECRET, first.state, NOW) == first


def test_the_state_of_another_browser_is_refused() -> None:
    begun = attempt.begin(SECRET, "/", NOW)
    assert attempt.resume(attempt.new_secret(), begun.state, NOW) is None
    assert attempt.resume(None, begun.state, NOW) is None
    assert attempt.resume("", begun.state, NOW) is None


@pytest.mark.parametrize("minutes", [10.1, 60, -1.1])
def test_an_attempt_lasts_ten_minutes(minutes: float) -> None:
    begun = attempt.begin(SECRET, "/", NOW)
    assert attempt.resume(SECRET, begun.state, NOW + timedelta(minutes=minutes)) is None


@given(st.data())
def test_no_character_of_a_state_can_be_changed(data: st.DataObject) -> None:
    state = attempt.begin(SECRET, "/p/x/kudos", NOW).state
    place = data.draw(st.integers(0, len(state) - 1))
    other = data.draw(st.characters().filter(lambda one: one != state[place]))
    assert attempt.resume(SECRET, state[:place] + other + state[place + 1 :], NOW) is None


@given(st.text())
def test_any_text_is_no_state(text: str) -> None:
    assert attempt.resume(SECRET, text, NOW) is None
