"""What Kafka gets of a gift: one fact and perhaps its retraction, the same bytes at every try."""

from collections.abc import Mapping
from datetime import datetime

from engine.catalog.model import Catalog
from events.award_ids import gift_id, message_id, removal_id
from events.outgoing import OutgoingRecord, compose
from events.schemas.fact_retracted import FactRetracted
from events.schemas.kudos_given import KudosGiven
from web.store.gifts import Gift
from web.store.removals import Removal

SOURCE = "/badge-web"
REASON = "withdrawn"
REMOVED = "removed by a coordinator"


def ids(
    catalog: Catalog, program: str, loop: str, giver: str, recipient: str, kind: str, key: str
) -> tuple[str, str]:
    """The ids of a gift and of the award that it will be. They follow from the idempotency key, so
    that a retry is the same gift even if its row was lost."""
    kudos_id = gift_id(program, giver, key)
    return kudos_id, catalog.award_id(program, loop, recipient, kind, kudos_id)


def of_gift(gift: Gift) -> OutgoingRecord:
    """The fact that kudos were given.

    Raises:
        InvalidData: the engine would refuse it.
    """
    data = {
        "giver_id": gift.giver,
        "recipient_id": gift.recipient,
        "kind": gift.kind,
        "sealed_message": gift.sealed,
    }
    return _record(gift, KudosGiven.TYPE, {"kudos_id": gift.kudos_id, **data}, 1, gift.at)


def retraction_of(gift: Gift) -> OutgoingRecord:
    """The fact that they were withdrawn. `withdrawn_at` of the gift is known."""
    assert gift.withdrawn_at is not None, "asked of what is withdrawn only"
    data = {"fact_type": KudosGiven.TYPE, "fact_id": gift.kudos_id, "reason": REASON}
    return _record(gift, FactRetracted.TYPE, data, 2, gift.withdrawn_at)


def retraction_of_removed(removal: Removal) -> OutgoingRecord:
    """The fact that a coordinator has removed kudos, also those that another system published."""
    placed = {"program_id": removal.program, "loop_id": removal.loop}
    data = {"fact_type": KudosGiven.TYPE, "fact_id": removal.kudos_id, "reason": REMOVED}
    event_id = removal_id(*removal[:3])
    return compose(
        FactRetracted.TYPE, {**placed, **data}, source=SOURCE, time=removal.at, event_id=event_id
    )


def _record(
    gift: Gift, type: str, data: Mapping[str, object], revision: int, at: datetime
) -> OutgoingRecord:
    placed = {"program_id": gift.program, "loop_id": gift.loop, **data}
    event_id = message_id(gift.kudos_id, revision)
    return compose(type, placed, source=SOURCE, time=at, event_id=event_id)
