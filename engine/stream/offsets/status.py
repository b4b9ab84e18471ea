"""The status of the engine now: what the broker has, and what the database says of it."""

from sqlalchemy import Engine

from engine.queries import status
from engine.queries.status import Status
from engine.settings import Settings
from engine.store.postgres.connection import transaction
from engine.stream.offsets import topics
from engine.stream.offsets.open_transactions import OpenTransactions


def look(loaded: Settings, engine: Engine, transactions: OpenTransactions) -> Status:
    """The status now.

    Raises:
        BrokerUnreachable, TopicMissing, DatabaseUnreachable
    """
    topic = loaded.activity_topic
    ranges = topics.ranges(loaded, topic)
    behind = transactions.waiting(loaded, topic, ranges)
    with transaction(engine) as tx:
        return status.read(tx, topic, ranges, behind)
