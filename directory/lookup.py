"""What the directory says of people and loops that are known from elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass

from directory.names import COLUMNS, DirectoryPerson, person, undescribed
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class LoopLabel:
    """A described loop without its people. `state`: open or closed."""

    loop_id: str
    name: str | None
    kind: str
    state: str


def of(
    tx: Transaction, program: str, people: Collection[str], loops: Collection[str]
) -> tuple[dict[str, DirectoryPerson], dict[str, LoopLabel]]:
    """Everybody asked for, described or not, and those of the loops that are described, by id. One
    statement."""
    wanted = sorted(set(people))
    rows = tx.rows(_LOOKUP, program, wanted, program, sorted(set(loops)))
    known = {name: person(name, tuple(row)) for kind, name, *row in rows if kind == "person"}
    labels = {
        name: LoopLabel(name, title, shape, state)
        for kind, name, title, shape, state, *_ in rows
        if kind == "loop"
    }
    return {name: known.get(name) or undescribed(name) for name in wanted}, labels


_LOOKUP = f"""
SELECT 'person', participant, {COLUMNS} FROM directory.participants
    WHERE program = %s AND participant = ANY (%s)
UNION ALL
SELECT 'loop', loop, name, kind, state, NULL, NULL, NULL::text[], NULL::boolean
    FROM directory.loops WHERE program = %s AND loop = ANY (%s)
"""
