"""Who is in which loop, as described. Loops nobody described are for the engine to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from directory.names import DirectoryPerson, person
from engine.store.postgres.connection import Row, Transaction


@dataclass(frozen=True, slots=True)
class DescribedMember:
    """Somebody in a loop, and as what, if that is known."""

    participant_id: str
    role: str | None
    person: DirectoryPerson


@dataclass(frozen=True, slots=True)
class DescribedLoop:
    """A loop with its people, by id. `kind`: one_to_one or group; `state`: open or closed."""

    loop_id: str
    name: str | None
    kind: str
    state: str
    members: tuple[DescribedMember, ...]


_LOOPS = """
    SELECT l.loop, l.name, l.kind, l.state, m.participant, m.role,
        p.display_name, p.given_name, p.avatar_url, p.locale, p.timezone, p.roles, p.active
    FROM ({chosen}) l
    JOIN directory.members m ON (m.program, m.loop) = (l.program, l.loop)
    LEFT JOIN directory.participants p
        ON (p.program, p.participant) = (m.program, m.participant)
    ORDER BY l.loop, m.participant
"""
_OF_PERSON = """
    SELECT l.* FROM directory.members me
    JOIN directory.loops l ON (l.program, l.loop) = (me.program, me.loop)
    WHERE me.program = %s AND me.participant = %s AND me.loop > %s
    ORDER BY me.loop LIMIT %s
"""
_ONE = "SELECT * FROM directory.loops WHERE program = %s AND loop = %s"


def loops_of(
    tx: Transaction, program: str, participant: str, after: str | None, limit: int
) -> list[DescribedLoop]:
    """The described loops that a person is in, by id (code point), those after the id `after`, at
    most `limit`; closed ones too. One statement."""
    statement = _LOOPS.format(chosen=_OF_PERSON)
    return _loops(tx.rows(statement, program, participant, after or "", limit))


def loop(tx: Transaction, program: str, loop: str) -> DescribedLoop | None:
    """A loop, or None if nobody described it. One statement."""
    loops = _loops(tx.rows(_LOOPS.format(chosen=_ONE), program, loop))
    return loops[0] if loops else None


def of_member(tx: Transaction, program: str, loop_id: str, participant: str) -> list[DescribedLoop]:
    """A loop, if it is described and they are in it; else none. One statement."""
    described = loop(tx, program, loop_id)
    members = () if described is None else described.members
    inside = participant in {member.participant_id for member in members}
    return [described] if described is not None and inside else []


def _loops(rows: Iterable[Row]) -> list[DescribedLoop]:
    return [
        DescribedLoop(
            loop_id,
            name,
            kind,
            state,
            tuple(DescribedMember(row[4], row[5], person(row[4], row[6:])) for row in members),
        )
        for (loop_id, name, kind, state), members in groupby(rows, key=lambda row: row[:4])
    ]
