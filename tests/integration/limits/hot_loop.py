"""A loop that everything happens in, measured: run
`python -m tests.integration.limits.hot_loop --events 100000 --people 200`; it tells how
long 10,000 events take as its past grows, and then single events."""

import argparse
import time
from collections.abc import Iterator
from random import Random

from engine.local.embedded_postgres import embedded_postgres
from tests.integration.handlers.harness import Harness
from tests.support.given import MEETING, meeting, retracted, survey


def past(events: int, people: int, retractions: float = 0.0) -> Iterator[bytes]:
    """Meetings of two and surveys in loop "loop", the n-th of which is called m<n> or s<n>; a share
    of them retracts an earlier meeting instead."""
    rng = Random(3)
    who = [f"p{n}" for n in range(people)]
    met: list[str] = []
    for number in range(events):
        at = f"2026-03-{1 + number % 28:02}T{number // 28 % 24:02}:{number % 60:02}:00Z"
        if met and rng.random() < retractions:
            yield retracted(MEETING, met.pop(rng.randrange(len(met))), at="2026-05-01T00:00:00Z")
        elif number % 3:
            met.append(f"m{number}")
            yield meeting(f"m{number}", *sorted(rng.sample(who, 2)), at=at)
        else:
            one, other = rng.sample(who, 2)
            yield survey(f"s{number}", one, other, rng.randint(1, 5), at)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--batch", type=int, default=5_000)
    parser.add_argument("--retractions", type=float, default=0.0)
    given = parser.parse_args()
    values = list(past(given.events, given.people, given.retractions))
    with embedded_postgres() as postgres:
        harness = Harness(postgres.url)
        began = time.perf_counter()
        for start in range(0, given.events, given.batch):
            harness.tell(*values[start : start + given.batch])
            if (start + given.batch) % 10_000 == 0:
                took, began = time.perf_counter() - began, time.perf_counter()
                print(f"up to {start + given.batch:>8,}: {took:6.2f} s for 10,000")
        for what, value in (
            ("a meeting", meeting("late", "p0", "p1", at=28)),
            ("its retraction", retracted(MEETING, "late")),
            ("the first meeting's retraction", retracted(MEETING, "m1")),
        ):
            began = time.perf_counter()
            harness.tell(value)
            print(f"{what:>30}: {(time.perf_counter() - began) * 1000:,.0f} ms")
        harness.close()


if __name__ == "__main__":
    main()
