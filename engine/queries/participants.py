"""Who the engine has counted in a loop: the people of a loop that nobody described."""

from engine.fact import Place
from engine.intake.keys import place_hash
from engine.queries.snapshot import Snapshot
from engine.store.awards import standing
from engine.store.projections import measures


def of_loop(snapshot: Snapshot, program: str, loop: str) -> frozenset[str]:
    """Everybody who has a value or holds an award there; nobody, if nothing was counted.

    Raises:
        CatalogAltered
    """
    generation = snapshot.generation_for(program)
    place = Place(program, loop, None)
    rows = measures.by_hash(snapshot.tx, generation.catalog, generation.id, [place_hash(place)])
    counted = {name for row in rows if row.place == place for name in row.state}
    recipients = (award.recipient for award in standing.of_loop(snapshot.tx, program, loop))
    return frozenset({*counted, *recipients})
