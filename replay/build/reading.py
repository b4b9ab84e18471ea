"""READ: a history from a source, to be staged.

It is read a portion at a time, and each portion is compared with what was read by then, as a worker
compares a batch with the ledger: memory does not grow with the source. What the ledger has is left
out at the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.fact import Fact, Retraction
from engine.intake.content import decode
from engine.intake.duplicates import conflict
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction
from engine.intake.refusal import Reason, Refusal
from engine.intake.report import Report
from engine.store.postgres.connection import Transaction
from engine.store.projections.measures import HashCollision
from events.schemas.registry import TopicKind
from replay.build.admission import SourceAdmission, place_of
from replay.build.read_rows import ReadRows
from replay.build.sources import SourceRecord

_RECORDS = 5_000
_BYTES = 4 * 2**20

_Reading = ParsedFact | ParsedRetraction


class RefusedReading(NamedTuple):
    """A record that is refused, and its position, for people."""

    where: str
    refusal: Refusal


class Conflict(NamedTuple):
    """A fact that contradicts the ledger, which keeps its own."""

    fact: Fact
    refusal: Refusal


class HistoryReading:
    """Keeps accepted facts and retractions, each once, until the transaction ends: first all of
    `read`, then `leave_out`. `programs`: of what was accepted; `rows`: what is left to stage."""

    def __init__(self, tx: Transaction, admission: SourceAdmission) -> None:
        self._admission = admission
        self._counts: Counter[str] = Counter()
        self._refused: Counter[Reason] = Counter()
        self.programs: set[str] = set()
        self.rows = ReadRows(tx)

    @property
    def elsewhere(self) -> int:
        """How many records are of other programs than those asked for."""
        return self._admission.elsewhere

    def read(
        self, records: Iterable[SourceRecord], on: TopicKind | None = None
    ) -> Iterator[RefusedReading]:
        """Read records; gives those that are refused, in their order. `on`: the kind of topic they
        come from; None: a file, which may hold every type.

        Raises:
            HashCollision: two different facts have the same key hash.
        """
        for portion in _portions(records):
            readings = [
                (record.where, self._admission.read(record.value, record.headers, on))
                for record in portion
            ]
            yield from self._keep(readings)

    def leave_out(self) -> Iterator[Conflict]:
        """Leave out what the ledger has: the same again is a duplicate, and other content a
        conflict, which is given.

        Raises:
            HashCollision: another fact of the ledger has the same key hash.
        """
        for key, content, first in self.rows.leave_out():
            self._counts["retractions" if key.is_retraction else "applied"] -= 1
            refusal = _compare(first, content)
            if refusal is None:
                self._counts["duplicates"] += 1
                continue
            self._refused[refusal.reason] += 1
            fact = decode(content)
            assert isinstance(fact, Fact)
            yield Conflict(fact, refusal)

    def report(self) -> Report:
        """What became of the records; no award is counted."""
        return Report(
            records=self._admission.records,
            applied=self._counts["applied"],
            duplicates=self._counts["duplicates"],
            retractions=self._counts["retractions"],
            dead_letters=self._refused,
            awards=0,
        )

    def _keep(
        self, readings: list[tuple[str, _Reading | Refusal | None]]
    ) -> Iterator[RefusedReading]:
        known = self.rows.contents({r.key for _, r in readings if isinstance(r, _Reading)})
        new: list[_Reading] = []
        for where, reading in readings:
            refusal = self._add(reading, known, new) if isinstance(reading, _Reading) else reading
            if refusal is not None:
                self._refused[refusal.reason] += 1
                yield RefusedReading(where, refusal)
        rows = ((reading.key, reading.content) for reading in new)
        self.rows.append(rows, (r for r in new if isinstance(r, ParsedFact)))

    def _add(self, reading: _Reading, known: dict[Key, str], new: list[_Reading]) -> Refusal | None:
        """Add a reading to what is known, and to `new`, unless its key is known."""
        self.programs.add(place_of(reading).program)
        first = known.setdefault(reading.key, reading.content)
        if first is reading.content:
            self._counts["applied" if isinstance(reading, ParsedFact) else "retractions"] += 1
            new.append(reading)
            return None
        refusal = _compare(first, reading.content)
        self._counts["duplicates"] += refusal is None
        return refusal


def _portions(records: Iterable[SourceRecord]) -> Iterator[list[SourceRecord]]:
    portion: list[SourceRecord] = []
    size = 0
    for record in records:
        portion.append(record)
        size += len(record.value or b"")
        if len(portion) >= _RECORDS or size >= _BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _compare(first: str, second: str) -> Refusal | None:
    """Why the second content of a key is refused; None if it gives the same fact again, or retracts
    the same one, whatever it says of why. Raises HashCollision."""
    if first == second:
        return None
    one, other = decode(first), decode(second)
    if _names(one) != _names(other):
        raise HashCollision(f"something of {one.place} and something of {other.place}")
    return conflict(first, second) if isinstance(other, Fact) else None


def _names(read: Fact | Retraction) -> tuple[object, ...]:
    if isinstance(read, Fact):
        return (Fact, read.place, read.type, read.id)
    return (Retraction, read.place, read.fact_type, read.fact_id)
