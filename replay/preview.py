"""Preview: what a history file would give, with no Kafka and no database.

It reads as the worker reads and folds as everybody folds, so its answer is the engine's answer.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.fact import Place
from engine.intake.again import again
from engine.intake.read import Told, Withdrawn, admit, read
from engine.intake.refusal import Reason, Refusal
from engine.intake.report import Report
from engine.projections import cold
from engine.projections.award import Award
from events.instants import Instant
from events.schemas.kudos_invited import KudosInvited

_FullKey = tuple[Place, str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file gives: standing awards by id, invitations of standing surveys by id, counts."""

    awards: tuple[Award, ...]
    invitations: tuple[KudosInvited, ...]
    report: Report


class Intake:
    """Takes records in one by one and keeps what stands, as the ledger does."""

    def __init__(self, catalog: Catalog, latest: Instant) -> None:
        self._catalog = catalog
        self._latest = latest
        self._told: dict[_FullKey, Told] = {}
        self._withdrawn: set[_FullKey] = set()
        self._refused: Counter[Reason] = Counter()
        self._records = 0
        self._duplicates = 0

    def take(self, value: bytes) -> None:
        """Read one record: a fact, a retraction, or one more refusal."""
        self._records += 1
        reading = read(value)
        if isinstance(reading, Refusal):
            refusal: Refusal | None = reading
        else:
            refusal = admit(reading, self._catalog, self._latest)
        if refusal is None and isinstance(reading, Withdrawn):
            retracted = reading.retraction
            key = (retracted.place, retracted.fact_type, retracted.fact_id)
            self._duplicates += key in self._withdrawn
            self._withdrawn.add(key)
        elif refusal is None and isinstance(reading, Told):
            fact = reading.fact
            first = self._told.setdefault((fact.place, fact.type, fact.id), reading)
            if first is not reading:
                refusal = again(first.content, reading.content)
                self._duplicates += refusal is None
        if refusal is not None:
            self._refused[refusal.reason] += 1

    def result(self) -> Preview:
        """Fold what stands."""
        facts = [told.fact for key, told in self._told.items() if key not in self._withdrawn]
        awards = cold.fold(self._catalog, facts).awards
        invited = [e.of(fact) for fact in facts for e in self._catalog.effects_of(fact)]
        report = Report(
            records=self._records,
            applied=len(self._told),
            duplicates=self._duplicates,
            retractions=len(self._withdrawn),
            dead_letters=self._refused,
            awards=len(awards),
        )
        standing = sorted((i for i in invited if i), key=lambda i: i.invitation_id)
        return Preview(awards, tuple(standing), report)


def preview(records: Iterable[bytes], catalog: Catalog, latest: Instant) -> Preview:
    """Fold records in the order they stand. `latest`: the latest time an event may carry."""
    intake = Intake(catalog, latest)
    for value in records:
        intake.take(value)
    return intake.result()
