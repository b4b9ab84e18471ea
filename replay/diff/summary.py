"""DIFF: how many awards would be gained, lost or dated otherwise, by badge."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from engine.projections.award import Kind
from engine.store.awards import differences
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction

Counts = Mapping[str, Mapping[str, int]]
"""By badge, by kind of difference (`Kind`), and under "standing" how many stand."""

ABSOLUTE, SHARE = 10, 0.05
"""By how much a diff may differ from the approved one: the larger of the two."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a diff."""

    counts: Counts

    def total(self, kind: str) -> int:
        """How many of a kind, all badges together."""
        return sum(of.get(kind, 0) for of in self.counts.values())

    @property
    def unchanged(self) -> int:
        """How many standing awards stay as they are."""
        return self.total("standing") - sum(map(self.total, ("lost", "moved", "renamed")))


def summary(tx: Transaction, replay: Replay) -> Summary:
    """The counts of a generation's diff."""
    return Summary(differences.counts(tx, replay))


def beyond(approved: Counts, now: Counts, tolerance: float = SHARE) -> list[str]:
    """What differs from the approved by more than is tolerated, in words."""
    lines = []
    for badge in sorted(approved.keys() | now.keys()):
        for kind in ("added", "lost"):
            before = approved.get(badge, {}).get(kind, 0)
            count = now.get(badge, {}).get(kind, 0)
            if abs(count - before) > max(ABSOLUTE, tolerance * before):
                lines.append(f"{badge}: {count:,} {kind}, approved were {before:,}")
    return lines


def digest(tx: Transaction, replay: Replay) -> str:
    """Equal if and only if the same awards differ alike. Reads all of the diff."""
    digest_ = hashlib.sha256()
    for kind in (Kind.ADDED, Kind.LOST, Kind.MOVED):
        for difference in differences.of_kind(tx, replay, kind):
            award = difference.award
            until = f" {award.valid_until}" if award.valid_until is not None else ""
            digest_.update(f"{kind} {award.id} {award.time}{until}\n".encode())
    return digest_.hexdigest()
