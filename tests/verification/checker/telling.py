"""For the tests of the checker: histories processed as several partitions would deliver them."""

import json
import zlib
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from engine.handlers.batch import Batch
from engine.handlers.policy import IntakePolicy
from engine.handlers.redrive import Redriven, redrive
from tests.integration.handlers.harness import Harness
from tests.support.notes import MASTER
from tests.verification.checker.collect import collect_desk, published
from tests.verification.checker.commands import Export
from tests.verification.checker.seen import Observations, PublishedRecord
from tests.verification.oracle.histories import NOW

_LATER = NOW + timedelta(days=3_000)


def tell(harness: Harness, lines: Sequence[bytes], random: Random) -> list[PublishedRecord]:
    """Process lines in batches of 1 to 12, a loop's in one partition; the last third after
    a partition was added, so that some loops are told in two. Gives the records."""
    records: list[PublishedRecord] = []
    waiting: dict[int, list[bytes]] = {n: [] for n in range(harness.partitions)}
    for number, line in enumerate(lines):
        partitions = harness.partitions - (number < len(lines) * 2 // 3)
        partition = zlib.crc32(_key(line)) % partitions
        waiting[partition].append(line)
        if len(waiting[partition]) >= random.randint(1, 12):
            records += _told(harness, partition, waiting[partition], random)
    for partition, left in waiting.items():
        records += _told(harness, partition, left, random)
    return records


def redrive_future(harness: Harness) -> None:
    """Redrive every record that was refused as `future`, years later."""
    numbers = harness.rows("SELECT id FROM dead_letters WHERE reason = 'future' ORDER BY id")
    policy = IntakePolicy(clock=lambda: _LATER, notes_key=MASTER)
    redrive(harness.engine, [number for (number,) in numbers], policy, Redriven())


def seen_at(
    harness: Harness, records: Sequence[PublishedRecord], random: Random | None, export: Export
) -> Observations:
    """What there is to see at a harness, its messages published by a relay that crashed now and
    then: it has repeated some of them, unless `random` is None."""
    said = harness.messages()
    awards = [(message.key, message.value) for message in said if message.topic == "awards"]
    signals = [(None, message.value) for message in said if message.topic != "awards"]
    return collect_desk(
        harness.url,
        records,
        published(_repeated(awards, random)),
        published(_repeated(signals, random), b"application/json"),
        NOW,
        export=export,
    )


def seen_of(harness: Harness, *batches: Batch, export: Export) -> Observations:
    """What there is to see when these batches were taken in, one after the other."""
    for batch in batches:
        harness.take(batch)
    told = [(batch.partition, record) for batch in batches for record in batch.records]
    records = [PublishedRecord(partition, r.offset, r.key, r.value) for partition, r in told]
    return seen_at(harness, records, None, export)


def _key(line: bytes) -> bytes:
    try:
        return str(json.loads(line)["data"]["loop_id"]).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        return line[:40]


def _told(
    harness: Harness, partition: int, lines: list[bytes], random: Random
) -> list[PublishedRecord]:
    holes = [n for n in range(len(lines)) if random.random() < 0.02]
    batch = harness.batch(*lines, partition=partition, holes=holes)
    lines.clear()
    if batch.end > batch.start:
        harness.take(batch)
    return [PublishedRecord(partition, r.offset, r.key, r.value) for r in batch.records]


def _repeated(
    messages: Sequence[tuple[bytes | None, bytes]], random: Random | None
) -> list[tuple[bytes | None, bytes]]:
    told: list[tuple[bytes | None, bytes]] = []
    for number, message in enumerate(messages):
        told.append(message)
        if random is not None and random.random() < 0.02:
            told += messages[max(0, number - 5) : number + 1]
    return told
