"""A refresh token as it lies in the database: encrypted to a key that only the cookie gives.

The table has the SHA-256 of the cookie's value and cannot be read backwards, so a copy of the
database renews no session. There is no key to keep or to rotate.
"""

import hashlib
import hmac

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_HEADER = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS = ["dir", "A256GCM"]


def seal(refresh: str, cookie: str) -> str:
    """A refresh token as a compact JWE."""
    return jwe.encrypt_compact(_HEADER, refresh.encode(), _key(cookie), _ALGORITHMS)


def unseal(sealed: str, cookie: str) -> str | None:
    """The refresh token; None if it was not sealed for this cookie."""
    try:
        opened = jwe.decrypt_compact(sealed, _key(cookie), _ALGORITHMS).plaintext
    except (JoseError, ValueError):
        return None
    return opened.decode() if opened else None


def _key(cookie: str) -> OctKey:
    return OctKey.import_key(hmac.digest(cookie.encode(), b"refresh token", hashlib.sha256))
