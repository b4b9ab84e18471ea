"""The status of the engine now: what the broker has, and what the database says of it."""

from collections.abc import Iterable

from sqlalchemy import Engine

from engine.queries import status
from engine.queries.status import Status
from engine.settings import Settings
from engine.store.postgres.connection import transaction
from engine.stream.offsets.open_transactions import OpenTransactions


def look(
    loaded: Settings, engine: Engine, transactions: OpenTransactions, names: Iterable[str]
) -> Status:
    """The status now of topics that are read.

    Raises:
        BrokerUnreachable, TopicMissing, DatabaseUnreachable
    """
    there = {name: transactions.offsets(loaded, name) for name in names}
    with transaction(engine) as tx:
        return status.read(tx, there)
