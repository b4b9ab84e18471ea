"""JSON objects of tokens and of the issuer's answers, read so that they have one meaning only."""

import json
from typing import Any

from events import strict_json


class MembersUnclear(ValueError):
    """Not a JSON object, or one that two readers could read differently. Quotes nothing of it."""


def members(raw: bytes) -> dict[str, Any]:
    """The members of a JSON object. Raises MembersUnclear.

    Duplicate names are refused: a reader that takes the first sees another token than one that
    takes the last. So are NaN, lone surrogates, NUL and deep nesting.
    """
    try:
        strict_json.parse(raw)
        if b"\\u0000" in raw:
            raise MembersUnclear("contains NUL")
        value = json.loads(raw, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, MembersUnclear) else "is not JSON"
        raise MembersUnclear(reason) from None
    if not isinstance(value, dict):
        raise MembersUnclear("is not a JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise MembersUnclear("has a member twice")
    return value
