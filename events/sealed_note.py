"""What a sealed note looks like from outside, to who cannot open it. Pure."""

import json
import re

from events.public_key import KID, from_base64url, x_of

NOTE = "note+jwe"
"""`typ` of a sealed note."""
MOST_CHARACTERS = 20_480
"""The longest sealed note that is accepted, in characters."""

_HEADER_MEMBERS = frozenset({"alg", "enc", "kid", "epk", "typ"})
# Header, no key of its own, nonce, ciphertext, tag.
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def header_fault(sealed: str) -> str | None:
    """Why a text is no sealed note; None if it is one, so far as can be seen without the key."""
    compact = _COMPACT.fullmatch(sealed)
    if compact is None:
        return "must be a compact JWE of direct key agreement"
    raw = from_base64url(compact[1])
    try:
        header = json.loads(raw) if raw is not None else None
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict) or header.keys() != _HEADER_MEMBERS:
        return "must have a header of exactly alg, enc, kid, epk and typ"
    if (header["alg"], header["enc"], header["typ"]) != ("ECDH-ES", "A256GCM", NOTE):
        return f"must have alg ECDH-ES, enc A256GCM and typ {NOTE}"
    if not isinstance(header["kid"], str) or not KID.fullmatch(header["kid"]):
        return "must name a key in kid: 1 to 128 visible ASCII characters"
    try:
        epk = header["epk"]
        x_of(epk if isinstance(epk, dict) else {})
    except ValueError:
        return "must have an X25519 key as epk"
    return None


def kid_of(sealed: str) -> str:
    """The name of the key that a compact JWE is sealed to.

    Raises:
        ValueError: it has no header that names one.
    """
    try:
        kid = json.loads(from_base64url(sealed.partition(".")[0]) or b"")["kid"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ValueError("its header names no key") from None
    if not isinstance(kid, str):
        raise ValueError("its header names no key")
    return kid
