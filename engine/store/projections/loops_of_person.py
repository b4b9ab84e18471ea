"""The loops of a person, page by page, each with all that is counted of anybody there."""

from collections.abc import Sequence

import msgspec

from engine.catalog.model import Catalog
from engine.intake.keys import person_hash
from engine.projections.cold import Person
from engine.projections.state import State, load
from engine.store.postgres.connection import Transaction
from engine.store.projections import tables


class LoopRow(msgspec.Struct, frozen=True, gc=False):
    """A loop. `state`: empty if nothing is counted there. `recipients`: who holds an award of it
    that stands, in any order."""

    loop: str
    state: State
    recipients: list[str]

    @property
    def participants(self) -> tuple[str, ...]:
        """All of whom anything is known there, by id."""
        return tuple(sorted(self.state.keys() | set(self.recipients)))


def page(
    tx: Transaction,
    catalog: Catalog,
    generation: int,
    person: Person,
    after: str,
    limit: int,
    also: Sequence[str] = (),
) -> list[LoopRow]:
    """The loops behind `after` that a person takes part in, or has an award in that is kept by
    decision, and those of `also`: by name, compared by code point, at most `limit`."""
    program, participant = person
    others = sorted({loop for loop in also if loop > after})[:limit]
    rows = tx.rows(
        _PAGE.format(
            participation=tables.of("participation", generation),
            measures=tables.of("measures", generation),
        ),
        program,
        person_hash(*person), program, after,
        program, participant, after,
        others, limit, program,
    )  # fmt: skip
    return [
        LoopRow(loop, load(catalog, state) if state is not None else {}, recipients)
        for loop, state, recipients in rows
    ]


# The state is looked up for the loops of the page only: somebody may be in thousands.
_PAGE = """
SELECT l.loop, s.state, ARRAY(
    SELECT DISTINCT recipient FROM awards WHERE standing AND program = %s AND loop = l.loop
) FROM (
    SELECT m.loop FROM {participation} p JOIN {measures} m ON m.place = p.place
        WHERE p.person = %s AND m.program = %s AND m.loop > %s
    UNION SELECT loop FROM awards
        WHERE program = %s AND recipient = %s AND decided AND standing AND loop > %s
    UNION SELECT o COLLATE "C" FROM unnest(%b::text[]) o
    ORDER BY 1 LIMIT %s
) l LEFT JOIN LATERAL (
    SELECT state FROM {measures} m WHERE m.program = %s AND m.loop = l.loop LIMIT 1
) s ON true ORDER BY l.loop
"""
