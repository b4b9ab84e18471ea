"""A diff line by line, as files, tables and pages show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.projections.award import Kind
from engine.queries.difference_reasons import Reasons
from engine.store.awards import differences
from engine.store.awards.differences import Difference, DifferenceFilter
from engine.store.generations.live import Generations
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction

KINDS = differences.SHOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One award that differs. `award`: as it would be, and a lost one as announced. `was`: of one
    that is renamed, its badge and level as announced."""

    kind: Kind
    award: Mapping[str, Any]
    announced_at: str | None
    why: str
    was: Mapping[str, str | None] | None = None

    def as_json(self) -> dict[str, Any]:
        """As DIFF.json has it."""
        moved = {"announced_at": self.announced_at} if self.kind is Kind.MOVED else {}
        renamed = {"renamed_from": self.was} if self.was is not None else {}
        return {**self.award, **moved, **renamed, "why": self.why}


def lines(tx: Transaction, replay: Replay, kind: Kind) -> Iterator[Line]:
    """The differences of a kind by award id."""
    reasons = Reasons(tx, Generations(), replay.id)
    for item, why in reasons.explained(differences.of_kind(tx, replay, kind)):
        yield _line(kind, item, why)


def page(
    tx: Transaction,
    generations: Generations,
    replay: Replay,
    wanted: DifferenceFilter,
    after: str | None,
    limit: int,
) -> list[Line]:
    """The first differences behind an award's id that fit what is wanted."""
    there = differences.page(tx, replay, wanted, after, limit)
    if not there:
        return []
    return [
        _line(item.kind, item, why)
        for item, why in Reasons(tx, generations, replay.id).explained(there)
        if item.kind is not None
    ]


def _line(kind: Kind, item: Difference, why: str) -> Line:
    before = item.announced
    standing = before is not None and before.standing
    at = before.award.time if before is not None and standing else None
    return Line(kind, item.award.as_json(), at, why, _was(item, kind))


def _was(item: Difference, kind: Kind) -> dict[str, str | None] | None:
    if kind is not Kind.RENAMED or item.announced is None:
        return None
    stored = item.announced.award
    return {"badge": stored.badge, "level": stored.level}
