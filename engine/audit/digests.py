"""A digest of what a generation holds: equal for equal accepted facts, however they arrived."""

import hashlib
from collections.abc import Iterable, Mapping

from engine.projections.state import dump
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures


def digest(tx: Transaction, award_ids: Iterable[str], generations: Mapping[str, Generation]) -> str:
    """Hex SHA-256 over the ids of awards, in order, and the measures of programs, each in its
    generation, by place. People of whom all values are zero are left out."""
    result = hashlib.sha256()
    for award_id in award_ids:
        result.update(f"award {award_id}\n".encode())
    for name, generation in sorted(generations.items()):
        catalog = generation.catalog
        initial = list(catalog.initial_values)
        for row in measures.of_program(tx, catalog, generation.id, name):
            known = {who: values for who, values in row.state.items() if values != initial}
            if known:
                place = "\x1f".join(part or "" for part in row.place)
                result.update(f"measures {place}\n{dump(known)}\n".encode())
    return result.hexdigest()
