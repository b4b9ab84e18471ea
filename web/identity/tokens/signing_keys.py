"""The public keys of an issuer, each only for the algorithms that it is meant for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

ALGORITHMS = ("RS256", "ES256", "EdDSA")

MOST_KEYS = 100
_LEAST_RSA_BITS = 2048
# What only a public key may have: a secret or private part is not ours to know.
_PUBLIC = ("kty", "kid", "use", "alg", "key_ops", "n", "e", "crv", "x", "y")


class UnknownKey(Exception):
    """No key has this id: the issuer may have made it since we read its keys."""


class KeyUnfit(Exception):
    """The key with this id is not for this algorithm."""


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """Keys by key id and algorithm; keys of other kinds, and keys without an id, are left out."""

    by_id: Mapping[str, Mapping[str, Key]]

    def find(self, kid: str, algorithm: str) -> Key:
        """The key for a token's header. Raises UnknownKey, KeyUnfit."""
        if kid not in self.by_id:
            raise UnknownKey
        if algorithm not in self.by_id[kid]:
            raise KeyUnfit
        return self.by_id[kid][algorithm]


def signing_keys(jwks: Mapping[str, Any]) -> PlatformKeys:
    """The keys of a JWK set. What cannot be used is left out, as RFC 7517 section 5 says."""
    entries = jwks.get("keys")
    by_id: dict[str, dict[str, Key]] = {}
    for entry in entries[:MOST_KEYS] if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
            continue
        key = _public_key(entry)
        algorithm = None if key is None else _algorithm(key)
        if key is None or algorithm is None or entry.get("alg", algorithm) != algorithm:
            continue
        fitting = by_id.setdefault(entry["kid"], {})
        fitting.setdefault(algorithm, key)
    return PlatformKeys(by_id)


def _public_key(entry: Mapping[str, Any]) -> Key | None:
    if entry.get("use", "sig") != "sig" or "verify" not in entry.get("key_ops", ["verify"]):
        return None
    try:
        return JWKRegistry.import_key({name: entry[name] for name in _PUBLIC if name in entry})
    except (JoseError, ValueError, TypeError):
        return None


def _algorithm(key: Key) -> str | None:
    match key:
        case RSAKey():
            public = key.public_key
            strong = isinstance(public, RSAPublicKey) and public.key_size >= _LEAST_RSA_BITS
            return "RS256" if strong else None
        case ECKey():
            return "ES256" if key.curve_name == "P-256" else None
        case OKPKey():
            return "EdDSA" if key.curve_name in ("Ed25519", "Ed448") else None
    return None
