"""Who sat on panels is published so that nobody can be tied to one by time."""

import random
from dataclasses import dataclass, field

from governance.rules.panels import stewardship

YEARS = 1000


@dataclass
class Year:
    """What somebody sees who reads every topic: when panels closed, and who was named when."""

    closed: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    named: list[tuple[int, list[str]]] = field(default_factory=list)


def year(seed: int) -> Year:
    """A year of panels, with a look at what may be published every week."""
    rng = random.Random(seed)
    people = [f"r{number}" for number in range(rng.randint(8, 30))]
    seen, waiting = Year(), list[frozenset[str]]()
    for day in range(0, 365, 7):
        for _ in range(rng.choice((0, 0, 1, 2))):
            members = frozenset(rng.sample(people, rng.choice((3, 3, 3, 4))))
            waiting.append(members)
            seen.closed.append((day, members))
        chosen = stewardship.due(waiting)
        if chosen:
            seen.named.append((day, sorted(who for n in chosen for who in waiting[n])))
            waiting = [members for n, members in enumerate(waiting) if n not in chosen]
    return seen


def test_in_a_thousand_years_nobody_is_tied_to_a_panel_by_time() -> None:
    published = 0
    for seed in range(YEARS):
        seen = year(seed)
        for day, names in seen.named:
            assert len(set(names)) == len(names), "somebody named twice has sat on two panels"
            # Of the panels that had closed, take any that all its members are named of: those are
            # the ones that a record may be of.
            may_be = [
                members for closed, members in seen.closed if closed <= day and members <= {*names}
            ]
            assert len(may_be) >= stewardship.FEWEST
            # Of each who is named, at least three panels without them were published with theirs.
            for who in names:
                others = {m for m in may_be if who not in m}
                assert len(others) >= stewardship.FEWEST - 1
            published += len(names)
    assert published > 10_000


def test_three_panels_wait() -> None:
    assert stewardship.due([frozenset(f"{n}{who}" for who in "abc") for n in range(3)]) == ()


def test_four_panels_that_share_somebody_wait() -> None:
    assert stewardship.due([frozenset(f"{n}{who}" for who in "ab") | {"x"} for n in range(4)]) == ()


def test_four_disjoint_ones_are_published_and_the_one_that_overlaps_waits() -> None:
    panels = [frozenset(f"{n}{who}" for who in "abc") for n in range(4)]
    panels.insert(1, frozenset({"0a", "y", "z"}))
    assert stewardship.due(panels) == (0, 2, 3, 4)


def test_the_first_one_does_not_hold_back_four_others() -> None:
    panels = [frozenset({"1a", "2a", "3a"})]
    panels += [frozenset(f"{n}{who}" for who in "abc") for n in range(4)]
    assert stewardship.due(panels) == (1, 2, 3, 4)


def test_a_panel_of_nobody_is_none() -> None:
    assert stewardship.due([frozenset()] * 5) == ()
