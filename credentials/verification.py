"""What a text is worth that somebody says is a credential of this deployment. Pure.

Only the text and our own keys decide: nothing is fetched, and no key or algorithm that the text
names for itself is believed.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError

from credentials import addresses
from credentials.credential import hashed, written
from credentials.signing import ALGORITHM, SigningKeys
from events.public_key import from_base64url

LONGEST = 65_536
"""Characters of a credential that are read; ours have about 3,000."""
SKEW = timedelta(minutes=1)
"""By how much a credential may begin after the present: no two clocks are the same."""

_HEADER = frozenset(("alg", "kid", "typ"))
_TYPES = ("VerifiableCredential", "OpenBadgeCredential")


class CredentialFault(Enum):
    """Why a credential is not valid."""

    EMPTY = "nothing was given"
    TOO_LONG = "it is too long"
    NO_CREDENTIAL = "it is no signed credential"
    NOT_ISSUED_HERE = "another deployment says that it issued it"
    OTHER_HEADER = "it is not signed in the way in which we sign"
    UNKNOWN_KEY = "its key is none of ours"
    BAD_SIGNATURE = "its signature is wrong"
    CONTRADICTION = "it contradicts itself"
    NOT_YET = "it is not valid yet"
    NOT_RECORDED = "we have no record of it"


class BadCredential(Exception):
    """A text that is no valid credential of ours."""

    def __init__(self, fault: CredentialFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class CredentialClaims:
    """What a credential says under a signature of ours. `issuer_url`: the program as an issuer;
    `status_list`, `status_index`: where its bit is; `display_name`: if its holder shows it;
    `valid_until`: when it ends, None if it says nothing of that."""

    credential_id: UUID
    issuer_url: str
    issuer: str
    achievement_url: str
    achievement: str
    description: str
    criterion: str
    valid_from: datetime
    display_name: str | None
    status_list: str
    status_index: int
    email_hash: str | None
    email_salt: str | None
    valid_until: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        """Whether it has ended: the instant of its end is the first at which it is not valid."""
        return self.valid_until is not None and self.valid_until <= now

    def is_of(self, email: str) -> bool | None:
        """Whether it was issued to this e-mail address, as it was typed or in lower case; None if
        it names none."""
        if self.email_hash is None or self.email_salt is None:
            return None
        typed = email.strip()
        salt = self.email_salt
        return any(hashed(one, salt) == self.email_hash for one in (typed, typed.lower()))


def verified(text: str, keys: SigningKeys, host: str, now: datetime) -> CredentialClaims:
    """What a compact JWS says. Whether it was withdrawn since, the text cannot tell; that it has
    expired does not make it another's.

    Raises:
        BadCredential: it is not a valid credential of ours.
    """
    token = text.strip()
    if not token:
        raise BadCredential(CredentialFault.EMPTY)
    if len(token) > LONGEST:
        raise BadCredential(CredentialFault.TOO_LONG)
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise BadCredential(CredentialFault.NO_CREDENTIAL)
    header, payload = _object(parts[0]), _object(parts[1])
    issuer_url = payload.get("iss")
    if not isinstance(issuer_url, str) or not issuer_url.startswith(f"{host}/issuers/"):
        raise BadCredential(CredentialFault.NOT_ISSUED_HERE)
    _check_signature(token, header, issuer_url, keys)
    claims = _claims(payload)
    if claims.valid_from > now + SKEW:
        raise BadCredential(CredentialFault.NOT_YET)
    return claims


def _object(part: str) -> dict[str, Any]:
    """A part of a JWS that is a JSON object."""
    raw = from_base64url(part)
    try:
        value = None if raw is None else json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadCredential(CredentialFault.NO_CREDENTIAL)
    return value


def _check_signature(
    token: str, header: Mapping[str, Any], issuer_url: str, keys: SigningKeys
) -> None:
    if set(header) != _HEADER or (header["alg"], header["typ"]) != (ALGORITHM, "JWT"):
        raise BadCredential(CredentialFault.OTHER_HEADER)
    kid = header["kid"]
    thumbprint = kid.rpartition("/")[2] if isinstance(kid, str) else ""
    key = keys.by_thumbprint.get(thumbprint)
    if key is None or kid != addresses.key(issuer_url, thumbprint):
        raise BadCredential(CredentialFault.UNKNOWN_KEY)
    try:
        jws.deserialize_compact(token, key, [ALGORITHM])
    except (JoseError, ValueError):
        raise BadCredential(CredentialFault.BAD_SIGNATURE) from None


def _claims(payload: Mapping[str, Any]) -> CredentialClaims:
    """What a signed payload says; that it is ours does not make it a credential: lists of what was
    withdrawn are signed with the same key."""
    try:
        subject, issuer = payload["credentialSubject"], payload["issuer"]
        achieved, status = subject["achievement"], payload["credentialStatus"]
        identifiers = {one["identityType"]: one for one in subject.get("identifier", [])}
        valid_from = datetime.fromtimestamp(payload["nbf"], UTC)
        pairs = (
            (payload["iss"], issuer["id"]),
            (payload["jti"], payload["id"]),
            (payload["sub"], subject["id"]),
            (payload["validFrom"], written(valid_from)),
        )
        if any(one != other for one, other in pairs) or any(
            one not in payload["type"] for one in _TYPES
        ):
            raise BadCredential(CredentialFault.CONTRADICTION)
        ends = [_instant(payload[name]) for name in ("exp", "validUntil") if name in payload]
        if len(set(ends)) > 1:
            raise BadCredential(CredentialFault.CONTRADICTION)
        email = identifiers.get("emailAddress", {})
        return CredentialClaims(
            credential_id=UUID(payload["id"]),
            issuer_url=issuer["id"],
            issuer=issuer["name"],
            achievement_url=achieved["id"],
            achievement=achieved["name"],
            description=achieved["description"],
            criterion=achieved["criteria"]["narrative"],
            valid_from=valid_from,
            display_name=identifiers.get("ext:displayName", {}).get("identityHash"),
            status_list=status["statusListCredential"],
            status_index=int(status["statusListIndex"]),
            email_hash=email.get("identityHash"),
            email_salt=email.get("salt"),
            valid_until=min(ends, default=None),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        raise BadCredential(CredentialFault.CONTRADICTION) from None


def _instant(value: object) -> datetime:
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value).astimezone(UTC)
        if isinstance(value, (int, float)) and math.isfinite(value):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise BadCredential(CredentialFault.CONTRADICTION)
