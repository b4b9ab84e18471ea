"""What people declare of themselves for fairness reports: it is kept here, and is in no event."""

from collections.abc import Mapping, Sequence

from engine.catalog.policy import Policy
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.fairness.dimensions import declarable
from governance.store import fairness


def offered(policy: Policy) -> Mapping[str, Sequence[str]]:
    """What may be declared under a policy, by dimension: its groups."""
    return declarable(policy.governance.get("fairness", {}))


def declare(
    sitting: Sitting, program: str, participant: str, groups: Mapping[str, str | None]
) -> None:
    """Declare a group of each of these dimensions, or None: none any more. No log says what.

    Raises:
        CaseRefused: not-allowed, as the policy offers no such group.
        CatalogAltered, PolicyAltered
    """
    known = offered(rules_in_force.in_force(sitting, program).policy)
    for dimension, group in groups.items():
        if dimension not in known or (group is not None and group not in known[dimension]):
            raise CaseRefused("not-allowed", "There is no such group to declare.")
    for dimension, group in sorted(groups.items()):
        fairness.declare(sitting.tx, program, participant, dimension, group, sitting.now)
