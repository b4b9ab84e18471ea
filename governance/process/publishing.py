"""What cases decided goes to Kafka: rows first, oldest first, marked once confirmed.

No transaction is open while Kafka is asked, so nobody waits for it but this. A round that ends
anywhere is done again with the same bytes; the engine counts a fact once.
"""

from typing import Protocol

from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from governance.committee import Committee
from governance.store import outbox

_MOST = 200


class CommitteePublisher(Protocol):
    """What is asked of a `Publisher`."""

    def send(self, record: OutgoingRecord) -> None: ...
    def flush(self) -> None: ...
    def confirmed(self, event_id: str) -> Confirmed | None: ...


def publish(committee: Committee, publisher: CommitteePublisher) -> int:
    """Publish what waits; gives how many records.

    Raises:
        DeliveryError: Kafka did not confirm all of it; what it did confirm is marked.
        DatabaseUnreachable
    """
    with committee.sitting() as sitting:
        waiting = outbox.waiting(sitting.tx, _MOST)
    if not waiting:
        return 0
    failure: DeliveryError | None = None
    try:
        for each in waiting:
            fact = each.fact
            publisher.send(OutgoingRecord(fact.event_id, fact.key, fact.value, "governance"))
        publisher.flush()
    except DeliveryError as error:
        failure = error
    with committee.sitting() as sitting:
        for each in waiting:
            at = publisher.confirmed(each.fact.event_id)
            if at is not None:
                outbox.mark_published(sitting.tx, each.id, at.partition, at.offset, sitting.now)
    if failure is not None:
        raise failure
    return len(waiting)
