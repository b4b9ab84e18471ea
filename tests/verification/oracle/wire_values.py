"""The oracle's own checks of single values on the wire: names, numbers, times, sealed notes."""

import base64
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any


class OracleRefusal(Exception):
    """The record goes to the dead letters; the first argument is the reason."""


def instant(text: str) -> datetime:
    """An RFC 3339 time as an aware one in UTC. Raises OracleRefusal."""
    form = r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)"
    match = re.fullmatch(form, text, re.ASCII)
    if match is None:
        raise OracleRefusal("malformed")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    micros = int(((match[7] or "") + "000000")[:6])
    offset = timedelta()
    if match[8] not in "Zz":
        hours, minutes = int(match[8][1:3]), int(match[8][4:6])
        if hours > 23 or minutes > 59:
            raise OracleRefusal("malformed")
        offset = timedelta(hours=hours, minutes=minutes)
        offset = -offset if match[8][0] == "-" else offset
    try:
        local = datetime(year, month, day, hour, minute, second, micros, timezone(offset))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise OracleRefusal("malformed") from None


def is_text(value: Any) -> bool:
    """Whether a value is a text without control characters, not empty."""
    return (
        isinstance(value, str)
        and value != ""
        and all(unicodedata.category(character) != "Cc" for character in value)
    )


def is_name(value: Any) -> bool:
    """Whether a value is an id or a name."""
    return is_text(value) and len(value) <= 128


def are_names(value: Any, least: int = 1, most: int = 200) -> bool:
    """Whether a value is a list of so many ids, each once."""
    return (
        isinstance(value, list)
        and least <= len(value) <= most
        and all(is_name(item) for item in value)
        and len(set(value)) == len(value)
    )


def is_number(value: Any, least: float, most: float = math.inf) -> bool:
    """Whether a value is a finite number within bounds, which are included."""
    return isinstance(value, float) and math.isfinite(value) and least <= value <= most


def is_whole(value: Any, least: float, most: float = math.inf) -> bool:
    """Whether a value is such a number without a fraction."""
    return is_number(value, least, most) and value == int(value)


def is_prose(value: Any, most: int) -> bool:
    """Whether a value is what people write to each other: lines, tabs, 1 to `most` characters."""
    return (
        isinstance(value, str)
        and 1 <= len(value) <= most
        and all(c in "\t\n\r" or unicodedata.category(c) != "Cc" for c in value)
    )


def is_day(value: Any) -> bool:
    """Whether a value is the text of a date that exists."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_digest(value: Any) -> bool:
    """Whether a value is 64 lower-case hexadecimal digits."""
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value, re.ASCII) is not None


def named(data: Mapping[str, Any], *fields: str) -> bool:
    """Whether every one of these fields is there and is a name."""
    return all(is_name(data.get(field)) for field in fields)


def is_sealed(value: Any, most: int = 20_480) -> bool:
    """Whether a value has the form of a note sealed to somebody's key."""
    if not isinstance(value, str) or len(value) > most:
        return False
    form = re.fullmatch(r"([\w-]+)\.\.[\w-]+\.[\w-]+\.[\w-]+", value, re.ASCII)
    if form is None:
        return False
    try:
        header: Any = json.loads(_base64(form[1]))
        epk = header["epk"]
        kind = {name: header[name] for name in ("alg", "enc", "typ")}
        return (
            len(header) == 5
            and kind == {"alg": "ECDH-ES", "enc": "A256GCM", "typ": "note+jwe"}
            and re.fullmatch(r"[!-~]{1,128}", header["kid"]) is not None
            and (epk["kty"], epk["crv"], len(_base64(epk["x"]))) == ("OKP", "X25519", 32)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _base64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
