"""A person across the program, and their loops, page by page, each with all that is counted of
anybody there."""

from collections.abc import Sequence

import msgspec

from engine.catalog.model import Catalog
from engine.intake.keys import person_hash
from engine.projections.cold import Person
from engine.projections.state import State, Values, load, load_values
from engine.store.facts.ledger import quoted
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
    only: str | None = None,
) -> tuple[Values | None, list[LoopRow]]:
    """A person's values across the program (None if there are none), and their loops.

    The loops are those behind `after` that they take part in, or have an award in that is kept by
    decision, and those of `also`: by name, compared by code point, at most `limit`. `only`: of
    these, the one of this name.
    """
    program, participant = person
    key = f"{quoted(participant)}:"
    others = sorted({loop for loop in also if loop > after and only in (None, loop)})[:limit]
    rows = tx.rows(
        _PAGE.format(
            people=tables.of("people", generation),
            participation=tables.of("participation", generation),
            measures=tables.of("measures", generation),
        ),
        person_hash(*person), program, person_hash(*person), program, after, only, only,
        "{" + key, "," + key, program, participant, after, only, only,
        others, limit, program,
    )  # fmt: skip
    values = next((load_values(catalog, state) for loop, state, _ in rows if loop is None), None)
    return values, [
        LoopRow(loop, load(catalog, state) if state is not None else {}, recipients)
        for loop, state, recipients in rows
        if loop is not None
    ]


# The loops where somebody is counted, not only named: keys of a state are names, and in JSON a
# quote that begins one comes after a brace or a comma. The whole state is read for the loops of the
# page only: somebody may be in thousands.
_PAGE = """
SELECT NULL AS loop, state, NULL FROM {people} WHERE person = %s
UNION ALL
SELECT l.loop, s.state, ARRAY(
    SELECT DISTINCT recipient FROM awards WHERE standing AND program = %s AND loop = l.loop
) FROM (
    SELECT m.loop FROM {participation} p JOIN {measures} m ON m.place = p.place
        WHERE p.person = %s AND m.program = %s AND m.loop > %s
        AND (%s::text IS NULL OR m.loop = %s)
        AND (starts_with(m.state, %s) OR strpos(m.state, %s) > 0)
    UNION SELECT loop FROM awards
        WHERE program = %s AND recipient = %s AND decided AND standing AND loop > %s
        AND (%s::text IS NULL OR loop = %s)
    UNION SELECT o COLLATE "C" FROM unnest(%b::text[]) o
    ORDER BY 1 LIMIT %s
) l LEFT JOIN LATERAL (
    SELECT state FROM {measures} m WHERE m.program = %s AND m.loop = l.loop LIMIT 1
) s ON true ORDER BY loop
"""
