"""Records given to the engine as a worker gives them, without Kafka between."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from engine.catalog import loader
from engine.handlers import batch_transaction
from engine.handlers.batch import Batch, Record
from engine.handlers.policy import IntakePolicy
from engine.handlers.steps.triage import Triage
from engine.store.cursors import cursors
from engine.store.generations import live
from engine.store.generations.live import Generations
from engine.store.postgres import schema
from engine.store.postgres.connection import transaction
from events.schemas.registry import TopicKind
from tests.support.notes import MASTER

TOPIC = "mentoring.activity"
NOW = datetime(2026, 7, 1, tzinfo=UTC)
TERMS = IntakePolicy(clock=lambda: NOW, notes_key=MASTER)


def migrate(engine: Engine, catalog: str = "mentorloop") -> None:
    """The schema, and the catalog that programs start under; no topics."""
    schema.migrate(engine)
    with transaction(engine) as tx:
        live.start(tx, loader.find(catalog))


def tell(
    engine: Engine, *records: bytes, partition: int = 0, terms: IntakePolicy = TERMS
) -> Triage:
    """Take records in as the next batch of a partition."""
    return tell_all(engine, records, partition, terms)


def tell_all(
    engine: Engine,
    records: Iterable[bytes],
    partition: int = 0,
    terms: IntakePolicy = TERMS,
    on: TopicKind = "activity",
) -> Triage:
    """Take any number of records in as one batch, as if from a topic of a kind."""
    with transaction(engine) as tx:
        cursors.start(tx, TOPIC, partition, 0)
        start = cursors.read(tx, TOPIC)[partition].next_offset
        told = [Record(start + n, b"loop", value) for n, value in enumerate(records)]
        batch = Batch(TOPIC, partition, start, start + len(told), told, on)
        done = batch_transaction.process_batches(tx, Generations(), [batch], terms)
        return done.sorted[0]
