"""`badge-engine board`: what everybody in a loop holds, and how far it is to the next level."""

import json
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.console.tables import console, table
from engine.projections import loop_board
from engine.projections.loop_board import BadgeProgress, LoopBoard, ParticipantBadges
from engine.queries.snapshot import UnknownLoop, generation_of, snapshot
from engine.queries.wording import number
from engine.store.awards import history
from engine.store.projections import measures, people


@dataclass(frozen=True, slots=True)
class CatalogName:
    """The catalog that decides."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Board:
    """The loops of a program by id, those in no loop last. This is the JSON form."""

    program_id: str
    catalog: CatalogName
    loops: tuple[LoopBoard, ...]


def board(
    program: Annotated[str, typer.Option(help="The program.")],
    loop: Annotated[str | None, typer.Option(help="One of its loops only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show who holds what in each loop, since when, and the progress to the next level."""
    with bootstrap.database(settings.load()) as engine:
        found = read(engine, program, loop)
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(found), indent=2, ensure_ascii=False))
    else:
        show(found, console())


def read(engine: Engine, program: str, loop: str | None = None) -> Board:
    """The board of a program, or of one of its loops.

    Raises:
        UnknownProgram, UnknownLoop
    """
    with snapshot(engine) as tx:
        generation = generation_of(tx, program)
        catalog = generation.catalog
        rows = list(measures.of_program(tx, catalog, generation.id, program, loop))
        known = people.read(tx, catalog, generation.id, program)
        announced = list(history.standing(tx, program))
    states = {row.place.loop: row.state for row in rows if row.place.loop is not None}
    names = states.keys() | {a.award.loop for a in announced if a.award.loop is not None}
    if loop is not None:
        names &= {loop}
        if not names:
            raise UnknownLoop(f"program {program} has no loop called {loop} with anything to show")
    loops = [
        loop_board.of_loop(catalog, name, states.get(name, {}), known, announced)
        for name in sorted(names)
    ]
    if loop is None:
        placed = {person.participant_id for item in loops for person in item.participants}
        everybody = known.keys() | {a.award.recipient for a in announced}
        loops.append(loop_board.outside_loops(catalog, everybody - placed, known, announced))
    name = CatalogName(catalog.name, catalog.version, catalog.digest)
    return Board(program, name, tuple(item for item in loops if item.participants))


def show(found: Board, out: Console) -> None:
    """Print a board: a table per loop, with the badges that somebody in the program has begun."""
    begun = {
        badge.badge
        for loop in found.loops
        for person in loop.participants
        for badge in person.badges
        if badge.begun
    }
    out.print(
        f"{found.program_id} · catalog {found.catalog.name} version {found.catalog.version} · "
        "dates in UTC\n",
        soft_wrap=True,
    )
    for loop in found.loops:
        count = len(loop.participants)
        where = loop.loop_id if loop.loop_id is not None else "In no loop"
        title = f"{where} · {count} participant{'s' if count > 1 else ''}"
        shown = table("participant", "badge", "level and progress", "since", title=title)
        shown.columns[-1].no_wrap = True
        for person in loop.participants:
            name = person.participant_id
            for row in _rows(person, begun):
                shown.add_row(name, *row)
                name = ""
            shown.add_section()
        out.print(shown)


def _rows(person: ParticipantBadges, begun: set[str]) -> list[tuple[str, str, str]]:
    """Badge, level and progress, since when: a row for each badge, and one for all kudos."""
    rows = [
        (badge.name, _progress(badge), badge.held[-1].awarded_at[:10] if badge.held else "")
        for badge in person.badges
        if badge.badge in begun and badge.count is None
    ]
    counted = [badge for badge in person.badges if badge.count]
    if counted:
        kinds = " · ".join(f"{badge.name}\N{NO-BREAK SPACE}{badge.count}" for badge in counted)
        rows.append(("Kudos", kinds, ""))
    return rows or [("", "nothing yet", "")]


def _progress(badge: BadgeProgress) -> str:
    """Such as "bronze · 7/10 to silver"."""
    words = []
    if badge.held:
        highest = badge.held[-1]
        decided = " (by decision)" if highest.by_decision else ""
        words.append((highest.level or "held") + decided)
    if badge.next is not None and (badge.held or badge.next.have):
        level = f" to {badge.next.level}" if badge.next.level is not None else ""
        words.append(f"{number(badge.next.have)}/{number(badge.next.need)}{level}")
    return " · ".join(words) or "–"
