"""What the exports hold: awards, measures, and a digest of both.

Iterators read as they go: their snapshot must stay open until they end.
"""

from collections.abc import Iterator

from engine.audit import digests
from engine.audit.recompute import projections, recompute
from engine.catalog.model import Catalog
from engine.fact import Place
from engine.projections.award import Award
from engine.projections.state import State, Values
from engine.queries.snapshot import Snapshot
from engine.rules.aggregates import Value
from engine.rules.measure import Measure
from engine.store.awards import awards as stored
from engine.store.projections import measures as kept

# Up to here a double holds every integer, and every JSON library reads the digits alike.
_LARGEST_EXACT = 2.0**53


def awards(snapshot: Snapshot, program: str | None, *, recomputed: bool = False) -> Iterator[Award]:
    """The standing awards by id: as announced, or as the facts justify them now."""
    if recomputed:
        yield from recompute(snapshot.tx, program)
    else:
        for announced in stored.standing(snapshot.tx, program):
            yield announced.award


def measures(
    snapshot: Snapshot, program: str | None, *, recomputed: bool = False
) -> Iterator[dict[str, object]]:
    """{program_id, loop_id, participant_id, measures: {name: value}} by program, loop (none
    first) and participant; those who have nothing are left out. Sums are in units of their field,
    sets are sorted lists."""
    source = _recomputed(snapshot, program) if recomputed else _kept(snapshot, program)
    for catalog, states in source:
        people = (
            (place, participant, values)
            for place, state in states.items()
            for participant, values in state.items()
            if list(values) != list(catalog.initial_values)
        )
        for place, participant, values in sorted(
            people, key=lambda item: (item[0].loop or "", item[1])
        ):
            yield _line(catalog, place, participant, values)


def digest(snapshot: Snapshot, program: str | None = None) -> str:
    """Hex SHA-256 over awards by id and measures by place; awards kept by decision left out."""
    standing = stored.standing(snapshot.tx, program)
    ids = (announced.award.id for announced in standing if not announced.decided)
    return digests.digest(snapshot.tx, ids, snapshot.programs(program))


def _kept(snapshot: Snapshot, program: str | None) -> Iterator[tuple[Catalog, dict[Place, State]]]:
    """Each program's catalog and states, by program."""
    for name, generation in sorted(snapshot.programs(program).items()):
        catalog = generation.catalog
        rows = kept.of_program(snapshot.tx, catalog, generation.id, name)
        yield catalog, {row.place: row.state for row in rows}


def _recomputed(
    snapshot: Snapshot, program: str | None
) -> Iterator[tuple[Catalog, dict[Place, State]]]:
    generations = snapshot.programs()
    for name, folded in projections(snapshot.tx, program):
        yield generations[name].catalog, folded.states


def _line(catalog: Catalog, place: Place, participant: str, values: Values) -> dict[str, object]:
    return {
        "program_id": place.program,
        "loop_id": place.loop,
        "participant_id": participant,
        "measures": {m.name: _shown(m, values[m.index]) for m in catalog.measures},
    }


def _shown(measure: Measure, value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    size = measure.aggregate.size(value)
    return int(size) if abs(size) <= _LARGEST_EXACT and size == int(size) else size
