"""Tokens of the platform, verified: pure functions of a token, keys, an instant and names.

A token is refused with a reason of ours, which never contains any of it. Only the keys that are
passed in are trusted: `jwk`, `jku`, `x5u` and `x5c` of a header are not looked at.
"""

import binascii
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from web.identity.principal import Principal, roles_of
from web.identity.tokens.members import MembersUnclear, members
from web.identity.tokens.signing_keys import ALGORITHMS, KeyUnfit, PlatformKeys, UnknownKey

MOST_BYTES = 16_384
LEEWAY = timedelta(seconds=60)
LONGEST = timedelta(minutes=15)
"""How long an access token may be valid, and how old roles may be."""

_MOST_OF_A_NAME = 255
_LAST_INSTANT = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"

Reason = Literal[
    "alg", "aud", "auth_time", "azp", "crit", "events", "exp", "form", "header", "iat", "iss",
    "jti", "key", "kid", "kid-unknown", "lifetime", "nbf", "nonce", "old", "payload", "roles",
    "sid", "signature", "size", "sub", "typ",
]  # fmt: skip


class TokenRefused(Exception):
    """A token that is not valid. `reason`: which part of it is wrong."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"token refused: {reason}")
        self.reason = reason


class KeyUnknown(TokenRefused):
    """A token of a key that was not passed in: the issuer's keys may have changed."""

    def __init__(self) -> None:
        super().__init__("kid-unknown")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What an ID token says. `until`: when its roles are too old. `sid`: the issuer's session."""

    principal: Principal
    sid: str | None


@dataclass(frozen=True, slots=True)
class SignedOut:
    """What a logout token says: a session of the issuer, or a subject, ended at an instant."""

    subject: str | None
    sid: str | None
    at: datetime


class _Registry(JWSRegistry):
    """Our algorithms only. Unknown members of a header are ignored: issuers add their own."""

    max_header_length = 4_096
    max_payload_length = MOST_BYTES

    def get_alg(self, name: str) -> Any:
        # As the library does, but for its warning that RFC 9864 gives EdDSA a new name.
        if name not in ALGORITHMS:
            raise TokenRefused("alg")
        return self.algorithms[name]


_registry = _Registry(strict_check_header=False)


def verify(token: str, keys: PlatformKeys, now: datetime, issuer: str, audience: str) -> Principal:
    """Who an access token speaks for. Raises TokenRefused, KeyUnknown."""
    claims = _signed(token, keys, typ={"at+jwt", "application/at+jwt", "jwt"}, typ_needed=True)
    if "nonce" in claims or "events" in claims:
        raise TokenRefused("typ")  # an ID token or a logout token, which are not for APIs
    _check_names(claims, issuer, audience)
    issued, expires = _times(claims, now)
    if _instant(claims, "nbf") > now + LEEWAY:
        raise TokenRefused("nbf")
    if expires - issued > LONGEST:
        raise TokenRefused("lifetime")
    return _principal(claims, expires, now)


def verify_id_token(
    token: str, keys: PlatformKeys, now: datetime, issuer: str, client: str, nonce: str | None
) -> SignedIn:
    """Who signed in. `nonce`: the login's; None for a token that renews an earlier one.

    Raises TokenRefused, KeyUnknown.
    """
    claims = _signed(token, keys, typ={"jwt"}, typ_needed=False)
    if "events" in claims:
        raise TokenRefused("events")
    _check_names(claims, issuer, client)
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client:
        raise TokenRefused("azp")
    issued, expires = _times(claims, now)
    if "nbf" in claims and _instant(claims, "nbf") > now + LEEWAY:
        raise TokenRefused("nbf")
    if nonce is not None and claims.get("nonce") != nonce:
        raise TokenRefused("nonce")
    until = min(expires, min(issued, now) + LONGEST)
    if until <= now:
        raise TokenRefused("old")
    return SignedIn(
        _principal(claims, until, now), _name(claims, "sid") if "sid" in claims else None
    )


def verify_logout_token(
    token: str, keys: PlatformKeys, now: datetime, issuer: str, client: str
) -> SignedOut:
    """Whose sessions end (OpenID Connect Back-Channel Logout 1.0, 2.6). Raises TokenRefused,
    KeyUnknown."""
    claims = _signed(token, keys, typ={"logout+jwt", "jwt"}, typ_needed=False)
    _check_names(claims, issuer, client)
    issued, _expires = _times(claims, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_LOGOUT), dict):
        raise TokenRefused("events")
    if "nonce" in claims:
        raise TokenRefused("nonce")
    _name(claims, "jti")
    if "sub" not in claims and "sid" not in claims:
        raise TokenRefused("sub")
    return SignedOut(
        subject=_subject(claims) if "sub" in claims else None,
        sid=_name(claims, "sid") if "sid" in claims else None,
        at=issued,
    )


def _signed(
    token: str, keys: PlatformKeys, typ: Collection[str], typ_needed: bool
) -> Mapping[str, Any]:
    """The claims of a token, once its header and its signature are right."""
    if len(token) > MOST_BYTES:
        raise TokenRefused("size")
    parts = token.split(".") if token.isascii() else []
    if len(parts) != 3:
        raise TokenRefused("form")
    header = _decoded(parts[0], "header")
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise TokenRefused("alg")
    if not isinstance(kid, str):
        raise TokenRefused("kid")
    if "crit" in header or "b64" in header:
        raise TokenRefused("crit")
    kind = header.get("typ")
    if not (isinstance(kind, str) and kind.lower() in typ) and (kind is not None or typ_needed):
        raise TokenRefused("typ")
    try:
        key = keys.find(kid, algorithm)
    except UnknownKey:
        raise KeyUnknown from None
    except KeyUnfit:
        raise TokenRefused("key") from None
    try:
        jws.deserialize_compact(token, key, registry=_registry)
    except (JoseError, ValueError, TypeError):
        raise TokenRefused("signature") from None
    return _decoded(parts[1], "payload")


def _decoded(part: str, reason: Reason) -> dict[str, Any]:
    try:
        return members(urlsafe_b64decode(part.encode()))
    except (MembersUnclear, binascii.Error):
        raise TokenRefused(reason) from None


def _check_names(claims: Mapping[str, Any], issuer: str, audience: str) -> None:
    if claims.get("iss") != issuer:
        raise TokenRefused("iss")
    aud = claims.get("aud")
    listed = aud if isinstance(aud, list) else [aud]
    if audience not in listed or not all(isinstance(one, str) for one in listed):
        raise TokenRefused("aud")


def _times(claims: Mapping[str, Any], now: datetime) -> tuple[datetime, datetime]:
    """When a token was issued and when it expires."""
    issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
    if issued > now + LEEWAY:
        raise TokenRefused("iat")
    if expires <= now - LEEWAY:
        raise TokenRefused("exp")
    return issued, expires


def _principal(claims: Mapping[str, Any], until: datetime, now: datetime) -> Principal:
    authenticated = _instant(claims, "auth_time") if "auth_time" in claims else None
    if authenticated is not None and authenticated > now + LEEWAY:
        raise TokenRefused("auth_time")
    # An issuer whose clock is ahead makes nobody fresh for longer.
    at = None if authenticated is None else min(authenticated, now)
    return Principal(_subject(claims), roles_of(_roles(claims)), until, at)


def _instant(
    claims: Mapping[str, Any], name: Literal["iat", "exp", "nbf", "auth_time"]
) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(name)
    if not (0 <= value <= _LAST_INSTANT and math.isfinite(value)):
        raise TokenRefused(name)
    return datetime.fromtimestamp(value, UTC)


def _subject(claims: Mapping[str, Any]) -> str:
    return _name(claims, "sub")


def _name(claims: Mapping[str, Any], name: Literal["sub", "sid", "jti"]) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _MOST_OF_A_NAME:
        raise TokenRefused(name)
    return value


def _roles(claims: Mapping[str, Any]) -> list[Any]:
    roles = claims.get("roles")
    if not isinstance(roles, list):
        raise TokenRefused("roles")
    return roles
