"""300 events in whatever order, cut into whatever batches, on whatever partitions: the same awards,
with the same dates and evidence, and the same measures.

60 tellings go through the worker's transactions on PostgreSQL; 1,000 through everything of it that
is pure: reading, triage, and the merge of what each batch folds to.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import pytest

from engine.fact import Fact, Place
from engine.handlers.batch import Batch, Record
from engine.handlers.steps import context, triage
from engine.handlers.steps.triage import TriagedBatches
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact
from engine.projections import cold, state
from engine.projections.award import Award
from engine.projections.state import State
from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.store.cursors.cursors import Cursor
from engine.store.generations.live import Generation
from tests.integration.handlers.harness import Harness
from tests.support.given import LATEST, MENTORLOOP
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import Json, answer

pytestmark = pytest.mark.verify

EVENTS = history(4, 300, conflicts=False)
PARTITIONS = 4


def test_60_permutations_through_the_worker_on_postgresql_give_identical_awards_and_measures(
    harness: Harness,
) -> None:
    random = Random(60)
    results: list[tuple[list[str], list[Json], list[Json]]] = []
    for _ in range(60):
        harness.clear()

        for partition, told in _telling(EVENTS, random):
            harness.tell(*told, partition=partition)

        announced = [item.award.id for item in harness.standing().values()]
        with Reader(harness.engine).snapshot() as snapshot:
            awards = exports.awards(snapshot, None, recomputed=True)
            recomputed = [award.as_json() for award in awards]
            measures = list(exports.measures(snapshot, None))
        results.append((announced, recomputed, measures))

    assert all(result == results[0] for result in results)
    announced, recomputed, measures = results[0]
    assert recomputed == answer(EVENTS, NOW).awards
    assert announced == [award["award_id"] for award in recomputed]
    assert len(announced) > 50
    assert len(measures) > 10


def test_1000_permutations_through_the_pure_fold_give_identical_awards_and_measures() -> None:
    random = Random(1000)
    expected: tuple[tuple[Award, ...], dict[Place, State]] | None = None
    for _ in range(1000):
        worker = _Pure()

        for partition, told in _telling(EVENTS, random):
            worker.take(partition, told)

        found = (cold.fold(MENTORLOOP, worker.facts()).awards, worker.measures())
        expected = expected or found
        assert found == expected

    assert expected is not None
    assert [award.as_json() for award in expected[0]] == answer(EVENTS, NOW).awards
    assert expected[1] == _filled(cold.fold(MENTORLOOP, worker.facts()).states)


def _telling(events: Sequence[bytes], random: Random) -> Iterator[tuple[int, list[bytes]]]:
    """The events in a new order, as batches of a partition each: alone, a few, or many at once."""
    left = random.sample(events, len(events))
    while left:
        size = random.choice([1, 5, 25, 100])
        yield random.randrange(PARTITIONS), left[:size]
        del left[:size]


class _Pure:
    """The worker without its database: what is known is kept here, and merged as it is there."""

    def __init__(self) -> None:
        self._known: dict[Key, str] = {}
        self._facts: dict[Place, dict[Key, Fact]] = {}
        self._states: dict[Place, State] = {}
        self._next = [0] * PARTITIONS

    def take(self, partition: int, values: Sequence[bytes]) -> None:
        """Take in a batch."""
        begin = self._next[partition]
        records = [Record(begin + n, None, value) for n, value in enumerate(values)]
        batch = Batch("activity", partition, begin, begin + len(values), records)
        generation = Generation(1, 1, MENTORLOOP)
        live = dict.fromkeys(context.programs(batch.readings()), generation)
        cursor = Cursor("activity", partition, partition, begin, 0)
        triaged = TriagedBatches(self._known)
        done = triage.classify(batch, live, LATEST, cursor, None, triaged)
        self._known |= {key: entry.content for key, entry in triaged.ledger.items()}
        self._next[partition] = done.end
        for place, facts in _by_place(triaged.facts).items():
            self._facts.setdefault(place, {}).update(facts)
            known = self._states.setdefault(place, {})
            known |= state.fold(MENTORLOOP, facts.values(), known)
        for key, item in triaged.retracted.items():
            place = item.fact.place
            del self._facts[place][key]
            self._states[place] = state.fold(MENTORLOOP, self._facts[place].values())

    def facts(self) -> Iterable[Fact]:
        """What stands, in the order it was told."""
        return (fact for facts in self._facts.values() for fact in facts.values())

    def measures(self) -> dict[Place, State]:
        """What was merged."""
        return _filled(self._states)


def _by_place(told: dict[Key, ParsedFact]) -> dict[Place, dict[Key, Fact]]:
    found: dict[Place, dict[Key, Fact]] = {}
    for key, item in told.items():
        found.setdefault(item.fact.place, {})[key] = item.fact
    return found


def _filled(states: dict[Place, State]) -> dict[Place, State]:
    """Without those who have nothing."""
    zeros = list(MENTORLOOP.initial_values)
    filled = {p: {w: v for w, v in s.items() if list(v) != zeros} for p, s in states.items()}
    return {place: known for place, known in filled.items() if known}
