"""Keys of cases: each case has one, wrapped to a key of governance, and its texts are under it.

AES-256-GCM, a nonce before each ciphertext; keys are wrapped as RFC 3394 says. Without the wrapped
key, which erasing the subject deletes, nothing of the case opens any more.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import keywrap
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from governance.errors import BadCaseKeys, CaseRefused

_KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBroken(Exception):
    """What was sealed does not open under the key of its case: it was changed, or moved here from
    somewhere else."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseKey:
    """The key of one case."""

    secret: bytes

    def seal(self, text: bytes, bound: str) -> bytes:
        """Seal a text. `bound`: where it belongs (the case and what it is of); it opens only
        there."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, text, bound.encode())

    def open(self, sealed: bytes, bound: str) -> bytes:
        """The text that was sealed. Raises SealBroken."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(self.secret).decrypt(nonce, ciphertext, bound.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(f"what is sealed as {bound} does not open") from None


class HasKey(Protocol):
    """What has a key of its own: a case, a draw. `wrapped_key`: None once it was erased; `kid`: of
    the key that it is wrapped to."""

    @property
    def wrapped_key(self) -> bytes | None: ...
    @property
    def kid(self) -> str | None: ...


class NewCaseKey(NamedTuple):
    """A key that was just made, as the case stores it: `wrapped` to the key of that `kid`."""

    key: CaseKey
    wrapped: bytes
    kid: str


@dataclass(frozen=True, slots=True, repr=False)
class CaseKeys:
    """The keys that keys of cases are wrapped to, by id. New ones are wrapped to `current`; the
    others open what was wrapped before it was there."""

    current: str
    by_id: Mapping[str, bytes]

    @staticmethod
    def read(file: Path) -> "CaseKeys":
        """The keys of a file: a JSON list of JWKs of kty oct, 256 bits each, the current one first.

        Raises:
            BadCaseKeys
        """
        try:
            members = json.loads(file.read_bytes())
        except OSError as error:
            raise BadCaseKeys(f"cannot be read: {error.strerror}") from None
        except ValueError:
            raise BadCaseKeys("is no JSON") from None
        if not isinstance(members, list) or not members:
            raise BadCaseKeys("must have a JSON list of keys, the current one first")
        keys = [_read(one) for one in members]
        return CaseKeys(keys[0][0], dict(keys))

    def new(self) -> NewCaseKey:
        """A key for a new case."""
        key = CaseKey(os.urandom(_KEY_BYTES))
        wrapped = keywrap.aes_key_wrap(self.by_id[self.current], key.secret)
        return NewCaseKey(key, wrapped, self.current)

    def key_of(self, case: HasKey) -> CaseKey:
        """The key of a case, or of a draw.

        Raises:
            CaseRefused: key-erased, as the subject was erased.
            BadCaseKeys: it is wrapped to a key that is not here.
        """
        if case.wrapped_key is None:
            raise CaseRefused("key-erased", "The subject was erased, and the evidence with them.")
        return self.unwrapped(case.wrapped_key, case.kid or "")

    def unwrapped(self, wrapped: bytes, kid: str) -> CaseKey:
        """A key that `new` made. Raises BadCaseKeys: it is wrapped to a key that is not here."""
        wrapping = self.by_id.get(kid)
        if wrapping is None:
            raise BadCaseKeys(f"has no key {kid}, which a case is wrapped to")
        try:
            return CaseKey(keywrap.aes_key_unwrap(wrapping, wrapped))
        except keywrap.InvalidUnwrap:
            raise BadCaseKeys(f"has another key {kid} than a case is wrapped to") from None


def new_key_set() -> str:
    """The text of a file with one new key, for `CaseKeys.read`."""
    secret = os.urandom(_KEY_BYTES)
    encoded = base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
    return json.dumps([{"kty": "oct", "kid": _kid(secret), "k": encoded}])


def _read(members: Any) -> tuple[str, bytes]:
    if not isinstance(members, dict) or members.get("kty") != "oct":
        raise BadCaseKeys("must have keys of kty oct")
    try:
        text = members["k"].encode("ascii")
        secret = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except (AttributeError, KeyError, ValueError):
        raise BadCaseKeys("has a key without k in base64url") from None
    kid = members.get("kid")
    if len(secret) != _KEY_BYTES or not isinstance(kid, str) or not kid:
        raise BadCaseKeys("must have keys of 256 bits, each with its kid")
    return kid, secret


def _kid(secret: bytes) -> str:
    """A name that says nothing of the key and is the same wherever it is."""
    return hashlib.sha256(b"badge-governance kid" + secret).hexdigest()[:16]
