"""What a text is worth that somebody says is a credential: ours, unchanged, and of this time."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws

from credentials import addresses, status_list
from credentials.credential import written
from credentials.signing import SigningKeys
from credentials.verification import BadCredential, CredentialFault, verified
from tests.support.credentials import (
    CREDENTIAL,
    EARNED,
    GOLD,
    HOST,
    WEN,
    altered,
    encoded,
    header_of,
    issued,
    payload_of,
    shown_as,
)
from tests.support.signing_keys import other_signing_keys, rotated, signing_keys

NOW = EARNED + timedelta(days=1)
ISSUER_URL = addresses.issuer(HOST, GOLD.issuer.program)


def fault(text: str) -> CredentialFault:
    """Why a text is refused."""
    with pytest.raises(BadCredential) as refused:
        verified(text, signing_keys(), HOST, NOW)
    assert refused.value.__cause__ is None
    return refused.value.fault


def signed(payload: dict[str, Any], keys: SigningKeys | None = None, **members: Any) -> str:
    """A payload, signed by a key of ours unless another is given; `members`: of the header."""
    current = (keys or signing_keys()).current
    header = {**header_of(issued()), **members}
    return jws.serialize_compact(header, json.dumps(payload).encode(), current, ["RS256"])


def test_what_was_issued_here_is_valid_and_says_what() -> None:
    claims = verified(f"  {issued(subject=shown_as('Wen Zhao'))}\n", signing_keys(), HOST, NOW)
    assert claims.credential_id == CREDENTIAL
    assert (claims.issuer, claims.issuer_url) == ("Northfield Alumni", ISSUER_URL)
    assert (claims.achievement, claims.criterion) == (GOLD.name, GOLD.criterion)
    assert claims.valid_from == EARNED.replace(microsecond=0)
    assert claims.display_name == "Wen Zhao"
    assert (claims.status_list, claims.status_index) == (f"{HOST}/credentials/status/3", 94_567)


@pytest.mark.parametrize(
    ("address", "theirs"),
    [("wen@example.org", True), (" Wen@Example.org ", True), ("ben@example.org", False)],
)
def test_an_address_is_compared_with_the_hash_of_the_holders(address: str, theirs: bool) -> None:
    assert verified(issued(), signing_keys(), HOST, NOW).is_of(address) is theirs


def test_without_an_address_in_it_nothing_is_said_of_one() -> None:
    token = issued(subject=replace(WEN, email=None))
    assert verified(token, signing_keys(), HOST, NOW).is_of("wen@example.org") is None


def test_what_an_older_key_signed_stays_valid() -> None:
    assert verified(issued(), rotated(signing_keys()), HOST, NOW).credential_id == CREDENTIAL


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", CredentialFault.EMPTY),
        (" \n", CredentialFault.EMPTY),
        ("x" * 65_537, CredentialFault.TOO_LONG),
        ("hello", CredentialFault.NO_CREDENTIAL),
        ("a.b", CredentialFault.NO_CREDENTIAL),
        ("a.b.c", CredentialFault.NO_CREDENTIAL),
        ("é.é.é", CredentialFault.NO_CREDENTIAL),
        (json.dumps({"type": ["VerifiableCredential"]}), CredentialFault.NO_CREDENTIAL),
        ("[" * 60_000, CredentialFault.NO_CREDENTIAL),
    ],
)
def test_what_is_no_signed_text_is_refused(text: str, wanted: CredentialFault) -> None:
    assert fault(text) is wanted


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("value", [b"[]", b'"text"', b"1", b"null", b"{", b"[" * 40_000, b"\xff"])
def test_a_part_that_is_no_json_object_is_refused(part: int, value: bytes) -> None:
    parts = issued().split(".")
    parts[part] = base64.urlsafe_b64encode(value).rstrip(b"=").decode()
    assert fault(".".join(parts)) is CredentialFault.NO_CREDENTIAL


def test_a_credential_of_another_deployment_was_not_issued_here() -> None:
    theirs = issued(host="https://elsewhere.example", keys=other_signing_keys())
    assert fault(theirs) is CredentialFault.NOT_ISSUED_HERE
    beginning = issued(host=f"{HOST}.evil.example", keys=other_signing_keys())
    assert fault(beginning) is CredentialFault.NOT_ISSUED_HERE


def test_a_forged_one_under_another_key_is_refused_whatever_key_it_names() -> None:
    assert fault(issued(keys=other_signing_keys())) is CredentialFault.UNKNOWN_KEY
    ours = addresses.key(ISSUER_URL, signing_keys().current.thumbprint())
    forged = signed(payload_of(issued()), other_signing_keys(), kid=ours)
    assert fault(forged) is CredentialFault.BAD_SIGNATURE


def test_the_key_of_another_program_is_named_wrongly() -> None:
    other = addresses.key(addresses.issuer(HOST, "other"), signing_keys().current.thumbprint())
    assert fault(signed(payload_of(issued()), kid=other)) is CredentialFault.UNKNOWN_KEY


@pytest.mark.parametrize("kid", [None, 1, [], {}, "", "x"])
def test_a_kid_that_names_no_key_is_refused(kid: object) -> None:
    _, payload, signature = issued().split(".")
    head = encoded({**header_of(issued()), "kid": kid})
    assert fault(f"{head}.{payload}.{signature}") is CredentialFault.UNKNOWN_KEY


def test_no_signature_is_none() -> None:
    _, payload, _ = issued().split(".")
    none = encoded({**header_of(issued()), "alg": "none"})
    assert fault(f"{none}.{payload}.") is CredentialFault.OTHER_HEADER
    assert fault(issued().rpartition(".")[0] + ".") is CredentialFault.BAD_SIGNATURE


def test_our_public_key_is_no_shared_secret() -> None:
    raw = signing_keys().current.public_key.public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    body = f"{encoded({**header_of(issued()), 'alg': 'HS256'})}.{issued().split('.')[1]}"
    mac = hmac.new(raw, body.encode(), hashlib.sha256).digest()
    token = f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert fault(token) is CredentialFault.OTHER_HEADER


def test_a_key_that_the_text_brings_along_is_not_believed() -> None:
    own = other_signing_keys().current
    brought = own.as_dict(private=False)
    forged = signed(payload_of(issued()), other_signing_keys(), jwk=brought)
    assert fault(forged) is CredentialFault.OTHER_HEADER


@pytest.mark.parametrize("name", ["name", "nbf", "sub", "credentialSubject"])
def test_an_altered_payload_is_refused(name: str) -> None:
    assert fault(altered(issued(), **{name: "changed"})) is CredentialFault.BAD_SIGNATURE


@pytest.mark.parametrize(
    "members",
    [
        {"jti": "urn:uuid:00000000-0000-0000-0000-000000000009"},
        {"sub": "urn:uuid:00000000-0000-0000-0000-000000000009"},
        {"nbf": 1},
        {"nbf": 10**30},
        {"nbf": "1"},
        {"id": 1, "jti": 1},
        {"id": "x", "jti": "x"},
        {"type": ["VerifiableCredential"]},
        {"type": 1},
        {"issuer": None},
        {"issuer": f"{HOST}/issuers/other"},
        {"credentialSubject": []},
        {"credentialStatus": {}},
        {"validUntil": "soon"},
        {"exp": []},
    ],
)
def test_what_contradicts_itself_is_refused_though_the_signature_is_ours(
    members: dict[str, Any],
) -> None:
    token = signed({**payload_of(issued()), **members})
    assert fault(token) is CredentialFault.CONTRADICTION


def test_a_list_of_what_was_withdrawn_is_no_credential() -> None:
    document = status_list.status_list(HOST, GOLD.issuer.program, 3, [1], EARNED)
    assert fault(signing_keys().sign(document, ISSUER_URL)) is CredentialFault.CONTRADICTION


def test_a_credential_counts_from_its_instant_on() -> None:
    assert fault(issued(valid_from=NOW + timedelta(minutes=2))) is CredentialFault.NOT_YET
    verified(issued(valid_from=NOW + timedelta(seconds=30)), signing_keys(), HOST, NOW)


@pytest.mark.parametrize("name", ["exp", "validUntil"])
def test_one_that_says_when_it_ends_has_ended_then(name: str) -> None:
    def ending(after: timedelta) -> bool:
        end = NOW.replace(microsecond=0) + after
        value: object = int(end.timestamp()) if name == "exp" else written(end)
        token = signed({**payload_of(issued()), name: value})
        claims = verified(token, signing_keys(), HOST, NOW)
        assert claims.valid_until == end
        return claims.has_expired(NOW)

    assert ending(-timedelta(seconds=1))
    assert ending(timedelta())
    assert not ending(timedelta(minutes=1))


def test_an_award_that_ends_is_a_credential_that_ends_at_the_same_second() -> None:
    end = datetime(2028, 2, 16, 23, tzinfo=UTC)
    token = issued(valid_until=end)
    payload = payload_of(token)
    assert (payload["validUntil"], payload["exp"]) == ("2028-02-16T23:00:00Z", int(end.timestamp()))
    claims = verified(token, signing_keys(), HOST, NOW)
    assert claims.valid_until == end
    assert not claims.has_expired(end - timedelta(microseconds=1))
    assert claims.has_expired(end)


def test_one_that_does_not_end_says_nothing_of_an_end() -> None:
    payload = payload_of(issued())
    assert not {"validUntil", "exp"} & payload.keys()
    assert not verified(issued(), signing_keys(), HOST, NOW).has_expired(NOW + timedelta(days=9999))


def test_two_ends_that_differ_contradict_each_other() -> None:
    end = datetime(2028, 2, 16, 23, tzinfo=UTC)
    token = signed({**payload_of(issued(valid_until=end)), "exp": int(end.timestamp()) + 1})
    assert fault(token) is CredentialFault.CONTRADICTION


def test_another_end_under_the_old_signature_is_a_forgery_and_not_expired() -> None:
    past, end = NOW - timedelta(days=1), NOW + timedelta(days=900)
    token = altered(issued(valid_until=past), validUntil=written(end), exp=int(end.timestamp()))
    assert fault(token) is CredentialFault.BAD_SIGNATURE
