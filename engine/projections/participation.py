"""Who takes part in a place: everybody whom a people field of a fact there names.

So it does not depend on what a catalog counts: whatever is asked of a person later, all facts that
may bear on it are at the places of this person.
"""

from collections.abc import Iterable

from engine.fact import Fact
from events.schemas.registry import FACT_TYPES, INPUT

_FIELDS = {kind: INPUT[kind].PEOPLE for kind in FACT_TYPES}


def named(facts: Iterable[Fact]) -> set[str]:
    """Everybody whom one of these facts names."""
    names: set[str] = set()
    for fact in facts:
        for field in _FIELDS[fact.type]:
            value = fact.data.get(field)
            if isinstance(value, str):
                names.add(value)
            elif isinstance(value, list):
                names.update(value)
    return names
