"""Which credentials of a list were withdrawn: one bit each (W3C Bitstring Status List)."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from credentials import addresses
from credentials.achievement import CREDENTIALS_CONTEXT
from credentials.credential import written
from events.public_key import to_base64url

ENTRIES = 131_072
"""Bits of a list: the least that the standard allows, so that a place in it says little."""


def status_list(
    host: str, program: str, number: int, withdrawn: Iterable[int], at: datetime
) -> dict[str, Any]:
    """The credential that a list is, to be signed as others are. `withdrawn`: places, from 0 up to
    ENTRIES; `at`: since when it says so.

    Raises:
        ValueError: a place is outside the list.
    """
    own = addresses.status_list(host, number)
    issuer = addresses.issuer(host, program)
    begins = at.astimezone(UTC).replace(microsecond=0)
    return {
        "@context": [CREDENTIALS_CONTEXT],
        "id": own,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": written(begins),
        "credentialSubject": {
            "id": f"{own}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(withdrawn),
        },
        "iss": issuer,
        "jti": own,
        "sub": f"{own}#list",
        "nbf": int(begins.timestamp()),
    }


def encoded(withdrawn: Iterable[int]) -> str:
    """A list with these bits set, compressed, in base64url after "u", the prefix of that
    encoding.

    Raises:
        ValueError: a place is outside the list.
    """
    bits = bytearray(ENTRIES // 8)
    for index in withdrawn:
        if not 0 <= index < ENTRIES:
            raise ValueError(f"no place of a list: {index}")
        bits[index // 8] |= _FIRST >> index % 8
    return "u" + to_base64url(gzip.compress(bits, mtime=0))


_FIRST = 0b1000_0000
"""The bit of place 0: the leftmost of its byte."""
