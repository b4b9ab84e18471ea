"""What became of every record of the input: facts, retractions, and what was refused."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.verification.checker.kept import FactKey
from tests.verification.checker.seen import PublishedRecord
from tests.verification.checker.tables import LedgerRow
from tests.verification.oracle.reading import InputRecord

Place = tuple[int, int]  # partition and offset


class LedgerKey(NamedTuple):
    """What the ledger may hold once: a fact, or the retraction of it."""

    retraction: bool
    fact: FactKey

    def __str__(self) -> str:
        return f"{'the retraction of ' if self.retraction else ''}{'/'.join(self.fact)}"


@dataclass(frozen=True, slots=True)
class LoggedFact:
    """A fact or a retraction as one record told it. `place` is None if it came by no partition:
    it was redriven, or told by a record that Kafka has no more."""

    place: Place | None
    told: InputRecord

    def __str__(self) -> str:
        if self.place is None:
            return "no partition"
        return f"partition {self.place[0]} offset {self.place[1]}"


@dataclass(slots=True)
class InputLog:
    """What the input comes to.

    `became`: by record, "applied", "duplicates", "retractions", "lost", or the reason it was
    refused for. `accepted` and `retractions`: by the fact's key, the telling that was accepted.
    `kept` are the ledger's rows by what they are about. `faults` are what it cannot have by rights.
    """

    became: dict[Place, str] = field(default_factory=dict)
    records: dict[Place, PublishedRecord] = field(default_factory=dict)
    accepted: dict[FactKey, LoggedFact] = field(default_factory=dict)
    retractions: dict[FactKey, LoggedFact] = field(default_factory=dict)
    kept: dict[LedgerKey, LedgerRow] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def facts(self) -> list[InputRecord]:
        """The accepted facts that are not retracted."""
        return [t.told for key, t in self.accepted.items() if key not in self.retractions]

    @property
    def ever(self) -> list[InputRecord]:
        """All accepted facts, retracted ones too."""
        return [telling.told for telling in self.accepted.values()]
