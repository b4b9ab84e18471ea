"""What a committee may be asked to decide: the badges of stages, and the waivers that they count.

A waiver is a case that a measure or an indicator counts decisions of, without being a stage.
"""

from collections.abc import Mapping
from typing import NamedTuple

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy, Stage
from engine.rules.conditions.field_value import FieldValue
from events.schemas.decision_recorded import DecisionRecorded
from governance.rules.seats import DEFAULT_APPROVERS


class CommitteeMatter(NamedTuple):
    """Something to be decided. `stage` is None of a waiver; `approvers`: how many sign the same."""

    name: str
    stage: Stage | None
    approvers: int


def matters(catalog: Catalog, policy: Policy) -> Mapping[str, CommitteeMatter]:
    """What may be asked under a policy, by the name that decisions give it: stages in ascending
    order, then waivers by name."""
    known = {
        stage.badge: CommitteeMatter(stage.badge, stage, stage.approvers)
        for stage in policy.stages
        if stage.given is not None
    }
    several = approvers(policy)
    for name in sorted(_counted(catalog, policy)):
        known.setdefault(name, CommitteeMatter(name, None, several))
    stages = {stage.badge for stage in policy.stages}
    return {name: each for name, each in known.items() if each.stage or name not in stages}


def approvers(policy: Policy) -> int:
    """How many members sign the same of what is no stage."""
    committee = policy.governance.get("committee", {})
    number: int = committee.get("approvers", DEFAULT_APPROVERS)
    return number


def quorum(policy: Policy) -> int:
    """How many members must be able to sit for the bench not to be asked."""
    number: int = policy.governance.get("committee", {}).get("quorum", 0)
    return number


def _counted(catalog: Catalog, policy: Policy) -> set[str]:
    """The cases whose decisions are counted by name."""
    return {
        case
        for each in (*catalog.measures, *policy.indicators)
        if each.event == DecisionRecorded.TYPE
        for condition in each.where
        if isinstance(condition, FieldValue)
        and condition.field == "case"
        and condition.test in ("equals", "one_of")
        for case in condition.wanted
        if isinstance(case, str)
    }
