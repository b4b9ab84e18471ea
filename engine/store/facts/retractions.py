"""Facts that were taken out again, for explaining what no longer counts."""

from collections.abc import Iterable

from engine.fact import Fact, Place, Retraction
from engine.intake.content import decode
from engine.intake.keys import place_hash
from engine.store.postgres.connection import Transaction


def of_places(tx: Transaction, places: Iterable[Place]) -> list[tuple[Fact, Retraction]]:
    """The retracted facts of these places with their retractions, in the order of facts.

    A retraction that never met its fact is left out.
    """
    wanted = {place_hash(place): place for place in places}
    rows = tx.rows(
        "SELECT l.place, f.content, l.content FROM unnest(%b::bigint[]) k (place) "
        "JOIN ledger l ON l.place = k.place AND l.fact & 1 = 1 "
        "JOIN ledger f ON f.place = l.place AND f.fact = l.fact - 1",
        sorted(wanted),
    )
    pairs: list[tuple[Fact, Retraction]] = []
    for number, fact_content, retraction_content in rows:
        fact, retraction = decode(fact_content), decode(retraction_content)
        assert isinstance(fact, Fact)
        assert isinstance(retraction, Retraction)
        if fact.place == wanted[number]:  # another place may have the same hash
            pairs.append((fact, retraction))
    return sorted(pairs, key=lambda pair: pair[0].order)


def known(tx: Transaction, place: Place) -> bool:
    """Whether the ledger has anything of a place."""
    row = tx.one("SELECT 1 FROM ledger WHERE place = %s LIMIT 1", place_hash(place))
    return row is not None
