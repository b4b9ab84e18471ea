"""The keys of a deployment that sign credentials: RS256, which every verifier must know."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from credentials import addresses

ALGORITHM = "RS256"
BITS = 2_048


class BadSigningKeys(ValueError):
    """A text that has no keys to sign with. It quotes nothing of it."""


@dataclass(frozen=True, slots=True, repr=False)
class SigningKeys:
    """`current` signs; all are served for verification, by RFC 7638 thumbprint, so that what an
    older key signed stays valid."""

    current: RSAKey
    by_thumbprint: Mapping[str, RSAKey]

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """The keys of a JWK set: the first a private RSA key; of the others the public part is
        enough.

        Raises:
            BadSigningKeys: it is none.
        """
        try:
            members = json.loads(text)
        except ValueError:
            raise BadSigningKeys("is no JSON") from None
        listed = members.get("keys") if isinstance(members, dict) else None
        if not isinstance(listed, list) or not listed:
            raise BadSigningKeys('must have a JWK set, {"keys": […]}, the current key first')
        keys = [_key(one) for one in listed]
        if not keys[0].is_private:
            raise BadSigningKeys("must have a private key first")
        return cls(keys[0], {key.thumbprint(): key for key in keys})

    def sign(self, payload: Mapping[str, Any], issuer_url: str) -> str:
        """A payload as a compact JWS. `issuer_url`: whose key it names."""
        kid = addresses.key(issuer_url, self.current.thumbprint())
        # These three members: another one, and verifiers refuse it.
        header = {"alg": ALGORITHM, "kid": kid, "typ": "JWT"}
        text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        return jws.serialize_compact(header, text.encode(), self.current, [ALGORITHM])

    def public(self, thumbprint: str) -> dict[str, Any] | None:
        """The public part of a key as a JWK, without anything a reader might stumble over. None if
        there is no such key."""
        key = self.by_thumbprint.get(thumbprint)
        return None if key is None else _public(key)

    def jwks(self, issuer_urls: Iterable[str]) -> dict[str, Any]:
        """All keys of these issuers, each with the `kid` that credentials name and whose it is."""
        return {
            "keys": [
                {
                    **_public(key),
                    "kid": addresses.key(url, thumbprint),
                    "iss": url,
                    "alg": ALGORITHM,
                    "use": "sig",
                }
                for url in issuer_urls
                for thumbprint, key in self.by_thumbprint.items()
            ]
        }


def new_key_set() -> str:
    """A JWK set with one new key, as a deployment begins with it."""
    return json.dumps({"keys": [RSAKey.generate_key(BITS).as_dict(private=True)]})


def _public(key: RSAKey) -> dict[str, Any]:
    members = key.as_dict(private=False)
    return {"kty": "RSA", "n": members["n"], "e": members["e"]}


def _key(members: object) -> RSAKey:
    if not isinstance(members, dict) or members.get("kty") != "RSA":
        raise BadSigningKeys("must have keys of kty RSA")
    # What else a JWK may say (kid, use, alg) is ours to decide.
    wanted = {name: members[name] for name in _MEMBERS if name in members}
    try:
        key = RSAKey.import_key(wanted)
        bits = key.public_key.key_size
    except (JoseError, KeyError, ValueError, TypeError, AttributeError):
        raise BadSigningKeys("has a key that is no RSA key") from None
    if bits < BITS:
        raise BadSigningKeys(f"has a key of {bits} bits; {BITS} are the least")
    return key


_MEMBERS = ("kty", "n", "e", "d", "p", "q", "dp", "dq", "qi")
