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

from events.public_key import PublicKey


class BadKeys(ValueError):
    """A file of keys that cannot be used. The text names no key."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKeys:
    """The keys of a file, by id; the first is `current`."""

    current: OKPKey
    by_id: Mapping[str, OKPKey]

    @property
    def public(self) -> PublicKey:
        """The public part of the current key, as BADGE_ENGINE_NOTES_PUBLIC_KEY has it."""
        return PublicKey.of_jwk(self.current.as_dict(private=False))

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes for a purpose, the same as long as the current key is."""
        own = urlsafe_b64decode(str(self.current.as_dict(private=True)["d"]).encode())
        return hmac.new(own, purpose.encode(), hashlib.sha256).digest()


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
    return of_list(members)


def of_list(members: object) -> MasterKeys:
    """The keys of a list of private JWKs, the current one first. Raises BadKeys."""
    if not isinstance(members, list) or not members:
        raise BadKeys("must have a JSON list of keys, the current one first")
    keys = [_key(one) for one in members]
    return MasterKeys(keys[0], {str(key.kid): key for key in keys})


def _key(members: Any) -> OKPKey:
    wanted = {"kty": "OKP", "crv": "X25519"}
    if not isinstance(members, dict) or any(members.get(k) != v for k, v in wanted.items()):
        raise BadKeys("must have keys of kty OKP and crv X25519")
    try:
        public = PublicKey.of_jwk(members)
        key = OKPKey.import_key({**wanted, "x": members["x"], "d": members["d"], "kid": public.kid})
        private = key.private_key
    except (JoseError, KeyError, ValueError, TypeError):
        raise BadKeys("has a key that is no private X25519 key") from None
    if private is None or private.public_key().public_bytes_raw() != public.x:
        raise BadKeys("has a key whose public part belongs to another")
    return key
