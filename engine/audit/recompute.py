"""The cold fold of the ledger's facts, each program under its live catalog."""

from collections.abc import Iterator
from itertools import groupby

from engine.projections import cold
from engine.projections.award import Award
from engine.projections.cold import Projection
from engine.store.facts import ledger
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction


def projections(tx: Transaction, program: str | None = None) -> Iterator[tuple[str, Projection]]:
    """Each program (or one) with the cold fold of its facts."""
    under = Generations().live(tx)
    facts = sorted(ledger.every(tx, program), key=lambda fact: fact.place.program)
    for name, theirs in groupby(facts, key=lambda fact: fact.place.program):
        yield name, cold.fold(under[name].catalog, theirs)


def recompute(tx: Transaction, program: str | None = None) -> list[Award]:
    """The awards that facts justify now, by id."""
    awards = [award for _, folded in projections(tx, program) for award in folded.awards]
    return sorted(awards, key=lambda award: award.id)
