"""The rules of time zones, from the pinned package `tzdata` and never from the machine: two workers
must not disagree on what day it was."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]

RULES_VERSION: str = tzdata.IANA_VERSION
"""The release of the zone rules, such as "2026a"."""


@cache
def zone_names() -> frozenset[str]:
    """Every name that a zone may have."""
    return frozenset(files(tzdata).joinpath("zones").read_text(encoding="ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name.

    Raises:
        KeyError: there is none.
    """
    if name not in zone_names():
        raise KeyError(name)
    with files(tzdata).joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
