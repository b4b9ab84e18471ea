"""The token of an unsubscribe link."""

import pytest

from notifier import unsubscribe
from notifier.unsubscribe import Unsubscription

KEY = unsubscribe.new_key()
WEN = Unsubscription("acme", "wen", "kudos")


def test_a_token_says_whose_e_mails_of_which_category_end() -> None:
    assert unsubscribe.read(KEY, unsubscribe.token(KEY, WEN)) == WEN


def test_a_token_tells_nobody_whose_it_is_and_may_stand_in_a_path() -> None:
    token = unsubscribe.token(KEY, WEN)
    assert "wen" not in token
    assert token.isascii()
    assert not set(token) & set("/?#% &")


def test_a_token_of_another_key_ends_nothing() -> None:
    assert unsubscribe.read(unsubscribe.new_key(), unsubscribe.token(KEY, WEN)) is None


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_a_token_that_was_changed_ends_nothing(at: int) -> None:
    token = unsubscribe.token(KEY, WEN)
    changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    assert unsubscribe.read(KEY, changed) is None


@pytest.mark.parametrize("given", ["", "x", "ümlaut", "\x00", "=" * 200])
def test_what_is_no_token_ends_nothing(given: str) -> None:
    assert unsubscribe.read(KEY, given) is None


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        unsubscribe.check("short")
