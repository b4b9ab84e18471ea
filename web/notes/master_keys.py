"""The master keys: what the private keys of recipients are wrapped to.

Only web processes hold them. A file has them as a JSON list of private JWKs (X25519); new keys of
recipients are wrapped to the first, the others open what was wrapped before it was there.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.util import urlsafe_b64decode


class BadKeys(ValueError):
    """A file of keys that cannot be used. The text names no key."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKeys:
    """The keys of a file, by id; the first is `current`."""

    current: OKPKey
    by_id: Mapping[str, OKPKey]

    @property
    def public(self) -> dict[str, str]:
        """The public JWK of the current key, as BADGE_ENGINE_NOTES_PUBLIC_KEY has it."""
        return public_jwk(self.current)

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes for a purpose, the same as long as the current key is."""
        own = urlsafe_b64decode(str(self.current.as_dict(private=True)["d"]).encode())
        return hmac.new(own, purpose.encode(), hashlib.sha256).digest()


def public_jwk(key: OKPKey) -> dict[str, str]:
    """A public key for others: kty, crv, kid, x."""
    members = key.as_dict(private=False)
    return {"kty": "OKP", "crv": "X25519", "kid": key.thumbprint(), "x": str(members["x"])}


def new_key() -> dict[str, str]:
    """A private JWK; its id is the thumbprint (RFC 7638)."""
    made = OKPKey.generate_key("X25519")
    return {**public_jwk(made), "d": str(made.as_dict(private=True)["d"])}


def read(file: Path) -> MasterKeys:
    """The keys of a file.

    Raises:
        BadKeys: it cannot be read, or is no list of private X25519 keys.
    """
    try:
        members = json.loads(file.read_bytes())
    except OSError as error:
        raise BadKeys(f"cannot be read: {error.strerror}") from None
    except ValueError:
        raise BadKeys("is no JSON") from None
    if not isinstance(members, list) or not members:
        raise BadKeys("must have a JSON list of keys, the current one first")
    keys = [_key(one) for one in members]
    return MasterKeys(keys[0], {key.thumbprint(): key for key in keys})


def _key(members: Any) -> OKPKey:
    wanted = {"kty": "OKP", "crv": "X25519"}
    if not isinstance(members, dict) or any(members.get(k) != v for k, v in wanted.items()):
        raise BadKeys("must have keys of kty OKP and crv X25519")
    try:
        key = OKPKey.import_key({**wanted, "x": members["x"], "d": members["d"]})
        thumbprint = key.thumbprint()
        own = OKPKey.import_key({**wanted, "x": members["x"]})
        private, public = key.private_key, own.public_key
    except (JoseError, KeyError, ValueError, TypeError):
        raise BadKeys("has a key that is no private X25519 key") from None
    if private is None or private.public_key() != public:
        raise BadKeys("has a key whose public part belongs to another")
    if members.get("kid", thumbprint) != thumbprint:
        raise BadKeys("has a key whose kid is not its thumbprint")
    return key
