"""Facts as they arrived: what was there to be counted when an award was announced."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from tests.verification.checker.batches import Batches
from tests.verification.checker.expected import counted
from tests.verification.checker.input_log import InputLog, LoggedFact, Place
from tests.verification.checker.kept import FactKey
from tests.verification.checker.seen import Json
from tests.verification.oracle.reading import KUDOS, MILESTONE, QUIZ, InputRecord

Measure = tuple[str, str | None, str, str]
"""Program, loop (None: all of the program), participant, and what is counted."""

Order = tuple[datetime, str, str]
"""The order of facts of one measure, which are of one type: time, id, loop."""


class Arrivals:
    """Accepted facts by the measure they count in and the partition that brought them.

    What was redriven, or is no more in Kafka, came nobody knows when: it is not among them.
    """

    def __init__(self, log: InputLog, batches: Batches) -> None:
        self._log = log
        self._batches = batches
        self._arrived: dict[tuple[Measure, int], list[tuple[int, InputRecord]]] = defaultdict(list)
        for telling in log.accepted.values():
            if telling.place is not None:
                partition, offset = telling.place
                for measure in _measures(telling.told):
                    self._arrived[measure, partition].append((offset, telling.told))
        for told in self._arrived.values():
            told.sort(key=lambda arrived: arrived[0])

    def left_out(self, award: Json, named: Collection[FactKey]) -> list[InputRecord]:
        """The facts that were there when an award was announced and sort before the last that it
        names of their measure, so that it should have named them.

        A fact named was there when the award was announced, so all of its batch was, and whatever
        its partition brought before. When batches of other partitions were committed is not known.
        """
        tellings = [self._log.accepted[key] for key in named]
        places = [telling.place for telling in tellings]
        ends = self._ends(place for place in places if place is not None)
        alone = None not in places and len(ends) == 1
        last = _last(award, tellings)
        return [
            fact
            for partition, end in ends.items()
            for measure, order in last.items()
            for fact in self._until(measure, partition, end)
            if _order(fact) < order and fact.key not in named and self._stood(fact, end, alone)
        ]

    def _ends(self, places: Iterable[Place]) -> dict[int, int]:
        """By partition, where the last of the batches ends that brought these."""
        ends: dict[int, int] = {}
        for partition, offset in places:
            end = self._batches.end(partition, offset)
            if end is not None:
                ends[partition] = max(end, ends.get(partition, 0))
        return ends

    def _until(self, measure: Measure, partition: int, end: int) -> Iterator[InputRecord]:
        for offset, fact in self._arrived.get((measure, partition), ()):
            if offset >= end:
                return
            yield fact

    def _stood(self, fact: InputRecord, end: int, alone: bool) -> bool:
        """Whether a fact cannot have been retracted by then. If all that was named came by one
        partition (`alone`), it was the batch with the last of it that earned the award."""
        retraction = self._log.retractions.get(fact.key)
        if retraction is None:
            return True
        here = self._log.accepted[fact.key].place
        if not alone or retraction.place is None or here is None:
            return False
        return retraction.place[0] == here[0] and retraction.place[1] >= end


def _measures(fact: InputRecord) -> Iterator[Measure]:
    """What a fact counts in, but for repeatable badges: each of its facts is an award."""
    if fact.type == KUDOS:
        return
    program, kind, place, *_ = fact.key
    loop = None if fact.type == QUIZ or kind != "loop" else place
    for name, people in counted(fact):
        for person in people:
            yield program, loop, person, name
    if fact.type == MILESTONE:
        yield program, loop, fact.data["participant_id"], f"milestone {fact.data['milestone']}"


def _last(award: Json, named: Iterable[LoggedFact]) -> dict[Measure, Order]:
    """By measure of the recipient's, where the last of the facts named stands."""
    last: dict[Measure, Order] = {}
    for telling in named:
        order = _order(telling.told)
        for measure in _measures(telling.told):
            if measure[2] == award["recipient_id"]:
                last[measure] = max(order, last.get(measure, order))
    return last


def _order(fact: InputRecord) -> Order:
    _, kind, place, _, name = fact.key
    return fact.time, name, place if kind == "loop" else ""
