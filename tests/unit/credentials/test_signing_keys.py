"""Which keys sign, which are served, and which files have none."""

import json

import pytest
from joserfc.jwk import ECKey

from credentials.signing import BadSigningKeys, SigningKeys, new_key_set
from tests.support.signing_keys import other_signing_keys, rotated, signing_keys

URL = "https://badges.example/issuers/p"


def test_the_first_key_signs_and_older_ones_are_served_by_their_public_part() -> None:
    keys = rotated(signing_keys(), other_signing_keys())
    assert len(keys.by_thumbprint) == 3
    assert keys.current.thumbprint() not in signing_keys().by_thumbprint
    older = signing_keys().current
    assert keys.public(older.thumbprint()) == {
        "kty": "RSA",
        "n": older.as_dict(private=False)["n"],
        "e": "AQAB",
    }


def test_nobody_gets_a_private_member_of_a_key() -> None:
    keys = signing_keys()
    served = json.dumps([keys.public(keys.current.thumbprint()), keys.jwks([URL])])
    private = keys.current.as_dict(private=True)
    for name in ("d", "p", "q", "dp", "dq", "qi"):
        assert f'"{name}"' not in served
        assert str(private[name]) not in served
    assert str(private["d"]) not in repr(keys)


def test_a_key_that_is_not_there_is_none() -> None:
    assert signing_keys().public("x") is None


def test_the_set_has_each_key_once_for_each_issuer_under_the_id_that_credentials_name() -> None:
    keys = rotated(signing_keys())
    assert [(one["kid"], one["iss"]) for one in keys.jwks([URL, f"{URL}2"])["keys"]] == [
        (f"{url}/keys/{thumbprint}", url)
        for url in (URL, f"{URL}2")
        for thumbprint in keys.by_thumbprint
    ]


def _set(*keys: object) -> str:
    return json.dumps({"keys": list(keys)})


def _private() -> dict[str, object]:
    return dict(signing_keys().current.as_dict(private=True))


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is no JSON"),
        ("[]", "JWK set"),
        ("{}", "JWK set"),
        (_set(), "JWK set"),
        (_set(1), "kty RSA"),
        (_set(ECKey.generate_key("P-256").as_dict(private=True)), "kty RSA"),
        (_set({"kty": "RSA"}), "no RSA key"),
        (_set({"kty": "RSA", "n": 1, "e": "AQAB"}), "no RSA key"),
        (_set({**_private(), "d": "!"}), "no RSA key"),
        (_set(signing_keys().current.as_dict(private=False)), "private key first"),
        (_set({"kty": "RSA", "n": "gA" + "A" * 167 + "AE", "e": "AQAB"}), "1024 bits; 2048"),
    ],
)
def test_a_file_without_good_keys_is_refused_and_nothing_of_it_is_quoted(
    text: str, fault: str
) -> None:
    with pytest.raises(BadSigningKeys, match=fault) as refused:
        SigningKeys.read(text)
    assert refused.value.__cause__ is None
    assert "AQAB" not in str(refused.value)


def test_what_a_new_deployment_gets_can_sign() -> None:
    assert SigningKeys.read(new_key_set()).sign({"a": 1}, URL).count(".") == 2
