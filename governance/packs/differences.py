"""What came after a decision and bears on its ground: late facts, retracted ones, and the lines
that no longer hold through them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from engine.fact import Fact
from engine.store.facts.arrivals import Arrival, ArrivedFact
from events.instants import Instant
from governance.packs.lines import GroundLine

_encode = msgspec.json.Encoder(order="sorted").encode

How = Literal["late", "retracted"]


class ChangedFact(msgspec.Struct, frozen=True):
    """A fact that arrived late or was retracted: `at` when it happened."""

    how: How
    type: str
    id: str
    at: Instant
    loop: str | None = None


class LineDifference(msgspec.Struct, frozen=True):
    """A line that is not met any more, with the facts responsible; none of them where it cannot be
    known what came after."""

    key: str
    title: str
    have: str | None
    need: str
    sample: int | None
    sample_needed: int | None
    missing: tuple[str, ...]
    facts: tuple[ChangedFact, ...]


@dataclass(frozen=True, slots=True)
class After:
    """What came after a decision was prepared. `offsets`: the first offset after it, by lane of the
    ledger. Of another lane nothing is known but, if `since` is set, that a retraction of after that
    instant came after; if it is None, all of it came after: the lane did not exist yet."""

    offsets: Mapping[int, int]
    since: Instant | None = None

    def late(self, arrival: Arrival) -> bool:
        """Whether a fact arrived after."""
        begin = self.offsets.get(arrival.lane)
        return self.since is None if begin is None else arrival.offset >= begin

    def retracted(self, arrival: Arrival, time: Instant) -> bool:
        """Whether a retraction arrived after; `time`: its own."""
        if arrival.lane not in self.offsets and self.since is not None:
            return time > self.since
        return self.late(arrival)


@dataclass(frozen=True, slots=True)
class FactsNow:
    """The facts that name a person until an instant, as they are now: those that count, and those
    that are `late` or `retracted` since a decision."""

    counted: Sequence[Fact]
    late: Sequence[Fact]
    retracted: Sequence[Fact]

    @classmethod
    def of(cls, arrived: Iterable[ArrivedFact], as_of: Instant, after: After) -> "FactsNow":
        """That of facts with their arrivals, in any order."""
        counted, late, retracted = [], [], []
        for fact, arrival, retraction in arrived:
            if fact.time > as_of:
                continue
            is_late = after.late(arrival)
            if retraction is None:
                counted.append(fact)
                if is_late:
                    late.append(fact)
            elif not is_late and after.retracted(retraction[1], retraction[0].time):
                retracted.append(fact)
        by_order = [sorted(facts, key=_order) for facts in (counted, late, retracted)]
        return cls(*by_order)


Lines = Callable[[Iterable[Fact]], tuple[GroundLine, ...]]


def fallen(history: FactsNow, lines: Lines) -> tuple[LineDifference, ...]:
    """The lines that do not hold now. A fact is responsible for one if the line would be another
    without it, or with it in case it was retracted."""
    now = lines(history.counted)
    unmet = [number for number, line in enumerate(now) if not line.met]
    if not unmet:
        return ()
    responsible: dict[int, list[ChangedFact]] = {number: [] for number in unmet}
    for fact in history.late:
        without = lines(other for other in history.counted if other is not fact)
        for number in unmet:
            if without[number] != now[number]:
                responsible[number].append(_changed("late", fact))
    for fact in history.retracted:
        restored = lines((*history.counted, fact))
        for number in unmet:
            if restored[number] != now[number]:
                responsible[number].append(_changed("retracted", fact))
    return tuple(_difference(now[number], facts) for number, facts in responsible.items())


def digest(differences: Iterable[LineDifference]) -> str:
    """Hex SHA-256 of what differs: the same for the same differences."""
    return hashlib.sha256(_encode(list(differences))).hexdigest()


def _difference(line: GroundLine, facts: Iterable[ChangedFact]) -> LineDifference:
    return LineDifference(
        line.key, line.title, line.have, line.need, line.sample, line.sample_needed, line.missing,
        tuple(facts),
    )  # fmt: skip


def _changed(how: How, fact: Fact) -> ChangedFact:
    return ChangedFact(how, fact.type, fact.id, fact.time, fact.place.loop)


def _order(fact: Fact) -> tuple[str, str, str, str]:
    return fact.order
