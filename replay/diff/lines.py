"""A diff line by line, as files and tables show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.projections.award import Kind
from engine.store.awards import differences
from engine.store.awards.differences import Difference
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from replay.diff.reasons import Reasons

KINDS = (Kind.ADDED, Kind.LOST, Kind.MOVED)


@dataclass(frozen=True, slots=True)
class Line:
    """One award that differs. `award`: as it would be, and a lost one as announced."""

    kind: Kind
    award: Mapping[str, Any]
    announced_at: str | None
    why: str

    def as_json(self) -> dict[str, Any]:
        """As DIFF.json has it."""
        moved = {"announced_at": self.announced_at} if self.kind is Kind.MOVED else {}
        return {**self.award, **moved, "why": self.why}


def lines(tx: Transaction, replay: Replay, kind: Kind) -> Iterator[Line]:
    """The differences of a kind by award id."""
    reasons = Reasons(tx, Generations().get(tx, replay.id))
    for item, why in reasons.explained(differences.of_kind(tx, replay, kind)):
        yield Line(kind, item.award.as_json(), _announced_at(item), why)


def _announced_at(item: Difference) -> str | None:
    before = item.announced
    return before.award.time if before is not None and before.standing else None
