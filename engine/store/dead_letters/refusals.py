"""Why records were refused, for those who may not see what is in them: the view `refusals`."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.intake.refusal import Reason
from engine.store.postgres.connection import Transaction


class RecordPlace(NamedTuple):
    """Where a record lies in Kafka."""

    topic: str
    partition: int
    offset: int


def reasons(tx: Transaction, places: Sequence[RecordPlace]) -> dict[RecordPlace, Reason]:
    """Why the records at these places were refused; without those that were not."""
    if not places:
        return {}
    rows = tx.rows(
        'SELECT r.topic, r.partition, r."offset", r.reason FROM refusals r '
        "JOIN unnest(%b::text[], %b::int[], %b::bigint[]) k (topic, partition, position) "
        'ON (r.topic, r.partition, r."offset") = (k.topic, k.partition, k.position)',
        [place.topic for place in places],
        [place.partition for place in places],
        [place.offset for place in places],
    )
    return {
        RecordPlace(topic, partition, offset): reason for topic, partition, offset, reason in rows
    }
