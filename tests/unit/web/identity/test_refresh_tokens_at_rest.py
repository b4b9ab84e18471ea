"""A refresh token in the database is of no use without the cookie."""

import pytest

from web.identity.login.sealed_refresh import seal, unseal
from web.identity.login.sessions import digest


def test_a_refresh_token_is_read_with_its_cookie_only() -> None:
    sealed = seal("hush", "cookie")
    assert "hush" not in sealed
    assert unseal(sealed, "cookie") == "hush"
    assert unseal(sealed, "another") is None
    assert unseal(sealed, digest("cookie").hex()) is None


@pytest.mark.parametrize("sealed", ["", "a.b.c.d.e", "x", "...."])
def test_what_was_not_sealed_is_nothing(sealed: str) -> None:
    assert unseal(sealed, "cookie") is None


def test_the_same_token_is_never_sealed_alike() -> None:
    assert seal("hush", "cookie") != seal("hush", "cookie")
