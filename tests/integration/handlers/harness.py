"""A harness: a database with the engine's schema, where batches are taken in one after the other.

The clock stands at 1 June 2026, as for the made-up histories.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from engine.catalog.model import Catalog
from engine.handlers.batch import Batch, Record
from engine.handlers.batch_transaction import process_batches
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.isolate import BatchProcessor
from engine.handlers.steps.triage import Triage
from engine.store.awards import awards, outbox
from engine.store.awards.awards import Announced
from engine.store.awards.outbox import OutboxMessage
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.generations.live import Generations, start
from engine.store.postgres import schema
from engine.store.postgres.connection import LOOKUPS_ONLY, Transaction, connect, transaction
from events.schemas.registry import topic_kind_of
from tests.integration.handlers.published import PublishedMessages, heard
from tests.support.given import MENTORLOOP
from tests.support.notes import MASTER, opened
from tests.verification.oracle.histories import NOW

TOPIC = "mentoring.activity"
GOVERNANCE_TOPIC = "mentoring.governance"
TERMS = IntakePolicy(clock=lambda: NOW, notes_key=MASTER)


class Harness:
    """Takes batches in, and shows everything that came of it."""

    def __init__(self, url: str, catalog: Catalog = MENTORLOOP, partitions: int = 4) -> None:
        self.url = url
        self.catalog = catalog
        self.partitions = partitions
        self.engine = connect(url, "test", LOOKUPS_ONLY)
        self.generations = Generations()
        schema.migrate(self.engine)
        self._begin()

    def _begin(self) -> None:
        with self.transaction() as tx:
            start(tx, self.catalog)
            for partition in range(self.partitions):
                cursors.start(tx, TOPIC, partition, 0)
        self._next = dict.fromkeys(range(self.partitions), 0)
        self._next_of_governance: int | None = None

    def clear(self) -> None:
        """Forget every record taken in."""
        with self.transaction() as tx:
            tx.execute("ALTER TABLE audit_log DISABLE TRIGGER append_only_whole")
            tx.execute(
                "TRUNCATE cursors, ledger, messages, note_keys, programs, measures, people, "
                "participation, awards, restatements, outbox, dead_letters, audit_log"
            )
            tx.execute("ALTER TABLE audit_log ENABLE TRIGGER append_only_whole")
        self._begin()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction of one's own."""
        with transaction(self.engine) as tx:
            yield tx

    def batch(self, *values: bytes | None, partition: int = 0, holes: Sequence[int] = ()) -> Batch:
        """The next batch of a partition: these values. `holes`: positions before which an offset
        is missing."""
        begin = offset = self._next[partition]
        records: list[Record] = []
        for position, value in enumerate(values):
            offset += position in holes
            records.append(Record(offset, b"key", value))
            offset += 1
        self._next[partition] = offset
        return Batch(TOPIC, partition, begin, offset, records)

    def rewind(self, partition: int, offset: int) -> None:
        """Let the next batch of a partition begin at an offset."""
        self._next[partition] = offset

    def take(self, batch: Batch, terms: IntakePolicy = TERMS) -> Triage:
        """Take a batch in: one transaction, no second try."""
        with self.transaction() as tx:
            return process_batches(tx, self.generations, [batch], terms).sorted[0]

    def tell(
        self, *values: bytes | None, partition: int = 0, terms: IntakePolicy = TERMS
    ) -> Triage:
        """Take values in as one batch."""
        return self.take(self.batch(*values, partition=partition), terms)

    def tell_by_topic(
        self, *values: bytes, partition: int = 0, terms: IntakePolicy = TERMS
    ) -> None:
        """Take events in, each on the topic of its type: a batch of each topic, in one transaction.
        Governance has one partition here."""
        kinds = [topic_kind_of(event["type"], event["data"]) for event in map(json.loads, values)]
        shared = zip(values, kinds, strict=True)
        decided = [value for value, kind in shared if kind == "governance"]
        with self.transaction() as tx:
            batches = [self.batch(*(v for v in values if v not in decided), partition=partition)]
            if decided:
                batches.append(self._of_governance(tx, decided))
            process_batches(tx, self.generations, batches, terms)

    def _of_governance(self, tx: Transaction, values: Sequence[bytes]) -> Batch:
        begin = self._next_of_governance
        if begin is None:
            begin = 0
            cursors.start(tx, GOVERNANCE_TOPIC, 0, begin)
        records = [Record(offset, b"key", value) for offset, value in enumerate(values, begin)]
        self._next_of_governance = begin + len(records)
        return Batch(GOVERNANCE_TOPIC, 0, begin, self._next_of_governance, records, on="governance")

    def tell_each(self, *values: bytes) -> None:
        """Take every value in as a batch of its own."""
        for value in values:
            self.tell(value)

    def taking(self) -> BatchProcessor:
        """A worker's way of taking batches in, races included. One per thread."""
        return BatchProcessor(self.engine, TERMS)

    def hear(self) -> list[PublishedMessages]:
        """What the relay would publish about awards since this was asked last."""
        return [heard(message) for message in self.messages() if message.topic == "awards"]

    def messages(self) -> list[OutboxMessage]:
        """Everything the relay would publish since this was asked last."""
        found: list[OutboxMessage] = []
        with self.transaction() as tx:
            for topic in outbox.TOPICS:
                while parcels := outbox.oldest(tx, topic, 1 << 20):
                    found.extend(message for parcel in parcels for message in parcel.messages)
                    outbox.delete(tx, topic, [parcel.id for parcel in parcels])
        return found

    def said(self) -> list[str]:
        """The same in a few words."""
        return [message.what for message in self.hear()]

    def standing(self) -> dict[str, Announced]:
        """Standing awards by id."""
        with self.transaction() as tx:
            return {item.award.id: item for item in awards.standing(tx)}

    def held(self, participant: str, loop: str | None = "loop") -> set[str]:
        """What stands for a participant in a loop (None: the program), as "badge occurrence"."""
        return {
            f"{item.award.badge} {item.award.occurrence}".strip()
            for item in self.standing().values()
            if (item.award.recipient, item.award.loop) == (participant, loop)
        }

    def award(self, participant: str, badge: str, occurrence: str = "") -> Announced:
        """One standing award. Raises ValueError unless there is exactly one."""
        wanted = (participant, badge, occurrence)
        (found,) = (
            item
            for item in self.standing().values()
            if (item.award.recipient, item.award.badge, item.award.occurrence) == wanted
        )
        return found

    def cursors(self) -> dict[int, Cursor]:
        """The cursors by partition."""
        with self.transaction() as tx:
            return cursors.read(tx, TOPIC)

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self.transaction() as tx:
            return tx.rows(query, *parameters)

    def notes(self) -> list[str]:
        """The private notes that are stored, opened."""
        with self.transaction() as tx:
            return opened(tx)

    def dump(self) -> dict[str, list[str]]:
        """The whole database: every row of every table as text, sorted; notes opened, and whose
        the keys are, since what is sealed is never the same twice."""
        tables = self.rows(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind = 'r' ORDER BY relname"
        )
        dumped = {
            name: sorted(row[0] for row in self.rows(f"SELECT t::text FROM {name} t"))
            for (name,) in tables
        }
        owners = self.rows("SELECT program || ' ' || participant FROM note_keys")
        return dumped | {
            "messages": self.notes(),
            "note_keys": sorted(owner for (owner,) in owners),
        }
