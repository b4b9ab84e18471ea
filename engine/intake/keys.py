"""Keys: when two records hold the same fact.

A fact's full key is (program, place, type, natural key). The ledger keys its rows by two 64-bit
hashes of it, so that the facts of one place are next to each other in one index. Hashes only find
rows: the names in the row are then compared.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from engine.fact import Place

# Names cannot hold control characters, so joining with one is unambiguous.
_JOIN = "\x1f"


class Key(NamedTuple):
    """`place`: hash of the place. `fact`: hash of type and natural key; even for a fact, and for
    its retraction the same plus one. Both signed 64-bit."""

    place: int
    fact: int

    @property
    def is_retraction(self) -> bool:
        """Whether this is the key of a retraction."""
        return self.fact & 1 == 1

    @property
    def of_retraction(self) -> "Key":
        """The key of the retraction of this fact."""
        return Key(self.place, self.fact | 1)

    @property
    def of_fact(self) -> "Key":
        """The key of the fact that this retraction retracts."""
        return Key(self.place, self.fact & ~1)


def key(place: Place, fact_type: str, fact_id: str) -> Key:
    """The key of a fact."""
    return Key(place_hash(place), _hash(fact_type + _JOIN + fact_id) & ~1)


# A loop comes back many times in a batch and in the next ones.
@lru_cache(maxsize=20_000)
def place_hash(place: Place) -> int:
    """The hash of a place."""
    program, loop, participant = place
    if loop is not None:
        return _hash(f"{program}{_JOIN}loop{_JOIN}{loop}")
    assert participant is not None
    return person_hash(program, participant)


@lru_cache(maxsize=20_000)
def person_hash(program: str, participant: str) -> int:
    """The hash of a person in a program: that of the place of their loop-less facts."""
    return _hash(f"{program}{_JOIN}participant{_JOIN}{participant}")


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
