"""A credential is written as Open Badges 3.0 and JWTs have it, member by member."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from tests.support.credentials import (
    GOLD,
    HOST,
    WEN,
    header_of,
    issued,
    payload_of,
    shown_as,
)
from tests.support.signing_keys import signing_keys

ISSUED_BY = f"{HOST}/issuers/northfield-alumni"
ACHIEVED = f"{HOST}/achievements/northfield-alumni/momentum/gold"


def test_the_header_has_three_members_and_names_one_key() -> None:
    thumbprint = signing_keys().current.thumbprint()
    assert header_of(issued()) == {
        "alg": "RS256",
        "kid": f"{ISSUED_BY}/keys/{thumbprint}",
        "typ": "JWT",
    }


def test_a_credential_says_what_was_achieved_and_who_says_so() -> None:
    digest = hashlib.sha256(b"wen@example.orgc2FsdA").hexdigest()
    assert payload_of(issued()) == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:8c6dd2a8-31ee-4d72-9f3e-5a1c38e8a0d1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Momentum, gold",
        "issuer": {
            "id": ISSUED_BY,
            "type": ["Profile"],
            "name": "Northfield Alumni",
            "url": ISSUED_BY,
        },
        "validFrom": "2026-04-29T17:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:00000000-0000-0000-0000-000000000001",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "emailAddress",
                    "hashed": True,
                    "salt": "c2FsdA",
                    "identityHash": f"sha256${digest}",
                }
            ],
            "achievement": {
                "id": ACHIEVED,
                "type": ["Achievement"],
                "achievementType": "Badge",
                "name": "Momentum, gold",
                "description": "Keeping the conversation going, meeting after meeting",
                "criteria": {"narrative": "Meetings attended: 15, in one mentoring loop"},
                "image": {"id": f"{ACHIEVED}.png", "type": "Image"},
            },
        },
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
                "ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "credentialStatus": {
            "id": f"{HOST}/credentials/status/3#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": f"{HOST}/credentials/status/3",
        },
        "iss": ISSUED_BY,
        "jti": "urn:uuid:8c6dd2a8-31ee-4d72-9f3e-5a1c38e8a0d1",
        "sub": "urn:uuid:00000000-0000-0000-0000-000000000001",
        "nbf": 1777482000,
    }


def test_without_an_address_and_a_name_nothing_identifies_the_holder() -> None:
    subject = payload_of(issued(subject=replace(WEN, email=None)))["credentialSubject"]
    assert "identifier" not in subject


def test_a_holder_who_shows_their_name_is_named_in_clear() -> None:
    subject = payload_of(issued(subject=shown_as("Wen Zhao")))["credentialSubject"]
    assert [one["identityType"] for one in subject["identifier"]] == [
        "emailAddress",
        "ext:displayName",
    ]
    assert subject["identifier"][1] == {
        "type": "IdentityObject",
        "identityType": "ext:displayName",
        "hashed": False,
        "identityHash": "Wen Zhao",
    }


def test_instants_are_written_in_utc_and_whole_seconds_wherever_they_come_from() -> None:
    there = timezone(timedelta(hours=2))
    payload = payload_of(issued(valid_from=datetime(2026, 4, 29, 19, 0, 0, 999_999, tzinfo=there)))
    assert (payload["validFrom"], payload["nbf"]) == ("2026-04-29T17:00:00Z", 1777482000)


def test_ids_in_addresses_are_percent_encoded() -> None:
    strange = replace(GOLD, issuer=replace(GOLD.issuer, program="a/b c"), badge="..", level=None)
    payload = payload_of(issued(achievement=strange))
    assert payload["iss"] == f"{HOST}/issuers/a%2Fb%20c"
    achieved = payload["credentialSubject"]["achievement"]
    assert achieved["id"] == f"{HOST}/achievements/a%2Fb%20c/%2E%2E"


def test_a_program_with_a_site_of_its_own_says_so() -> None:
    theirs = replace(GOLD, issuer=replace(GOLD.issuer, url="https://northfield.example"))
    issuer = payload_of(issued(achievement=theirs))["issuer"]
    assert (issuer["id"], issuer["url"]) == (ISSUED_BY, "https://northfield.example")
