"""Everybody and every loop of a program, as described: what reports and lists count from."""

from dataclasses import dataclass

from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody of a program. `name` is None if nobody described them but a loop names them.
    `loops`: of how many described loops they are a member."""

    participant_id: str
    name: str | None
    active: bool
    loops: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who and what is described. `loops`: the ids of loops."""

    people: tuple[RosterEntry, ...]
    loops: frozenset[str]


def read(tx: Transaction, program: str) -> Roster:
    """The roster of a program. One statement."""
    rows = tx.rows(_ROSTER, program, program, program)
    return Roster(
        people=tuple(RosterEntry(*row[1:]) for row in rows if row[0] == "person"),
        loops=frozenset(row[1] for row in rows if row[0] == "loop"),
    )


_ROSTER = """
SELECT 'person', participant, max(name), coalesce(bool_or(active), true), sum(member)::int
FROM (
    SELECT participant, display_name AS name, active, 0 AS member
        FROM directory.participants WHERE program = %s
    UNION ALL SELECT participant, NULL, NULL, 1 FROM directory.members WHERE program = %s
) p GROUP BY participant
UNION ALL SELECT 'loop', loop, NULL, NULL, NULL FROM directory.loops WHERE program = %s
"""
