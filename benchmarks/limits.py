"""What the worker cannot be faster than: each thing that the worker must do, done alone.

All give events, or facts, a second, of one process.
"""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from confluent_kafka import Consumer, TopicPartition
from sqlalchemy import Engine

from benchmarks.history import Record
from engine.catalog.model import Catalog
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, parse_record
from engine.projections import cold
from engine.settings import Settings
from engine.store.facts import ledger
from engine.store.facts.ledger import LedgerEntry
from engine.store.postgres.connection import Transaction, transaction

BATCH = 5_000  # facts of one commit


def raw_consume(loaded: Settings, events: int) -> float:
    """How fast records leave Kafka when nothing is done with them."""
    consumer = Consumer({"bootstrap.servers": loaded.bootstrap, "group.id": "raw"})
    consumer.assign([TopicPartition(loaded.activity_topic, p, 0) for p in range(loaded.partitions)])
    seen, began = 0, None
    while seen < events:
        seen += len(consumer.consume(10_000, 0.2))
        began = began or time.perf_counter()
    took = time.perf_counter() - (began or 0.0)
    consumer.close()
    return events / took


def json_only(records: Sequence[Record]) -> float:
    """How fast values become dictionaries, and nothing is checked."""
    decode = msgspec.json.Decoder().decode
    return _rate(len(records), lambda: [decode(value) for _, value in records])


def reading(records: Sequence[Record]) -> float:
    """How fast values are read and checked by the engine's rules."""
    return _rate(len(records), lambda: [parse_record(value) for _, value in records])


def folding(catalog: Catalog, parsed: Sequence[ParsedFact]) -> float:
    """How fast facts in memory become measures and awards, with dates and evidence."""
    facts = [item.fact for item in parsed]
    return _rate(len(facts), lambda: cold.fold(catalog, facts))


def facts_of(records: Sequence[Record]) -> list[ParsedFact]:
    """The facts of the records, each once."""
    facts: dict[Key, ParsedFact] = {}
    for _, value in records:
        reading_ = parse_record(value)
        if isinstance(reading_, ParsedFact):
            facts.setdefault(reading_.key, reading_)
    return list(facts.values())


def bare_insert(engine: Engine, parsed: Sequence[ParsedFact]) -> float:
    """How fast facts go into the ledger by COPY, a durable commit for each batch; nothing is looked
    up. The ledger is empty before and afterwards."""
    return _inserted(engine, _rows(parsed), ledger.append)


def deduplicating_insert(engine: Engine, records: Sequence[Record]) -> float:
    """The same, of what was published twice, too: what the ledger has is looked up first."""
    rows: list[LedgerEntry] = []
    for _, value in records:
        reading_ = parse_record(value)
        if isinstance(reading_, ParsedFact):
            rows.append(LedgerEntry(*reading_.key, 0, 0, reading_.content))

    def append_new(tx: Transaction, batch: Sequence[LedgerEntry]) -> None:
        first = {Key(row.place, row.fact): row for row in reversed(batch)}
        known = ledger.find(tx, first)
        ledger.append(tx, [row for key, row in first.items() if key not in known])

    return _inserted(engine, rows, append_new)


def _rows(parsed: Sequence[ParsedFact]) -> list[LedgerEntry]:
    return [LedgerEntry(*item.key, 0, 0, item.content) for item in parsed]


def _inserted(
    engine: Engine,
    rows: list[LedgerEntry],
    append: Callable[[Transaction, list[LedgerEntry]], None],
) -> float:
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        with transaction(engine) as tx:
            append(tx, rows[start : start + BATCH])
    took = time.perf_counter() - began
    with transaction(engine) as tx:
        tx.execute("TRUNCATE ledger")
    return len(rows) / took


def _rate(number: int, work: Callable[[], object]) -> float:
    with _without_garbage_collection():
        began = time.perf_counter()
        work()
        return number / (time.perf_counter() - began)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
