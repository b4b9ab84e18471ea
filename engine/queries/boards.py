"""Boards: who holds what in each loop of a program, since when, and how far the next level is."""

from collections.abc import Collection, Iterable

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Place
from engine.intake.keys import place_hash
from engine.projections import loop_board
from engine.projections.loop_board import Former, LoopBoard, StandingAward
from engine.projections.state import State
from engine.queries.errors import UnknownLoop
from engine.queries.snapshot import Snapshot
from engine.queries.visible import readable
from engine.store.awards import standing
from engine.store.generations.live import Generation
from engine.store.projections import measures, people


class CatalogName(msgspec.Struct, frozen=True):
    """The catalog that decides."""

    name: str
    version: str
    digest: str


class Board(msgspec.Struct, frozen=True):
    """The loops of a program by id, those in no loop last. This is the JSON form."""

    program_id: str
    catalog: CatalogName
    loops: tuple[LoopBoard, ...]


def of_program(snapshot: Snapshot, program: str) -> Board:
    """The board of a whole program.

    Raises:
        UnknownProgram, CatalogAltered
    """
    generation = snapshot.generation_of(program)
    catalog, tx = generation.catalog, snapshot.tx
    states = {
        row.place.loop: row.state
        for row in measures.of_program(tx, catalog, generation.id, program)
        if row.place.loop is not None
    }
    known = people.read(tx, catalog, generation.id, program)
    announced = standing.of_program(tx, program)
    former = former_badges(snapshot, catalog, announced)
    in_loop: dict[str, list[StandingAward]] = {name: [] for name in states}
    beyond: dict[str, list[StandingAward]] = {}
    for award in announced:
        if award.loop is not None:
            in_loop.setdefault(award.loop, []).append(award)
        if award.loop is None or award.decided:
            beyond.setdefault(award.recipient, []).append(award)
    loops = [
        _loop(generation, name, states.get(name, {}), known, in_loop[name], beyond, former)
        for name in sorted(in_loop)
    ]
    placed = {person.participant_id for item in loops for person in item.participants}
    others = (known.keys() | beyond.keys()) - placed
    rest = [award for name in others for award in beyond.get(name, ())]
    loops.append(loop_board.outside_loops(catalog, others, known, rest, former))
    return Board(program, catalog_name(catalog), tuple(item for item in loops if item.participants))


def of_loop(snapshot: Snapshot, program: str, loop: str, members: Collection[str] = ()) -> Board:
    """The board of one loop. `members`: who belongs to it as the caller knows, whether or not
    anything was counted of them.

    Raises:
        UnknownProgram, UnknownLoop, CatalogAltered
    """
    generation = (snapshot.generation_for if members else snapshot.generation_of)(program)
    catalog, tx = generation.catalog, snapshot.tx
    place = Place(program, loop, None)
    rows = measures.by_hash(tx, catalog, generation.id, [place_hash(place)])
    state = next((row.state for row in rows if row.place == place), None)
    announced = standing.around_loop(tx, program, loop, {*members, *(state or ())})
    in_loop = [award for award in announced if award.loop == loop]
    if state is None and not in_loop and not members:
        raise UnknownLoop(
            f"program {readable(program)} has no loop called {readable(loop)} with anything to show"
        )
    state = {**{name: [*catalog.initial_values] for name in members}, **(state or {})}
    names = state.keys() | {award.recipient for award in in_loop}
    values = people.of(tx, catalog, generation.id, ((program, name) for name in names))
    known = {name: of_person for (_, name), of_person in values.items()}
    beyond: dict[str, list[StandingAward]] = {}
    for award in announced:
        if award.loop is None or award.decided:
            beyond.setdefault(award.recipient, []).append(award)
    former = former_badges(snapshot, catalog, announced)
    board = _loop(generation, loop, state, known, in_loop, beyond, former)
    loops = (board,) if board.participants else ()
    return Board(program, catalog_name(catalog), loops)


def catalog_name(catalog: Catalog) -> CatalogName:
    """What a catalog is called."""
    return CatalogName(catalog.name, catalog.version, catalog.digest)


def former_badges(
    snapshot: Snapshot, catalog: Catalog, announced: Iterable[StandingAward]
) -> Former:
    """The badges of these awards that the catalog does not have, as the catalogs had them under
    which they were decided."""
    gone = {award.badge: award.catalog for award in announced if award.badge not in catalog.badge}
    return {name: snapshot.catalog(row).badge[name] for name, row in gone.items()}


def _loop(
    generation: Generation,
    name: str,
    state: State,
    known: dict[str, list[object]],
    in_loop: list[StandingAward],
    beyond: dict[str, list[StandingAward]],
    former: Former,
) -> LoopBoard:
    """One loop. `beyond`: by person, awards of the program and those kept by decision."""
    names = state.keys() | {award.recipient for award in in_loop}
    elsewhere = [
        award for person in names for award in beyond.get(person, ()) if award.loop != name
    ]
    return loop_board.of_loop(
        generation.catalog, name, state, known, [*in_loop, *elsewhere], former
    )
