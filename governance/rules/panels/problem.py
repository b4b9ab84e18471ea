"""What a draw of panels decides: who of those eligible sits where. Pure.

The problem is a network in which each seat that is filled is a unit of flow: the cheapest flow is
the draw. Loads weigh most and grow with their square, so work is spread; among equals a hash of the
seed decides. Two solvers take the same network: `flow`, which draws, and `paths`, which verifies.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

_UNIT = "\x1f"
_LOAD = 100_000
_OUTSIDER = 10_000_000
_HASHES = 1000

Place = Literal["outsider", "other"]


@dataclass(frozen=True, slots=True)
class PanelWanted:
    """A panel to be filled. `panel`: its id; `case`: of the case, on all panels of which one sits
    once at most; `seats`: how many, `outsiders` of them for people who share no cohort with the
    subject; `candidates`: who may sit, and whether they are such outsiders."""

    panel: str
    case: str
    seats: int
    outsiders: int
    candidates: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class DrawProblem:
    """A draw. `load`: how many reviews each has in this quarter, 0 where absent; nobody gets above
    `cap`."""

    seed: str
    cap: int
    panels: Sequence[PanelWanted]
    load: Mapping[str, int] = field(default_factory=dict)


class SeatDrawn(NamedTuple):
    """Somebody in a seat of a panel."""

    panel: str
    place: Place
    reviewer: str


class SeatsOpen(NamedTuple):
    """Seats of a panel for which nobody is there."""

    panel: str
    place: Place
    number: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw gave, sorted. `cost`: of the seats together, without those that stay open."""

    seats: tuple[SeatDrawn, ...]
    open: tuple[SeatsOpen, ...]
    cost: int

    @property
    def lacking(self) -> int:
        """How many seats stay open."""
        return sum(each.number for each in self.open)

    def reviewers(self, panel: str) -> list[str]:
        """Who sits on a panel."""
        return [seat.reviewer for seat in self.seats if seat.panel == panel]


class Arc(NamedTuple):
    """An edge of the network: up to `capacity` units at `cost` each."""

    begin: str
    end: str
    capacity: int
    cost: int


class Solver(Protocol):
    """Gives the cheapest flow of so many units from `SOURCE` to `SINK`: units by arc, those that
    carry some. The network can carry them."""

    def __call__(self, arcs: Sequence[Arc], units: int, /) -> Mapping[Arc, int]: ...


SOURCE, SINK = "source", "sink"


def draw(problem: DrawProblem, solve: Solver) -> Drawn:
    """Hold a draw: as many seats as possible are filled, and among the ways to do that it is the
    cheapest one. The order in which panels, candidates and loads come changes nothing."""
    units = sum(each.seats for each in problem.panels)
    if not units:
        return Drawn((), (), 0)
    arcs = network(problem)
    used = {arc: number for arc, number in solve(arcs, units).items() if number}
    seats, lacking = [], []
    penalty = _penalty(problem)
    by_person = {
        _at_case(each.case, who): who for each in problem.panels for who in each.candidates
    }
    places = {_place(each.panel, place): (each.panel, place) for each in problem.panels
              for place in _PLACES}  # fmt: skip
    for arc, number in used.items():
        if arc.end not in places:
            continue
        panel, place = places[arc.end]
        if arc.begin == SOURCE:
            lacking.append(SeatsOpen(panel, place, number))
        else:
            seats.append(SeatDrawn(panel, place, by_person[arc.begin]))
    total = sum(arc.cost * number for arc, number in used.items())
    cost = total - penalty * sum(each.number for each in lacking)
    return Drawn(tuple(sorted(seats)), tuple(sorted(lacking)), cost)


def network(problem: DrawProblem) -> list[Arc]:
    """The arcs, in order of code points: source, to each unit of somebody's load, to them, to each
    case that they may review, to places of its panels, to the sink. A place that nobody can have is
    fed from the source at a price above everything else."""
    return sorted(_arcs(problem))


def cost_of(problem: DrawProblem, seats: Iterable[SeatDrawn]) -> int:
    """What seats cost together, by the definition: for the i-th review of somebody 100,000 times
    the square of their load with it, for each seat the hash, less 10,000,000 for each outsider's.
    """
    case_of = {each.panel: each.case for each in problem.panels}
    cost, more = 0, dict.fromkeys(_people(problem), 0)
    for seat in seats:
        more[seat.reviewer] += 1
        cost += _hash(problem.seed, case_of[seat.panel], seat.reviewer)
        cost -= _OUTSIDER if seat.place == "outsider" else 0
    return cost + sum(
        _LOAD * (problem.load.get(who, 0) + i) ** 2
        for who, number in more.items()
        for i in range(1, number + 1)
    )


def without_reciprocity(
    seed: str, subjects: Mapping[str, str], eligible: Mapping[str, Iterable[str]]
) -> dict[str, frozenset[str]]:
    """Who may review each case, if of two subjects of one draw only one may review the other; the
    seed decides which. `subjects`, `eligible`: by case."""
    cases: dict[str, list[str]] = {}
    for case, subject in subjects.items():
        cases.setdefault(subject, []).append(case)
    allowed = {case: set(people) for case, people in eligible.items()}
    for one in sorted(cases):
        for other in sorted(cases):
            if one >= other:
                continue
            forth = any(one in allowed[case] for case in cases[other])
            back = any(other in allowed[case] for case in cases[one])
            if forth and back:
                loser, winner = sorted((one, other), key=lambda who: _rank(seed, one, other, who))
                for case in cases[winner]:
                    allowed[case].discard(loser)
    return {case: frozenset(people) for case, people in allowed.items()}


_PLACES: tuple[Place, ...] = ("outsider", "other")


def _arcs(problem: DrawProblem) -> Iterator[Arc]:
    penalty = _penalty(problem)
    for who in _people(problem):
        load = problem.load.get(who, 0)
        for i in range(1, problem.cap - load + 1):
            unit = f"load{_UNIT}{who}{_UNIT}{i:03}"
            yield Arc(SOURCE, unit, 1, _LOAD * (load + i) ** 2)
            yield Arc(unit, _person(who), 1, 0)
    at_case: set[tuple[str, str]] = set()
    for each in problem.panels:
        numbers = {"outsider": each.outsiders, "other": each.seats - each.outsiders}
        for place in _PLACES:
            if not numbers[place]:
                continue
            node = _place(each.panel, place)
            yield Arc(node, SINK, numbers[place], 0)
            yield Arc(SOURCE, node, numbers[place], penalty)
            for who, is_outsider in each.candidates.items():
                if place == "other" or is_outsider:
                    cost = -_OUTSIDER if place == "outsider" else 0
                    yield Arc(_at_case(each.case, who), node, 1, cost)
        at_case |= {(each.case, who) for who in each.candidates}
    for case, who in at_case:
        yield Arc(_person(who), _at_case(case, who), 1, _hash(problem.seed, case, who))


def _people(problem: DrawProblem) -> list[str]:
    return sorted({who for each in problem.panels for who in each.candidates})


def _penalty(problem: DrawProblem) -> int:
    seats = sum(each.seats for each in problem.panels)
    most = max(problem.cap, 1) ** 2 * _LOAD + _HASHES + _OUTSIDER
    return 1 + 2 * most * (seats + 1)


def _hash(seed: str, case: str, who: str) -> int:
    digest = hashlib.sha256(_UNIT.join((seed, case, who)).encode()).digest()
    return int.from_bytes(digest[:4]) % _HASHES


def _rank(seed: str, *names: str) -> str:
    return hashlib.sha256(_UNIT.join((seed, *names)).encode()).hexdigest()


def _person(who: str) -> str:
    return f"person{_UNIT}{who}"


def _at_case(case: str, who: str) -> str:
    return f"review{_UNIT}{case}{_UNIT}{who}"


def _place(panel: str, place: Place) -> str:
    return f"seat{_UNIT}{panel}{_UNIT}{place}"
