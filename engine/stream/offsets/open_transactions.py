"""Records that wait behind a publisher's open transaction: where, how many, since when and whose.

A reader of committed records stops where the oldest open transaction of a partition began. A
publisher that died without ending its transaction holds up everybody behind it until the broker
aborts it: within `transaction.timeout.ms`, which a publisher chooses, or never (a hanging one).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kafka import KafkaAdminClient, TopicPartition
from kafka.errors import KafkaError

from engine.queries.status import BehindOpenTransaction, TopicOffsets
from engine.settings import Settings
from engine.stream.offsets import topics
from engine.stream.offsets.topics import Range


@dataclass(frozen=True, slots=True)
class OpenTransaction:
    """The oldest open transaction of a partition, as far as the broker reports.

    `transactional_id` is None, and `since` too, where its coordinator knows nothing of it: then it
    hangs, and only an operator can end it.
    """

    producer_id: int
    transactional_id: str | None
    since: datetime | None


class OpenTransactions:
    """Remembers when each was first noticed, for brokers that cannot say since when it is open."""

    def __init__(self) -> None:
        # By topic, partition and where it began.
        self._noticed: dict[tuple[str, int, int], datetime] = {}

    def offsets(self, settings: Settings, topic: str) -> TopicOffsets:
        """What the broker has of a topic now.

        Raises:
            BrokerUnreachable, TopicMissing
        """
        ranges = topics.ranges(settings, topic)
        return TopicOffsets(ranges, self.waiting(settings, topic, ranges))

    def waiting(
        self, settings: Settings, topic: str, ranges: Mapping[int, Range]
    ) -> dict[int, BehindOpenTransaction]:
        """What waits, by partition; those where nothing does are absent. Costs nothing then."""
        blocked = {
            number: there for number, there in ranges.items() if there.stable_end < there.end
        }
        began = {(topic, number, there.stable_end) for number, there in blocked.items()}
        now = datetime.now(UTC)
        others = {key: at for key, at in self._noticed.items() if key[0] != topic}
        self._noticed = others | {key: self._noticed.get(key, now) for key in began}
        if not blocked:
            return {}
        owners = described(settings, topic, blocked)
        waiting = {}
        for number, there in blocked.items():
            owner = owners.get(number)
            since = owner.since if owner is not None else None
            waiting[number] = BehindOpenTransaction(
                there.end - there.stable_end,
                since or self._noticed[topic, number, there.stable_end],
                there.stable_end,
                owner.producer_id if owner is not None else None,
                owner.transactional_id if owner is not None else None,
            )
        return waiting


def described(
    settings: Settings, topic: str, ranges: Mapping[int, Range]
) -> dict[int, OpenTransaction]:
    """Whose the open transactions are that partitions end before. Absent where the broker cannot
    report it (before Kafka 3.0), or may not (rights).

    Raises:
        BrokerUnreachable: no answer.
    """
    owners = {}
    with topics.admin(settings) as client:
        for number, there in ranges.items():
            try:
                owner = _owner(client, TopicPartition(topic, number), there.stable_end)
            except KafkaError:
                continue
            if owner is not None:
                owners[number] = owner
    return owners


def _owner(client: KafkaAdminClient, tp: TopicPartition, start: int) -> OpenTransaction | None:
    for producer in client.describe_producers([tp])[tp].active_producers:
        if producer.current_transaction_start_offset == start:
            return _transaction(client, producer.producer_id)
    return None


def _transaction(client: KafkaAdminClient, producer_id: int) -> OpenTransaction:
    try:
        listed = client.list_transactions(producer_id_filters=[producer_id])
        for listing in (each for node in listed.values() for each in node):
            name = listing.transactional_id
            started = client.describe_transactions([name])[name].transaction_start_time_ms
            since = datetime.fromtimestamp(started / 1000, UTC) if started > 0 else None
            return OpenTransaction(producer_id, name, since)
    except KafkaError:
        pass
    return OpenTransaction(producer_id, None, None)
