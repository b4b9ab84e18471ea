"""`badge-engine measures export`: every participant's measures, as kept or folded afresh."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.audit.recompute import projections
from engine.catalog.model import Catalog
from engine.cli.console.files import write_lines
from engine.fact import Place
from engine.projections.state import State, Values
from engine.queries.snapshot import snapshot
from engine.rules.aggregates import Value
from engine.rules.measure import Measure
from engine.store.generations import pointers
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures

# Up to here a double holds every integer, and every JSON library reads the digits alike.
_LARGEST_EXACT = 2.0**53

app = typer.Typer(no_args_is_help=True, help="The numbers that badges are decided by.")


@app.callback()
def _group() -> None:
    """The numbers that badges are decided by."""


@app.command()
def export(
    output: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="Where to write.")],
    program: Annotated[str | None, typer.Option(help="Of one program only.")] = None,
    recomputed: Annotated[
        bool, typer.Option("--recomputed", help="Fold the ledger afresh instead.")
    ] = False,
) -> None:
    """Write the measures of the live generation, a line per participant and loop."""
    with bootstrap.database(settings.load()) as engine:
        count = write_lines(output, lines(engine, program, recomputed))
    typer.echo(f"{count} lines of measures written to {output}")


def lines(engine: Engine, program: str | None, recomputed: bool) -> Iterator[dict[str, object]]:
    """{program_id, loop_id, participant_id, measures: {name: value}} by program, loop (none
    first) and participant; those who have nothing are left out. Sums are in units of their field,
    sets are sorted lists."""
    with snapshot(engine) as tx:
        source = _recomputed(tx, program) if recomputed else _kept(tx, program)
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


def _kept(tx: Transaction, program: str | None) -> Iterator[tuple[Catalog, dict[Place, State]]]:
    """Each program's catalog and states, by program."""
    generations = Generations()
    for name, number in sorted(pointers.live(tx).items()):
        if program in (None, name):
            catalog = generations.get(tx, number).catalog
            rows = measures.of_program(tx, catalog, number, name)
            yield catalog, {row.place: row.state for row in rows}


def _recomputed(
    tx: Transaction, program: str | None
) -> Iterator[tuple[Catalog, dict[Place, State]]]:
    generations, under = Generations(), pointers.live(tx)
    for name, folded in projections(tx, program):
        yield generations.get(tx, under[name]).catalog, folded.states


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
