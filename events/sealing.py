"""Seal a private text for one reader: compact JWE (RFC 7516), ECDH-ES over X25519, A256GCM.

Any holder of the public key can seal; any JOSE library can open with the private one. Written on
`cryptography` itself, since a worker may have to seal a note of every event of a batch.
"""

import hashlib
import os
import struct

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.public_key import PublicKey, thumbprint, to_base64url
from events.sealed_note import NOTE

KEY = "key+jwe"
"""`typ` of a private key that is sealed to another key."""

_BLOCK = 256  # sealing hides a text, not its length: only how many blocks it fills
_ALGORITHM = b"A256GCM"
# RFC 7518, 4.6.2: algorithm, no names of the parties, length of the key in bits.
_OTHER_INFO = struct.pack(">I", len(_ALGORITHM)) + _ALGORITHM + struct.pack(">III", 0, 0, 256)
_TAG_BYTES = 16
_encode = msgspec.json.Encoder().encode  # json.dumps took 8 of the 30 us that X25519 leaves


def new_key_pair() -> tuple[PublicKey, dict[str, str]]:
    """A new pair: the public key, and the private one as a JWK."""
    private = X25519PrivateKey.generate()
    x = private.public_key().public_bytes_raw()
    public = PublicKey(thumbprint(x), x)
    return public, public.jwk() | {"d": to_base64url(private.private_bytes_raw())}


def seal(text: bytes, to: PublicKey, typ: str) -> str:
    """A text as a compact JWE that only the holder of the private key can open."""
    ephemeral = X25519PrivateKey.generate()
    epk = to_base64url(ephemeral.public_key().public_bytes_raw())
    agreed = ephemeral.exchange(X25519PublicKey.from_public_bytes(to.x))
    key = hashlib.sha256(b"\x00\x00\x00\x01" + agreed + _OTHER_INFO).digest()
    header = to_base64url(
        _encode(
            {
                "alg": "ECDH-ES",
                "enc": "A256GCM",
                "kid": to.kid,
                "epk": {"kty": "OKP", "crv": "X25519", "x": epk},
                "typ": typ,
            }
        )
    )
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text, header.encode())
    parts = (nonce, sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:])
    return f"{header}..{'.'.join(map(to_base64url, parts))}"  # no key between them: it is agreed


def seal_note(note: str, to: PublicKey, **ids: str) -> str:
    """A note sealed for its reader, bound to the fact it belongs to. `ids`: of the fact, by the
    names of its fields; of no loop ""."""
    text = _encode({"v": 1, **ids, "note": note})
    return seal(text.ljust(-len(text) // _BLOCK * -_BLOCK), to, NOTE)
