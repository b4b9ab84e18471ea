"""Tokens of a pretended platform: keys of each kind, and what is signed with them."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, Key, KeyParameters, OKPKey, RSAKey

from web.identity.tokens.signing_keys import PlatformKeys, signing_keys

ISSUER = "https://platform.example"
AUDIENCE = "badge-web"
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@cache
def key(algorithm: str, kid: str | None = None) -> Key:
    """The private key for an algorithm; its id is the algorithm unless another is given."""
    parameters: KeyParameters = {"kid": kid or algorithm}
    match algorithm:
        case "ES256":
            return ECKey.generate_key("P-256", parameters)
        case "EdDSA":
            return OKPKey.generate_key("Ed25519", parameters)
    return RSAKey.generate_key(2048, parameters)


def public(*keys: Key) -> dict[str, Any]:
    """The JWK set of keys, as the issuer shows it."""
    return {"keys": [one.as_dict(private=False) for one in keys]}


def known_keys() -> PlatformKeys:
    """The keys of our platform: one for each algorithm."""
    return signing_keys(public(key("RS256"), key("ES256"), key("EdDSA")))


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims of an access token at NOW; a change to None leaves the claim out."""
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "wen",
        "iat": seconds(NOW),
        "nbf": seconds(NOW),
        "exp": seconds(NOW + timedelta(minutes=10)),
        "roles": [{"role": "participant", "program": "northfield", "id": "wen.zhao"}],
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token(
    payload: Mapping[str, Any] | bytes | None = None,
    algorithm: str = "RS256",
    signer: Key | None = None,
    **header: Any,
) -> str:
    """A signed token; a header member that is None is left out."""
    members = {"alg": algorithm, "kid": algorithm, "typ": "at+jwt", **header}
    members = {name: value for name, value in members.items() if value is not None}
    body = payload if isinstance(payload, bytes) else json.dumps(payload or claims()).encode()
    return signed(json.dumps(members).encode(), body, algorithm, signer or key(algorithm))


def signed(header: bytes, body: bytes, algorithm: str, signer: Key) -> str:
    """Any bytes as header and body, signed: also what a library would not write."""
    text = encoded(header) + b"." + encoded(body)
    signature = jws.JWSRegistry.algorithms[algorithm].sign(text, signer)
    return (text + b"." + encoded(signature)).decode()


def encoded(raw: bytes) -> bytes:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def seconds(instant: datetime) -> int:
    """A NumericDate."""
    return int(instant.timestamp())
