"""The awards that decisions of a committee gave and that have not ended: one for each decision."""

from typing import NamedTuple

from engine.catalog.policy import Policy
from engine.queries.snapshot import Snapshot
from engine.store.awards import standing
from events.instants import Instant
from events.schemas.decision_recorded import DecisionRecorded


class TermInForce(NamedTuple):
    """An award of a stage's badge. `decision_id`: of the fact that it is."""

    participant: str
    badge: str
    decision_id: str
    since: Instant
    until: Instant | None


def of_program(snapshot: Snapshot, program: str, policy: Policy, at: Instant) -> list[TermInForce]:
    """Those of the stages of a policy that are decided, by participant and time. An award that is
    kept by an operator's decision has no decision of the committee behind it, and is left out.

    Raises:
        CatalogAltered
    """
    known = snapshot.generation_for(program).catalog.badge
    decided = [
        stage.badge
        for stage in policy.stages
        if (badge := known.get(stage.badge)) is not None
        and badge.repeatable is not None
        and badge.repeatable.event == DecisionRecorded.TYPE
    ]
    return [
        TermInForce(award.recipient, award.badge, award.occurrence, award.time, award.valid_until)
        for award in standing.of_badges(snapshot.tx, program, decided)
        if not award.decided and (award.valid_until is None or at < award.valid_until)
    ]
