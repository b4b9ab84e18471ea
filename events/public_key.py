"""X25519 public keys as JSON Web Keys (RFC 8037). Pure."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

KID = re.compile(r"[\x21-\x7e]{1,128}")
"""The name of a key."""
_KEY_BYTES = 32
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An X25519 public key. `kid`: its name. `x`: its 32 bytes."""

    kid: str
    x: bytes

    @classmethod
    def of_jwk(cls, jwk: Mapping[str, object]) -> "PublicKey":
        """The key that a JWK holds; without `kid` its RFC 7638 thumbprint names it.

        Raises:
            ValueError: it is no public or private X25519 JWK.
        """
        raw = x_of(jwk)
        kid = jwk["kid"] if "kid" in jwk else thumbprint(raw)
        if not isinstance(kid, str) or not KID.fullmatch(kid):
            raise ValueError("not a name of a key: kid must be 1 to 128 visible ASCII characters")
        return cls(kid, raw)

    def jwk(self) -> dict[str, str]:
        """The key as a JWK."""
        return {"kty": "OKP", "crv": "X25519", "kid": self.kid, "x": to_base64url(self.x)}


def x_of(jwk: Mapping[str, object]) -> bytes:
    """The 32 bytes of the key that a JWK holds, whatever its name.

    Raises:
        ValueError: it is no public or private X25519 JWK.
    """
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "X25519":
        raise ValueError("not an X25519 key: kty must be OKP, crv X25519")
    x = jwk.get("x")
    raw = from_base64url(x) if isinstance(x, str) else None
    if raw is None or len(raw) != _KEY_BYTES:
        raise ValueError("not an X25519 key: x must be 32 bytes in base64url")
    return raw


def thumbprint(x: bytes) -> str:
    """The RFC 7638 thumbprint of a key, which names it."""
    members = {"crv": "X25519", "kty": "OKP", "x": to_base64url(x)}
    text = json.dumps(members, separators=(",", ":"))
    return to_base64url(hashlib.sha256(text.encode()).digest())


def to_base64url(raw: bytes) -> str:
    """Bytes in base64url without padding."""
    return binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes | None:
    """The bytes of a text in base64url without padding; None if it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
