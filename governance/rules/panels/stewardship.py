"""Which panels' stewardship is published now, so that nobody can be tied to a panel by time. Pure.

Records are published for four panels or more at once, no two of which share a reviewer, all with
one instant: who is named there may have sat on any of them. Everybody is named once; the records
of other panels wait for the next time.
"""

from collections.abc import Sequence

FEWEST = 4
_MOST_LOOKED_AT = 60


def due(panels: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """The positions of the panels that are published now; none while there are no four whose
    members are disjoint. `panels`: the members of closed ones that wait, first closed first."""
    chosen = _disjoint(panels[:_MOST_LOOKED_AT], 0, (), frozenset())
    if chosen is None:
        return ()
    named = frozenset().union(*(panels[number] for number in chosen))
    for number, members in enumerate(panels):
        if number not in chosen and members and not members & named:
            chosen += (number,)
            named |= members
    return tuple(sorted(chosen))


def _disjoint(
    panels: Sequence[frozenset[str]], begin: int, chosen: tuple[int, ...], members: frozenset[str]
) -> tuple[int, ...] | None:
    """The first four disjoint ones, in the order of positions."""
    if len(chosen) == FEWEST:
        return chosen
    for number in range(begin, len(panels)):
        theirs = panels[number]
        if theirs and not theirs & members:
            four = _disjoint(panels, number + 1, (*chosen, number), members | theirs)
            if four is not None:
                return four
    return None
