"""By what a program is governed now: its catalog, and the policy adopted for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy
from engine.rules.calendar import Calendar
from engine.store import policies
from governance.committee import Sitting
from governance.rules import deadlines, matters, seats
from governance.rules.deadlines import Deadlines
from governance.rules.matters import CommitteeMatter
from governance.store.cases import Case
from governance.store.packs import Pack


@dataclass(frozen=True, slots=True)
class CommitteeRules:
    """What holds for the cases of a program."""

    catalog: Catalog
    policy: Policy
    deadlines: Deadlines

    @property
    def calendar(self) -> Calendar:
        """What a day is to the program."""
        return self.catalog.calendar

    @property
    def quorum(self) -> int:
        """How many members must be able to sit for the bench not to be asked."""
        return matters.quorum(self.policy)

    def matters(self) -> Mapping[str, CommitteeMatter]:
        """What may be applied for."""
        return matters.matters(self.catalog, self.policy)

    def over(self, case: Case, now: datetime) -> bool:
        """Whether the last day of the step that a case is in has passed."""
        return deadlines.is_over(self.calendar, case.due_on, now)


def in_force(sitting: Sitting, program: str) -> CommitteeRules:
    """The rules of a program.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation = sitting.engine.generation_for(program)
    policy = policies.current(sitting.engine.tx, generation.catalog_id)
    return CommitteeRules(generation.catalog, policy, Deadlines.of(policy.governance))


def approvers(sitting: Sitting, rules: CommitteeRules, case: Case, pack: Pack | None) -> int:
    """How many members must sign the same in a case: what the policy of its pack says of the
    stage."""
    if pack is None or pack.policy == rules.policy.digest:
        return approvers_under(rules, None, case)
    return approvers_under(rules, policies.by_digest(sitting.engine.tx, pack.policy), case)


def approvers_under(rules: CommitteeRules, policy: Policy | None, case: Case) -> int:
    """The same under a policy; None: the one in force."""
    policy = policy or rules.policy
    if case.kind == "appeal":
        return seats.APPEAL_SIGNATURES
    if case.kind == "withdrawal":
        return matters.approvers(policy)
    matter = matters.matters(rules.catalog, policy).get(case.about)
    return matter.approvers if matter is not None else matters.approvers(policy)
