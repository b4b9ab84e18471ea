"""Measures how fast awards become items on pages: through Kafka, beside a bare COPY of the rows.

A notifier's reader, a process of its own, reads awards that this one publishes; it is seen when the
last has its item. In turns with it the rows that it wrote are copied, in binary and in one
transaction, into tables with the same columns and indexes. Then awards come one at a time.
"""

import argparse
import multiprocessing
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from confluent_kafka import Producer
from pydantic import SecretStr
from sqlalchemy import Engine

from benchmarks import topics
from benchmarks.memory import of_process
from benchmarks.pace import percentile
from benchmarks.pages import page_figures
from benchmarks.pages.page_figures import Figures, PageFigure
from engine import settings
from engine.local import broker
from engine.local.embedded_postgres import embedded_postgres
from engine.settings import Settings
from engine.store.postgres import schema
from engine.store.postgres.connection import Row, connect, transaction
from events.award_ids import award_id, message_id
from events.envelope import Envelope, structured
from events.instants import from_datetime
from events.schemas.badge_awarded import BadgeAwarded
from notifier.migrations import CHAIN

TABLES = ("notices", "items", "deliveries")
PEOPLE, ONE_BY_ONE = 2_000, 50
_LOOK_SECONDS = 0.002
_PATIENCE_SECONDS = 120.0


def award(number: int) -> tuple[bytes, bytes]:
    """The key and the value of an award of now."""
    recipient, kudos = f"participant-{number % PEOPLE:06}", uuid.uuid4().hex
    now = from_datetime(datetime.now(UTC))
    loop = f"loop-{number % PEOPLE // 2:06}"
    data = {
        "award_id": award_id("program", loop, recipient, "trust", kudos),
        "revision": 1,
        "program_id": "program",
        "loop_id": loop,
        "recipient_id": recipient,
        "badge": "trust",
        "badge_name": "Trust",
        "category": "kudos",
        "level": None,
        "occurrence": kudos,
        "awarded_at": now,
        "total": 1,
        "giver_id": f"giver-{number % PEOPLE:06}",
        "catalog": {"name": "mentoring", "version": 1, "digest": "sha256:" + "0" * 64},
        "evidence": [{"type": "mentoring.kudos.given.v1", "id": kudos}],
    }
    body = BadgeAwarded.model_validate(data).body()
    id = message_id(str(data["award_id"]), 1)
    event = Envelope(id, "/badge-engine", BadgeAwarded.TYPE, now, body)
    return recipient.encode(), structured(event)


def read_awards(loaded: Settings) -> None:
    """The reader, in a process of its own: what it imports counts as its memory."""
    from notifier.intake.feed import feed
    from notifier.intake.topic import awards_topic
    from notifier.rules.telling import TellingOptions

    engine = connect(loaded.database, "badge-notifier-bench", {"jit": "off"})
    options = TellingOptions(email=True)
    feed(engine, awards_topic(loaded), options, lambda: datetime.now(UTC)).run()


@contextmanager
def reading(loaded: Settings, owner: Engine) -> Iterator[int]:
    """The process, once it reads; its id."""
    process = multiprocessing.get_context("spawn").Process(target=read_awards, args=(loaded,))
    process.start()
    try:
        wait_for(owner, 0)
        assert process.pid is not None
        yield process.pid
    finally:
        process.kill()
        process.join()


def wait_for(owner: Engine, records: int) -> None:
    """Return when so many records were read: their items commit together with the cursors."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with transaction(owner) as tx:
        while tx.one("SELECT sum(next_offset)::int FROM notify.cursors") != (records,):
            if time.monotonic() > deadline:
                raise RuntimeError(f"not {records} records were read")
            time.sleep(_LOOK_SECONDS)


def empty(owner: Engine) -> None:
    """Nothing in the tables."""
    names = ", ".join(f"{place}.{table}" for place in ("notify", "bare") for table in TABLES)
    with transaction(owner) as tx:
        tx.execute(f"TRUNCATE {names}")


def through_kafka(owner: Engine, producer: Producer, topic: str, before: int, awards: int) -> float:
    """Seconds from the first award published to the last item."""
    records = [award(number) for number in range(awards)]
    began = time.perf_counter()
    for key, value in records:
        producer.produce(topic, value, key)
        producer.poll(0)
    producer.flush()
    wait_for(owner, before + awards)
    return time.perf_counter() - began


def copied(owner: Engine) -> float:
    """Seconds for a bare COPY of the rows that the notifier wrote."""
    written: list[tuple[str, list[str], list[str], list[Row]]] = []
    with transaction(owner) as tx:
        for table in TABLES:
            columns = tx.rows(
                "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
                f"notify.{table}",
            )
            names, types = [name for name, _ in columns], [type for _, type in columns]
            shown = ", ".join(f"{name}::text" if type == "uuid" else name for name, type in columns)
            written.append((table, names, types, tx.rows(f"SELECT {shown} FROM notify.{table}")))
    began = time.perf_counter()
    with transaction(owner) as tx:
        tx.execute("SET LOCAL search_path = bare")
        for part in written:
            tx.copy(*part)
    return time.perf_counter() - began


def one_by_one(owner: Engine, producer: Producer, topic: str, before: int) -> list[float]:
    """Milliseconds from publishing an award to its item, sorted."""
    waited = []
    for number in range(ONE_BY_ONE):
        key, value = award(number)
        began = time.perf_counter()
        producer.produce(topic, value, key)
        producer.flush()
        wait_for(owner, before + number + 1)
        waited.append((time.perf_counter() - began) * 1000)
    return sorted(waited)


def measure(awards: int, rounds: int) -> Figures:
    """Rounds in turns, on parts of their own."""
    with ExitStack() as stack:
        kafka = stack.enter_context(broker(None))
        server = stack.enter_context(embedded_postgres())
        loaded = settings.load().model_copy(
            update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(server.url)}
        )
        topics.make(loaded, loaded.awards_topic)
        owner = connect(server.url, "badge-bench")
        stack.callback(owner.dispose)
        schema.migrate(owner, chain=CHAIN)
        with transaction(owner) as tx:
            tx.execute("CREATE SCHEMA bare")
            for table in TABLES:
                tx.execute(f"CREATE TABLE bare.{table} (LIKE notify.{table} INCLUDING ALL)")
        producer = Producer({"bootstrap.servers": kafka.bootstrap, "linger.ms": 0, "log_level": 0})
        pid = stack.enter_context(reading(loaded, owner))
        took, bare = [], []
        topic = loaded.awards_topic
        for number in range(rounds):
            empty(owner)
            took.append(through_kafka(owner, producer, topic, number * awards, awards))
            bare.append(copied(owner))
        waited = one_by_one(owner, producer, topic, rounds * awards)
        return {
            "awards_to_items_s": PageFigure(median(took), 10),
            "slowest_round_s": PageFigure(max(took), 10),
            "bare_copy_s": PageFigure(median(bare)),
            "copy_to_notifier": PageFigure(median(bare) / median(took), 0.5, more=True),
            "peak_mb": PageFigure(of_process(pid), 200),
            "one_award_p50_ms": PageFigure(percentile(waited, 0.5)),
            "one_award_p99_ms": PageFigure(percentile(waited, 0.99)),
        }


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notifier", description=__doc__)
    parser.add_argument("--awards", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    figures = measure(given.awards, given.rounds)
    page_figures.show(f"{given.awards} awards to items", figures)
    if given.json is not None:
        page_figures.write(given.json, figures)


if __name__ == "__main__":
    main()
