"""Ids in paths of addresses: percent-encoded, a slash too; one of only dots as %2E."""

from functools import lru_cache
from urllib.parse import quote


@lru_cache(maxsize=4_096)
def segment(identifier: str) -> str:
    """An id as one segment of a path. A page has the same few some forty times."""
    if identifier.strip(".") == "":
        return "%2E" * len(identifier)
    return quote(identifier, safe="")
