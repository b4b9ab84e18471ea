"""One round of dispatching: what is due is published, and what Kafka confirmed is kept.

A gift is claimed, in a transaction of its own, before Kafka first hears of it: who then wants
to undo it can only withdraw it. No transaction is open while Kafka is asked, so nobody waits for
Kafka but this. A round that ends anywhere is done again when its lease is over, with the same
bytes; the engine counts a fact once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from engine.observability import logger
from engine.store.postgres.connection import transaction
from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from events.schemas.registry import InvalidData
from web import metrics
from web.kudos import facts
from web.kudos.gift_clock import CLOCK
from web.store import gifts, removals
from web.store.gifts import Gift, SentAt
from web.views.gifts import fates_of
from web.views.moment import Readings

log = logger(__name__)

LEASE = timedelta(seconds=5)
"""For how long a round has what it claimed to itself. Longer than Kafka is waited for."""
LOOK_AGAIN = timedelta(seconds=1)
"""How often it is looked whether what is to be withdrawn was awarded."""
_MOST = 200


class FactPublisher(Protocol):
    """What is asked of a `Publisher`."""

    def send(self, record: OutgoingRecord) -> None: ...
    def flush(self) -> None: ...
    def confirmed(self, event_id: str) -> Confirmed | None: ...


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Made once a process. `topic`: where facts are published."""

    people: Engine
    readings: Readings
    clock: Callable[[], datetime]
    topic: str

    def next_due(self) -> datetime | None:
        """When a round is worth while; None if nothing waits."""
        with transaction(self.people) as tx:
            due = (gifts.next_due(tx), removals.next_due(tx))
        return min((one for one in due if one is not None), default=None)

    def round(self, publisher: FactPublisher) -> int:
        """Publish what is due; gives how much was due.

        Raises:
            DeliveryError: Kafka did not confirm all of it; what it did confirm is kept.
            DatabaseUnreachable
        """
        now = self.clock()
        with transaction(self.people) as tx:
            due = gifts.claim(tx, now, now + LEASE, _MOST)
        if due:
            self._publish_facts(publisher, [gift for gift in due if gift.sent is None])
            self._publish_retractions(publisher, [gift for gift in due if gift.sent is not None])
        return len(due) + self._publish_removals(publisher, now)

    def tidy(self) -> int:
        """Forget what is long settled; gives how many gifts."""
        with transaction(self.people) as tx:
            return gifts.tidy(tx, self.clock())

    def _publish_facts(self, publisher: FactPublisher, due: Sequence[Gift]) -> None:
        records = self._composed(due)
        now = self.clock()
        for gift in due:
            CLOCK.expect(gift.award_id, gift.send_after, now)
        failure = _send(publisher, list(records.values()))
        sent = [
            (name, SentAt(at.partition, at.offset))
            for name, record in records.items()
            if (at := publisher.confirmed(record.event_id)) is not None
        ]
        if sent:
            with transaction(self.people) as tx:
                gifts.acknowledge(tx, sent, self.clock())
            due_at = {gift.kudos_id: gift.send_after for gift in due}
            for name, _ in sent:
                seconds = (self.clock() - due_at[name]).total_seconds()
                metrics.GIFT_SECONDS.labels("sent").observe(max(0.0, seconds))
        if failure is not None:
            raise failure

    def _composed(self, due: Sequence[Gift]) -> dict[str, OutgoingRecord]:
        """The records of gifts, by kudos id. One that the rules no longer allow is settled: it
        must not hold up the others."""
        records, broken = {}, []
        for gift in due:
            try:
                records[gift.kudos_id] = facts.of_gift(gift)
            except InvalidData:
                broken.append(gift.kudos_id)
        if broken:
            log.error("kudos that cannot be published", kudos=broken)
            with transaction(self.people) as tx:
                gifts.settle(tx, broken, "refused", self.clock())
        return records

    def _publish_retractions(self, publisher: FactPublisher, due: Sequence[Gift]) -> None:
        """Of what is awarded. What is not yet is looked at again."""
        if not due:
            return
        with self.readings.moment() as moment:
            fates = fates_of(moment, due, self.topic)
        by_fate: dict[str, list[Gift]] = {"waiting": [], "refused": [], "awarded": []}
        for gift in due:
            fate = fates[gift.award_id].fate
            by_fate["awarded" if fate == "revoked" else fate].append(gift)
        records = {gift.kudos_id: facts.retraction_of(gift) for gift in by_fate["awarded"]}
        failure = _send(publisher, list(records.values()))
        done = [name for name, record in records.items() if publisher.confirmed(record.event_id)]
        with transaction(self.people) as tx:
            now = self.clock()
            gifts.settle(tx, done, "withdrawn", now)
            gifts.settle(tx, [gift.kudos_id for gift in by_fate["refused"]], "refused", now)
            waiting = [gift.kudos_id for gift in by_fate["waiting"]]
            gifts.look_again(tx, waiting, now + LOOK_AGAIN)
        if failure is not None:
            raise failure

    def _publish_removals(self, publisher: FactPublisher, now: datetime) -> int:
        """The retractions of what coordinators have removed."""
        with transaction(self.people) as tx:
            due = removals.claim(tx, now, now + LEASE, _MOST)
        records = {removal: facts.retraction_of_removed(removal) for removal in due}
        failure = _send(publisher, list(records.values()))
        done = [one for one, record in records.items() if publisher.confirmed(record.event_id)]
        if done:
            with transaction(self.people) as tx:
                removals.done(tx, done)
        if failure is not None:
            raise failure
        return len(due)


def _send(publisher: FactPublisher, records: Sequence[OutgoingRecord]) -> DeliveryError | None:
    """What Kafka did not confirm, if there is something."""
    if not records:
        return None
    try:
        for record in records:
            publisher.send(record)
        publisher.flush()
    except DeliveryError as failure:
        return failure
    return None
