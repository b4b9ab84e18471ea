"""What an event costs as things grow, one at a time: is it the same at any size?

Events are processed by the worker's transactions (5,000 events of 12 partitions each), in one
process and without Kafka. From a base of 5,000 loops of two in 20 programs one thing is varied:

ledger: facts that stand already, 20 in each loop. The events fall on 5,000 of the loops, from all
  of the ledger. Warm: all of it was just written, and events fell on these loops before. Cold:
  PostgreSQL was restarted then and, where the system allows it, what it keeps of files dropped.
loops: loops, each with 10 facts. The events fall on all of them.
programs: programs that the loops belong to.
group: people of each loop; a meeting names all of them.
mentor: loops that each mentor has.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.growth import batches
from benchmarks.growth.batches import GrowthPoint
from benchmarks.growth.cold import restart, settle
from benchmarks.growth.copies import multiply
from benchmarks.growth.crowd import Crowd, records
from benchmarks.growth.sizes import facts, sizes
from benchmarks.growth.timing import Cost, TimedIntake, intake
from engine.local.embedded_postgres import embedded_postgres
from engine.store.postgres.connection import transaction

_SIZES = (0, 1_000_000, 5_000_000, 10_000_000)
_STANDING = 100_000  # events processed by transactions, of which a ledger is copies
_FACTS_A_LOOP = 10  # of those that stand when the number of loops is varied


def ledger(sizes_: tuple[int, ...], events: int) -> Iterator[GrowthPoint]:
    """By facts in the ledger, about so many; never fewer than were processed to begin with."""
    crowd = Crowd()
    for size in sizes_:
        copies = max(1, round(size / _STANDING))
        with embedded_postgres() as server, intake(server.url) as place:
            place.take(records(crowd, range(_STANDING)))
            multiply(place.url, crowd, copies)
            settle(place.url)
            standing = _facts(place)
            starts = range(_STANDING, _STANDING + 3 * events, events)
            happens = [
                records(crowd, range(start, start + events), copies, every=False)
                for start in starts
            ]
            place.take(happens[0])
            yield _point(place, standing, "warm", place.take(happens[1]))
            cold = "cold" if restart(server) else "restarted"
            yield _point(place, standing, cold, place.take(happens[2]))


def loops(values: tuple[int, ...], events: int) -> Iterator[GrowthPoint]:
    """By loops, all of which stand."""
    crowd = Crowd(loops=min(values))
    for value in values:
        copies, first = value // crowd.loops, crowd.loops * _FACTS_A_LOOP
        with embedded_postgres() as server, intake(server.url) as place:
            place.take(records(crowd, range(first)))
            multiply(place.url, crowd, copies)
            settle(place.url)
            place.take(records(crowd, range(first, first + events), copies))
            cost = place.take(records(crowd, range(first + events, first + 2 * events), copies))
            yield _point(place, value, "warm", cost)


def crowds(of: Callable[[int], Crowd]) -> Callable[[tuple[int, ...], int], Iterator[GrowthPoint]]:
    """By whatever makes crowds differ."""

    def points(values: tuple[int, ...], events: int) -> Iterator[GrowthPoint]:
        for value in values:
            crowd = of(value)
            with embedded_postgres() as server, intake(server.url) as place:
                place.take(records(crowd, range(events)))
                cost = place.take(records(crowd, range(events, 2 * events)))
                yield _point(place, value, "warm", cost)

    return points


_FACTORS: dict[
    str, tuple[Callable[[tuple[int, ...], int], Iterator[GrowthPoint]], tuple[int, ...]]
] = {
    "ledger": (ledger, _SIZES),
    "loops": (loops, (1_000, 10_000, 100_000)),
    "programs": (crowds(lambda n: Crowd(programs=n)), (1, 20, 500)),
    "group": (crowds(lambda n: Crowd(group=n)), (2, 10, 30, 200)),
    "mentor": (crowds(lambda n: Crowd(mentored=n)), (1, 10, 100, 1_000)),
}


def _facts(place: TimedIntake) -> int:
    with transaction(place.engine) as tx:
        return facts(tx)


def _point(place: TimedIntake, value: int, state: str, cost: Cost) -> GrowthPoint:
    with transaction(place.engine) as tx:
        return GrowthPoint(value, state, facts(tx), cost, sizes(tx))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--factor", choices=_FACTORS, action="append", help="default: all")
    parser.add_argument("--events", type=int, default=20_000, help="measured at each point")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="of the ledger")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    figures = {}
    for name in given.factor or _FACTORS:
        measure, values = _FACTORS[name]
        values = tuple(given.sizes) if name == "ledger" else values
        points = []
        for point in measure(values, given.events):
            batches.progress(name, point)
            points.append(point)
        batches.show(name, points)
        figures[name] = {
            "points": [asdict(point) for point in points],
            "lines": {state: line._asdict() for state, line in batches.lines(points).items()},
        }
        if given.json is not None:  # after each: a run takes long
            given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
