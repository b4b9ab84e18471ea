"""The payload of a credential: Open Badges 3.0, as a JWT is to have it (VC-JWT).

iss, sub, jti, nbf and exp repeat what the credential says, to the letter: verifiers compare them.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from credentials import addresses
from credentials.achievement import CONTEXT, Achievement, described, profile

SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)


@dataclass(frozen=True, slots=True)
class CredentialSubject:
    """Who holds a credential. `id`: of this credential alone, so that two cannot be linked;
    `email`: as the directory has it, hashed with `salt`; `display_name`: only if its holder shows
    it."""

    id: UUID
    email: str | None
    salt: str
    display_name: str | None


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """Where the bit of a credential is: a list, and the place in it."""

    list: int
    index: int


def payload(
    host: str,
    achievement: Achievement,
    subject: CredentialSubject,
    credential_id: UUID,
    valid_from: datetime,
    status: StatusEntry,
    valid_until: datetime | None = None,
) -> dict[str, Any]:
    """What a credential says. `host`: scheme and host of the public pages; `valid_from`: when the
    award was earned, `valid_until`: when it ends, if it does; both cut to whole seconds since `nbf`
    and `exp` have no others."""
    issuer = profile(host, achievement.issuer)
    begins = valid_from.astimezone(UTC).replace(microsecond=0)
    holder: dict[str, Any] = {"id": subject.id.urn, "type": ["AchievementSubject"]}
    identifiers = list(_identifiers(subject))
    if identifiers:
        holder["identifier"] = identifiers
    holder["achievement"] = described(host, achievement)
    ends = None if valid_until is None else valid_until.astimezone(UTC).replace(microsecond=0)
    return {
        "@context": list(CONTEXT),
        "id": credential_id.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": issuer,
        "validFrom": written(begins),
        **({} if ends is None else {"validUntil": written(ends)}),
        "credentialSubject": holder,
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": _status(host, status),
        "iss": issuer["id"],
        "jti": credential_id.urn,
        "sub": subject.id.urn,
        "nbf": int(begins.timestamp()),
        **({} if ends is None else {"exp": int(ends.timestamp())}),
    }


def hashed(email: str, salt: str) -> str:
    """An e-mail address as a credential has it: who knows the address compares it, nobody reads
    it."""
    return f"sha256${hashlib.sha256((email + salt).encode()).hexdigest()}"


def written(instant: datetime) -> str:
    """An instant of whole seconds, in UTC, as credentials write it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _identifiers(subject: CredentialSubject) -> list[dict[str, Any]]:
    known: list[dict[str, Any]] = []
    if subject.email is not None:
        known.append(
            {
                "type": "IdentityObject",
                "identityType": "emailAddress",
                "hashed": True,
                "salt": subject.salt,
                "identityHash": hashed(subject.email, subject.salt),
            }
        )
    if subject.display_name is not None:
        known.append(
            {
                "type": "IdentityObject",
                "identityType": "ext:displayName",
                "hashed": False,
                "identityHash": subject.display_name,
            }
        )
    return known


def _status(host: str, status: StatusEntry) -> dict[str, str]:
    lists = addresses.status_list(host, status.list)
    return {
        "id": f"{lists}#{status.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(status.index),
        "statusListCredential": lists,
    }
