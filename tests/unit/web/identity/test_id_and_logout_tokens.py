"""ID tokens sign in and logout tokens sign out; neither can take the place of the other."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.issuing import ISSUER, NOW, claims, known_keys, seconds, token
from web.identity.tokens import verification
from web.identity.tokens.verification import SignedIn, SignedOut, TokenRefused

CLIENT = "badges"
NONCE = "n-0S6_WzA2Mj"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def id_token(header: dict[str, Any] | None = None, **changes: Any) -> str:
    good: dict[str, Any] = {"aud": CLIENT, "nonce": NONCE, "nbf": None, "sid": "s1"}
    return token(claims(**{**good, **changes}), **{"typ": "JWT", **(header or {})})


def signed_in(text: str, nonce: str | None = NONCE) -> SignedIn:
    return verification.verify_id_token(text, known_keys(), NOW, ISSUER, CLIENT, nonce)


def logout_token(header: dict[str, Any] | None = None, **changes: Any) -> str:
    good: dict[str, Any] = {
        "aud": CLIENT, "nbf": None, "roles": None, "sid": "s1", "jti": "j", "events": {EVENT: {}},
    }  # fmt: skip
    return token(claims(**{**good, **changes}), **{"typ": "logout+jwt", **(header or {})})


def signed_out(text: str) -> SignedOut:
    return verification.verify_logout_token(text, known_keys(), NOW, ISSUER, CLIENT)


@pytest.mark.parametrize("typ", ["JWT", None])
def test_an_id_token_signs_in(typ: str | None) -> None:
    who = signed_in(id_token({"typ": typ}))
    assert (who.principal.subject, who.sid) == ("wen", "s1")


def test_roles_are_at_most_15_minutes_old_however_long_the_id_token_lasts() -> None:
    day = seconds(NOW + timedelta(days=1))
    assert signed_in(id_token(exp=day)).principal.until == NOW + timedelta(minutes=15)
    early = seconds(NOW - timedelta(minutes=14))
    assert signed_in(id_token(exp=day, iat=early)).principal.until == NOW + timedelta(minutes=1)
    ahead = seconds(NOW + timedelta(seconds=50))
    assert signed_in(id_token(exp=day, iat=ahead)).principal.until == NOW + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "badge-web"}, "aud"),
        ({"aud": [CLIENT, "other"]}, "azp"),
        ({"aud": [CLIENT, "other"], "azp": "other"}, "azp"),
        ({"azp": "other"}, "azp"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": seconds(NOW) - 30, "iat": seconds(NOW) - 60}, "old"),
        ({"exp": seconds(NOW) + 99, "iat": seconds(NOW) - 900}, "old"),
        ({"nbf": seconds(NOW) + 61}, "nbf"),
        ({"roles": None}, "roles"),
        ({"sub": None}, "sub"),
        ({"sid": 7}, "sid"),
        ({"events": {EVENT: {}}}, "events"),
    ],
)
def test_an_id_token_with_a_wrong_part_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused) as caught:
        signed_in(id_token(**changes))
    assert caught.value.reason == reason


def test_an_id_token_for_several_names_us_as_the_one_it_was_issued_to() -> None:
    assert signed_in(id_token(aud=["other", CLIENT], azp=CLIENT)).sid == "s1"


def test_a_renewed_id_token_needs_no_nonce() -> None:
    assert signed_in(id_token(nonce=None), nonce=None).sid == "s1"


def test_an_access_token_signs_nobody_in() -> None:
    with pytest.raises(TokenRefused, match="typ"):
        signed_in(id_token({"typ": "at+jwt"}))


def test_a_logout_token_ends_a_session_of_the_issuer() -> None:
    assert signed_out(logout_token()) == SignedOut("wen", "s1", NOW)
    assert signed_out(logout_token({"typ": "JWT"}, sid=None)) == SignedOut("wen", None, NOW)
    assert signed_out(logout_token(sub=None)) == SignedOut(None, "s1", NOW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"events": None}, "events"),
        ({"events": {}}, "events"),
        ({"events": {EVENT: True}}, "events"),
        ({"events": [EVENT]}, "events"),
        ({"events": {"http://schemas.openid.net/event/other": {}}}, "events"),
        ({"nonce": "n"}, "nonce"),
        ({"jti": None}, "jti"),
        ({"sub": None, "sid": None}, "sub"),
        ({"aud": "other"}, "aud"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": None}, "exp"),
        ({"exp": seconds(NOW) - 60, "iat": seconds(NOW) - 99}, "exp"),
        ({"iat": seconds(NOW) + 61}, "iat"),
    ],
)
def test_a_logout_token_with_a_wrong_part_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused) as caught:
        signed_out(logout_token(**changes))
    assert caught.value.reason == reason


def test_an_id_token_signs_nobody_out_and_a_logout_token_nobody_in() -> None:
    with pytest.raises(TokenRefused):
        signed_out(id_token())
    with pytest.raises(TokenRefused):
        signed_in(logout_token({"typ": "JWT"}, nonce=NONCE, roles=[]))
    with pytest.raises(TokenRefused):
        signed_out(id_token({"typ": "at+jwt"}))
