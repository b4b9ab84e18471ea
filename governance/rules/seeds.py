"""Seeds of draws: from where the log ended before, so nobody knows one while names may still enter.

Members of the committee may enter the value of a public beacon beforehand; it counts too.
"""

import hashlib
from collections.abc import Iterable

_UNIT = "\x1f"


def seed_of(head: str, about: str, beacons: Iterable[str] = ()) -> str:
    """Hex SHA-256 of the log's head, what is drawn, and the beacons in their order, each after
    U+001F."""
    return hashlib.sha256(_UNIT.join((head, about, *beacons)).encode()).hexdigest()
