"""Whom facts name, read from their models, and where: what `participation` must hold."""

from collections.abc import Iterable

from engine.fact import Fact
from engine.intake.keys import person_hash, place_hash
from events.schemas.registry import INPUT


def participation(facts: Iterable[Fact]) -> set[tuple[int, int]]:
    """The hashes of each person and place where one of these facts names the person."""
    return {
        (person_hash(fact.place.program, name), place_hash(fact.place))
        for fact in facts
        for field in INPUT[fact.type].PEOPLE
        for name in _names(fact.data.get(field))
    }


def _names(value: object) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []
