"""An access token is accepted if all of it is right, and refused by the first part that is not."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, RSAKey

from tests.support.issuing import (
    AUDIENCE,
    ISSUER,
    NOW,
    claims,
    encoded,
    key,
    known_keys,
    public,
    seconds,
    signed,
    token,
)
from web.identity.principal import ParticipantRole, Principal
from web.identity.tokens import verification
from web.identity.tokens.signing_keys import PlatformKeys, signing_keys
from web.identity.tokens.verification import KeyUnknown, TokenRefused


def verified(text: str, keys: PlatformKeys | None = None) -> Principal:
    return verification.verify(text, keys or known_keys(), NOW, ISSUER, AUDIENCE)


def refused(text: str, keys: PlatformKeys | None = None) -> str:
    with pytest.raises(TokenRefused) as caught:
        verified(text, keys)
    assert len(text) < 20 or text not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_a_token_of_each_algorithm_is_accepted(algorithm: str) -> None:
    who = verified(token(algorithm=algorithm))
    assert who.subject == "wen"
    assert who.roles == (ParticipantRole(role="participant", program="northfield", id="wen.zhao"),)
    assert who.until == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "JWT", "jwt", "application/at+jwt"])
def test_typ_is_read_in_any_case(typ: str) -> None:
    assert verified(token(typ=typ)).subject == "wen"


@pytest.mark.parametrize("typ", [None, "", "logout+jwt", "note+jwt", 1, ["JWT"]])
def test_another_typ_is_refused(typ: object) -> None:
    assert refused(token(typ=typ)) == "typ"


@pytest.mark.parametrize("aud", [AUDIENCE, [AUDIENCE], ["other", AUDIENCE]])
def test_our_audience_may_stand_alone_or_in_a_list(aud: object) -> None:
    assert verified(token(claims(aud=aud))).subject == "wen"


@pytest.mark.parametrize(
    "aud", ["other", "badge-web2", "BADGE-WEB", [], ["other"], [AUDIENCE, 1], {AUDIENCE: 1}, 7, ""]
)
def test_another_audience_is_refused(aud: object) -> None:
    assert refused(token(claims(aud=aud))) == "aud"


@pytest.mark.parametrize("iss", [ISSUER + "/", ISSUER.upper(), "https://evil.example", [ISSUER], 1])
def test_another_issuer_is_refused(iss: object) -> None:
    assert refused(token(claims(iss=iss))) == "iss"


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "iat", "exp", "nbf", "roles"])
def test_a_token_without_a_required_claim_is_refused(name: str) -> None:
    assert refused(token(claims(**{name: None}))) == name


@pytest.mark.parametrize("name", ["alg", "kid", "typ"])
def test_a_token_without_a_required_header_member_is_refused(name: str) -> None:
    members = {"alg": "RS256", "kid": "RS256", "typ": "JWT"}
    members.pop(name)
    body = json.dumps(claims()).encode()
    assert refused(signed(json.dumps(members).encode(), body, "RS256", key("RS256"))) == name


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": seconds(NOW) - 60, "iat": seconds(NOW) - 600}, "exp"),
        ({"nbf": seconds(NOW) + 61}, "nbf"),
        ({"iat": seconds(NOW) + 61, "exp": seconds(NOW) + 600}, "iat"),
        ({"exp": seconds(NOW) + 901}, "lifetime"),
        ({"exp": seconds(NOW) + 16 * 60}, "lifetime"),
    ],
)
def test_a_token_outside_its_time_is_refused(changes: dict[str, Any], reason: str) -> None:
    assert refused(token(claims(**changes))) == reason


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": seconds(NOW) - 59, "iat": seconds(NOW) - 600},
        {"nbf": seconds(NOW) + 60},
        {"iat": seconds(NOW) + 60, "exp": seconds(NOW) + 600},
        {"exp": seconds(NOW) + 900},
        {"exp": seconds(NOW) + 0.5},
    ],
)
def test_clocks_may_differ_by_a_minute(changes: dict[str, Any]) -> None:
    assert verified(token(claims(**changes))).subject == "wen"


@pytest.mark.parametrize("name", ["iat", "exp", "nbf", "auth_time"])
@pytest.mark.parametrize("value", ["1796000000", True, -1, 1e300, 10**400, [1], {}])
def test_a_time_that_is_none_is_refused(name: str, value: object) -> None:
    assert refused(token(claims(**{name: value}))) == name


@pytest.mark.parametrize("name", ["iat", "exp", "nbf"])
@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"1e999"])
def test_a_time_that_is_no_number_is_refused(name: str, value: bytes) -> None:
    body = json.dumps(claims(**{name: "HERE"})).encode().replace(b'"HERE"', value)
    assert refused(token(body)) in ("payload", name)


def test_a_token_says_when_its_subject_proved_who_they_are() -> None:
    then = NOW - timedelta(minutes=3)
    assert verified(token(claims(auth_time=seconds(then)))).authenticated_at == then
    assert verified(token(claims())).authenticated_at is None
    ahead = token(claims(auth_time=seconds(NOW) + 60))
    assert verified(ahead).authenticated_at == NOW


def test_a_proof_of_who_they_are_in_the_future_is_refused() -> None:
    assert refused(token(claims(auth_time=seconds(NOW) + 61))) == "auth_time"


@pytest.mark.parametrize("roles", ["ops", {"role": "ops"}, 1, True])
def test_roles_that_are_no_list_are_refused(roles: object) -> None:
    assert refused(token(claims(roles=roles))) == "roles"


@pytest.mark.parametrize("sub", ["", 1, ["wen"], "x" * 256])
def test_a_subject_that_is_no_name_is_refused(sub: object) -> None:
    assert refused(token(claims(sub=sub))) == "sub"


def test_an_unsigned_token_is_refused() -> None:
    for alg in ("none", "None", "NONE"):
        header = encoded(json.dumps({"alg": alg, "kid": "RS256", "typ": "JWT"}).encode()).decode()
        body = encoded(json.dumps(claims()).encode()).decode()
        assert refused(f"{header}.{body}.") == "alg"


def test_a_public_key_used_as_the_secret_of_an_hmac_is_refused() -> None:
    known = key("RS256")
    assert isinstance(known, RSAKey)
    pem = known.as_pem(private=False)
    header = encoded(json.dumps({"alg": "HS256", "kid": "RS256", "typ": "JWT"}).encode())
    text = header + b"." + encoded(json.dumps(claims()).encode())
    forged = text + b"." + encoded(hmac.new(pem, text, hashlib.sha256).digest())
    assert refused(forged.decode()) == "alg"


@pytest.mark.parametrize("alg", ["HS256", "RS384", "RS512", "PS256", "ES384", "Ed25519", 1, []])
def test_another_algorithm_is_refused(alg: object) -> None:
    body = json.dumps(claims()).encode()
    header = json.dumps({"alg": alg, "kid": "RS256", "typ": "JWT"}).encode()
    assert refused(signed(header, body, "RS256", key("RS256"))) == "alg"


@pytest.mark.parametrize(
    ("algorithm", "kid"), [("ES256", "RS256"), ("RS256", "ES256"), ("EdDSA", "ES256")]
)
def test_a_key_of_another_kind_is_refused(algorithm: str, kid: str) -> None:
    assert refused(token(algorithm=algorithm, kid=kid)) == "key"


def test_a_key_that_its_set_gives_another_algorithm_is_not_used() -> None:
    entry = {**key("RS256").as_dict(private=False), "alg": "PS256"}
    assert refused(token(), signing_keys({"keys": [entry]})) == "kid-unknown"


def test_keys_of_two_kinds_may_have_one_id() -> None:
    shared = signing_keys(public(key("RS256", "shared"), key("ES256", "shared")))
    for algorithm in ("RS256", "ES256"):
        signer = key(algorithm, "shared")
        assert verified(token(algorithm=algorithm, kid="shared", signer=signer), shared)


@pytest.mark.filterwarnings("ignore:Key size should be")
def test_a_short_key_is_not_used() -> None:
    weak = RSAKey.generate_key(1024, {"kid": "weak"})
    assert refused(token(signer=weak, kid="weak"), signing_keys(public(weak))) == "kid-unknown"


def test_a_key_of_another_curve_is_not_used() -> None:
    other = ECKey.generate_key("P-384", {"kid": "ES256"})
    assert refused(token(algorithm="ES256"), signing_keys(public(other))) == "kid-unknown"


def test_a_key_for_encryption_is_not_used() -> None:
    entry = {**key("RS256").as_dict(private=False), "use": "enc"}
    assert refused(token(), signing_keys({"keys": [entry]})) == "kid-unknown"


def test_a_key_we_do_not_know_is_told_apart() -> None:
    with pytest.raises(KeyUnknown):
        verified(token(kid="next year's"))


def test_a_signature_of_another_key_is_refused() -> None:
    assert refused(token(signer=key("RS256", "stolen name"))) == "signature"


@pytest.mark.parametrize("member", ["jwk", "jku", "x5u", "x5c"])
def test_a_key_that_a_token_brings_along_is_not_followed(member: str) -> None:
    own = key("RS256", "attacker's")
    brought: dict[str, Any] = {
        "jwk": own.as_dict(private=False),
        "jku": "https://evil.example/jwks.json",
        "x5u": "https://evil.example/cert.pem",
        "x5c": ["MIIB"],
    }
    assert refused(token(signer=own, **{member: brought[member]})) == "signature"


@pytest.mark.parametrize("header", [{"crit": ["exp"]}, {"crit": []}, {"b64": False}, {"b64": True}])
def test_a_header_that_asks_for_extensions_is_refused(header: dict[str, Any]) -> None:
    assert refused(token(**header)) == "crit"


def test_members_of_a_header_that_we_do_not_know_are_ignored() -> None:
    header: dict[str, Any] = {"pi.atm": "7"}
    assert verified(token(**header)).subject == "wen"


def test_a_duplicate_member_is_refused() -> None:
    header = b'{"alg":"RS256","kid":"RS256","typ":"JWT","alg":"RS256"}'
    body = json.dumps(claims()).encode()
    assert refused(signed(header, body, "RS256", key("RS256"))) == "header"
    assert refused(token(body[:-1] + b',"sub":"ops"}')) == "payload"
    roles = claims(roles=[{"role": "ops"}])
    nested = json.dumps(roles).encode().replace(b'"role": "ops"', b'"role":"ops","role":"x"')
    assert refused(token(nested)) == "payload"


@pytest.mark.parametrize("body", [b"", b"[]", b'"wen"', b"null", b"{", b"\xff", b"[" * 4000])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    assert refused(token(body)) == "payload"


@pytest.mark.parametrize("sub", [b"a\\u0000b", b"\\ud800", b"\\udc00x"])
def test_text_that_no_database_takes_is_refused(sub: bytes) -> None:
    body = json.dumps(claims(sub="HERE")).encode().replace(b"HERE", sub)
    assert refused(token(body)) == "payload"


def test_a_token_is_at_most_16_kib_long() -> None:
    assert refused(token(claims(padding="x" * verification.MOST_BYTES))) == "size"
    assert verified(token(claims(padding="x" * 10_000))).subject == "wen"


@pytest.mark.parametrize(
    "text", ["", ".", "..", "...", "a.b", "a.b.c.d", "a.b.c.d.e", "é.b.c", "Bearer x"]
)
def test_text_that_is_no_token_is_refused(text: str) -> None:
    assert refused(text) in ("form", "header")


def test_an_id_token_is_no_access_token() -> None:
    assert refused(token(claims(nonce="n"), typ="JWT")) == "typ"


@given(st.data())
def test_no_character_of_a_token_can_be_changed(data: st.DataObject) -> None:
    good = token(algorithm="ES256")
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.sampled_from("ABCxyz019-_.+/= é").filter(lambda one: one != good[place]))
    refused(good[:place] + other + good[place + 1 :])


@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_reason_of_ours(text: str) -> None:
    refused(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from(["iss", "aud", "sub", "iat", "exp", "nbf", "roles"]),
)
def test_a_claim_of_any_kind_is_accepted_or_refused(value: Any, name: str) -> None:
    try:
        verified(token(claims(**{name: value}), algorithm="ES256"))
    except TokenRefused:
        return
    assert name in ("roles", "sub", "iat", "exp", "nbf")
