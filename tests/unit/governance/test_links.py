"""What a mentor may link to, and when others see it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.mentors import links

GOOD = "https://portfolio.example.org/works/7?lang=en#top"


@pytest.mark.parametrize(
    "address", [GOOD, "https://a.example", "https://a.example:443/x", "https://xn--bcher-kva.de/"]
)
def test_an_https_address_of_a_named_host_is_kept(address: str) -> None:
    assert links.wrong_in("A finished portfolio", address) is None


@pytest.mark.parametrize(
    "address",
    ["", "http://a.example/", "javascript:alert(1)", "HTTPS://a.example", "https://a.example:8443/",
     "https://user@a.example/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/",
     "https://a.example/\n", "https://a.example/ b", "https://bücher.example/", "//a.example",
     "https://-a.example/", "https://a..example/", 'https://a.example/"onclick=', "https://",
     "https://a.example/" + "x" * 500, "https://a.example:99999/", "https://a.example\\@b.example/"],
)  # fmt: skip
def test_no_other_address_is(address: str) -> None:
    assert links.wrong_in("A finished portfolio", address) == "address"


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "two\nlines", "a\u202eb", "a\x00b"])
def test_a_title_is_one_line_that_says_something(title: str) -> None:
    assert links.wrong_in(title, GOOD) == "title"


@given(st.text())
def test_whatever_is_linked_to_begins_with_https(address: str) -> None:
    assert links.wrong_in("A title", address) is not None or address.startswith("https://")


def test_a_link_is_shown_once_it_is_accepted_and_while_the_learner_agrees() -> None:
    for state, learner, agreed in product(links.LINK_STATES, (None, "lee"), ((), ("one",))):
        shown = links.is_shown(state, "one", learner, agreed)
        assert shown == (state == "accepted" and (learner is None or agreed == ("one",)))
    assert not links.is_shown("accepted", "other", "lee", ("one",))
