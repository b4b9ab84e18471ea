"""The policies that a program went by: which, since when, who adopted each and why; and every
version of its rubrics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy, Rubric
from engine.queries.snapshot import Snapshot
from engine.store import policies
from events.instants import Instant, parse_instant


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A policy that was adopted for the catalog of a program. `adopted_at`, `by` and `reason` are
    None of the one that the catalog began with."""

    digest: str
    adopted_at: Instant | None = None
    by: str | None = None
    reason: str | None = None


def versions(snapshot: Snapshot, catalog: Catalog, current: Policy) -> list[PolicyVersion]:
    """Those of a catalog, first to last; the last is in force. `current`: what it goes by. One
    statement."""
    adopted = [
        entry
        for entry in policies.adoptions(snapshot.tx)
        if entry.details.get("catalog") == catalog.digest
    ]
    known = [
        PolicyVersion(str(entry.details["policy"]), parse_instant(entry.at), entry.by, entry.reason)
        for entry in adopted
    ]
    began = adopted[0].details.get("before") if adopted else (current and current.digest)
    return [PolicyVersion(str(began)), *known] if began else known


def of_digests(snapshot: Snapshot, digests: Sequence[str]) -> dict[str, Policy]:
    """Policies by digest, as far as they were stored. Raises PolicyAltered."""
    return policies.by_digests(snapshot.tx, digests)


def rubrics(snapshot: Snapshot, catalog: Catalog, current: Policy) -> list[Rubric]:
    """Every version of the rubrics of a catalog: by name in the order of the policy in force, names
    that it has no longer after them; the latest version first.

    Raises:
        PolicyAltered
    """
    digests = [each.digest for each in versions(snapshot, catalog, current)]
    known = of_digests(snapshot, digests) if len(set(digests)) > 1 else {}
    earlier = [known[one] for one in reversed(digests) if one in known]
    return list(_latest_first([current, *earlier]))


def _latest_first(under: Sequence[Policy]) -> Iterator[Rubric]:
    by_key = {rubric.key: rubric for policy in under for rubric in policy.rubrics}
    names = dict.fromkeys(rubric.name for policy in under for rubric in policy.rubrics)
    for name in names:
        of_name = [rubric for rubric in by_key.values() if rubric.name == name]
        yield from sorted(of_name, key=lambda rubric: -rubric.version)
