"""What a transaction reads before it decides about the records of its batches."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from engine.fact import Place
from engine.handlers.batch import Batch
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction, ParseResult
from engine.intake.refusal import Refusal
from engine.store.facts import ledger
from engine.store.generations.live import Generation, Generations
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures
from engine.store.projections.measures import PlaceRow


class BatchContext(NamedTuple):
    """The live generations of programs, the rows of places, and what the ledger has of the facts
    and retractions that records name."""

    live: Mapping[str, Generation]
    rows: Mapping[Place, PlaceRow]
    known: Mapping[Key, str]


def read(tx: Transaction, generations: Generations, batches: Iterable[Batch]) -> BatchContext:
    """Read it; no program changes its generation until the transaction ends.

    Rows are read before the ledger, so that what others commit in between shows when the rows are
    written.
    """
    readings = [reading for batch in batches for reading in batch.readings()]
    tx.execute(f"SELECT pg_advisory_xact_lock_shared({locks.CUTOVER})")
    live = generations.of(tx, programs(readings))
    rows = _rows(tx, live, {place_of(r) for r in readings if not isinstance(r, Refusal)})
    return BatchContext(live, rows, ledger.find(tx, _keys(readings)))


def programs(readings: Iterable[ParseResult]) -> set[str]:
    """The programs that readings name."""
    return {name for name in map(program_of, readings) if name is not None}


def program_of(reading: ParseResult) -> str | None:
    """The program whose catalog is to be asked, if one is."""
    if isinstance(reading, Refusal):
        return reading.deferred.program if reading.deferred is not None else None
    return place_of(reading).program


def place_of(reading: ParsedFact | ParsedRetraction) -> Place:
    """The place of a fact or of a retraction."""
    return reading.fact.place if isinstance(reading, ParsedFact) else reading.retraction.place


def _rows(
    tx: Transaction, live: Mapping[str, Generation], places: Iterable[Place]
) -> dict[Place, PlaceRow]:
    """The rows of places, each in its program's live generation."""
    by_generation: dict[int, list[Place]] = {}
    for place in places:
        by_generation.setdefault(live[place.program].id, []).append(place)
    rows: dict[Place, PlaceRow] = {}
    for generation in {g.id: g for g in live.values()}.values():
        wanted = by_generation.get(generation.id, ())
        rows.update(measures.read(tx, generation.catalog, generation.id, wanted))
    return rows


def _keys(readings: Iterable[ParseResult]) -> set[Key]:
    """The keys of facts, and of the facts of retractions."""
    return {
        reading.key if isinstance(reading, ParsedFact) else reading.key.of_fact
        for reading in readings
        if not isinstance(reading, Refusal)
    }
