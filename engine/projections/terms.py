"""The terms of somebody who holds a badge of which awards end; while one runs, they are in good
standing.

Nothing is revoked when an award ends: who asks compares its end with an instant of their own.
"""

from collections.abc import Iterable
from typing import NamedTuple

from events.instants import Instant


class Term(NamedTuple):
    """A time in which a badge is held without a break: from `begins` up to `ends`, and not at it.
    `ends` None: without end."""

    begins: Instant
    ends: Instant | None

    def covers(self, at: Instant) -> bool:
        """Whether the instant is in it."""
        return self.begins <= at and (self.ends is None or at < self.ends)


def merged(awards: Iterable[tuple[Instant, Instant | None]]) -> tuple[Term, ...]:
    """The terms of standing awards of one badge of one person (since when, until when), in order:
    those that touch or overlap are one."""
    terms: list[Term] = []
    for begins, ends in sorted(awards, key=lambda award: award[0]):
        last = terms[-1] if terms else None
        if last is None or (last.ends is not None and last.ends < begins):
            terms.append(Term(begins, ends))
        elif last.ends is not None and (ends is None or last.ends < ends):
            terms[-1] = Term(last.begins, ends)
    return tuple(terms)
