"""What became of facts that somebody published: awarded, refused, or not yet anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.intake.refusal import Reason
from engine.queries.snapshot import Snapshot
from engine.store.awards import standing
from engine.store.dead_letters import refusals
from engine.store.dead_letters.refusals import RecordPlace

Fate = Literal["waiting", "awarded", "revoked", "refused"]


@dataclass(frozen=True, slots=True)
class PublishedKudos:
    """Kudos in Kafka: the award that they make, and the topic, partition and offset of their
    record; None: unknown."""

    award_id: str
    record: tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class KudosFate:
    """What became of them. `reason`: of a refusal."""

    fate: Fate
    reason: Reason | None = None


def read(snapshot: Snapshot, published: Sequence[PublishedKudos]) -> dict[str, KudosFate]:
    """What became of each, by award id. A record that was refused and later made good is
    awarded."""
    stand = standing.which_stand(snapshot.tx, (one.award_id for one in published))
    waiting = [one for one in published if one.award_id not in stand]
    refused = refusals.reasons(
        snapshot.tx, [RecordPlace(*at) for one in waiting if (at := one.record)]
    )
    fates = {name: KudosFate("awarded" if is_so else "revoked") for name, is_so in stand.items()}
    for one in waiting:
        reason = refused.get(RecordPlace(*one.record)) if one.record else None
        fates[one.award_id] = KudosFate("refused" if reason else "waiting", reason)
    return fates
