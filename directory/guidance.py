"""Who is a mentor to whom, as the platform describes loops, and which loops are closed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engine.store.postgres.connection import Transaction

DescribedPair = tuple[str, str, str]
"""A mentor, a learner, and a loop."""


@dataclass(frozen=True, slots=True)
class DescribedGuidance:
    """The loops of a program. `pairs`: in those that are open."""

    closed: frozenset[str]
    pairs: tuple[DescribedPair, ...]


def read(tx: Transaction, program: str) -> DescribedGuidance:
    """That of a program. Who is a mentor is nobody's learner: pairings of mentors are left out. One
    statement."""
    members: dict[str, list[tuple[str, str | None, bool]]] = defaultdict(list)
    closed: set[str] = set()
    for loop, state, participant, role, mentors in tx.rows(_MEMBERS, program):
        members[loop].append((participant, role, mentors))
        if state == "closed":
            closed.add(loop)
    pairs = [
        pair for loop, people in members.items() if loop not in closed
        for pair in _pairs(loop, people)
    ]  # fmt: skip
    return DescribedGuidance(frozenset(closed), tuple(sorted(pairs)))


def _pairs(loop: str, people: Iterable[tuple[str, str | None, bool]]) -> Iterable[DescribedPair]:
    there = list(people)
    mentors = [name for name, role, _ in there if role == "mentor"]
    learners = [name for name, role, mentors in there if role == "mentee" and not mentors]
    return [(mentor, learner, loop) for mentor in mentors for learner in learners]


_MEMBERS = """
    SELECT l.loop, l.state, m.participant, m.role, coalesce('mentor' = ANY (p.roles), false)
    FROM directory.loops l
    JOIN directory.members m ON (m.program, m.loop) = (l.program, l.loop)
    LEFT JOIN directory.participants p ON (p.program, p.participant) = (m.program, m.participant)
    WHERE l.program = %s
"""
