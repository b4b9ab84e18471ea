"""Latency from publishing to the award on the topic, at fixed rates, and that of a bare path.

The bare path is what no engine can do without: consume, one durable commit of what came, produce.
Both have the same publisher and the same listener, one after the other on the same broker.
"""

import argparse
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from confluent_kafka import Consumer, Producer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from benchmarks import topics
from benchmarks.history import Record, history
from benchmarks.load import Load
from benchmarks.pace import Times, hearing, percentile, publish, wait_until_heard
from benchmarks.worker import running
from engine import bootstrap, settings
from engine.local import broker, database
from engine.settings import Settings
from engine.store.postgres.connection import connect, transaction

_WARM_SECONDS = 5.0
_SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class MeasuredLatency:
    """Milliseconds at p50, p95, p99, of the engine and of the bare path, at a rate a second."""

    rate: float
    reached: float
    samples: int
    engine: tuple[float, ...]
    bare: tuple[float, ...]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=float, nargs="*", default=[100, 1_000, 5_000])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    given = parser.parse_args()
    measured = measure(given.rates, given.seconds)
    show(measured)
    if given.json is not None:
        given.json.write_text(json.dumps([asdict(one) for one in measured], indent=2) + "\n")


def measure(rates: list[float], seconds: float) -> list[MeasuredLatency]:
    """One run on parts of its own."""
    with broker(None) as kafka, database(None) as postgres:
        loaded = settings.load().model_copy(
            update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(postgres.url)}
        )
        bootstrap.migrate(loaded)
        needed = sum(int(rate * (seconds + _WARM_SECONDS)) for rate in rates)
        load = history(Load(events=needed, duplicates=0))
        ours, bare = [], []
        with running(loaded, 1):
            for rate in rates:
                records = list(islice(load, int(rate * (seconds + _WARM_SECONDS))))
                ours.append(_at(loaded, loaded.activity_topic, loaded.awards_topic, records, rate))
        load = history(Load(events=needed, duplicates=0, seed=2))
        with _bare_path(loaded) as (source, target):
            for rate in rates:
                records = list(islice(load, int(rate * (seconds + _WARM_SECONDS))))
                bare.append(_at(loaded, source, target, records, rate))
    return [
        MeasuredLatency(rate, one[1], one[2], one[0], other[0])
        for rate, one, other in zip(rates, ours, bare, strict=True)
    ]


def _at(
    loaded: Settings, source: str, target: str, records: list[Record], rate: float
) -> tuple[tuple[float, ...], float, int]:
    """Percentiles, the rate reached, and of how many; the first seconds do not count."""
    warm, times = int(rate * _WARM_SECONDS), Times()
    with hearing(loaded.bootstrap, target, times):
        publish(loaded.bootstrap, source, records[:warm], rate, times)
        wait_until_heard(times)
        times.sent.clear()
        reached = publish(loaded.bootstrap, source, records[warm:], rate, times)
        wait_until_heard(times)
    latencies = times.latencies()
    return (
        tuple(round(percentile(latencies, share), 1) for share in _SHARES),
        reached,
        len(latencies),
    )


@contextmanager
def _bare_path(loaded: Settings) -> Iterator[tuple[str, str]]:
    source, target = "bare-in", "bare-out"
    topics.make(loaded, source, target)
    engine = connect(loaded.database, "badge-engine-bench")
    with transaction(engine) as tx:
        tx.execute("CREATE TABLE bare (value text)")
    over = threading.Event()

    def work() -> None:
        consumer = Consumer(
            {
                "bootstrap.servers": loaded.bootstrap,
                "group.id": "bare",
                "auto.offset.reset": "earliest",
                "fetch.wait.max.ms": 10,
            }
        )
        consumer.subscribe([source])
        producer = Producer({"bootstrap.servers": loaded.bootstrap, "enable.idempotence": True})
        while not over.is_set():
            values = [m.value() or b"" for m in consumer.consume(5_000, 0.01)]
            if values:
                with transaction(engine) as tx:
                    tx.copy("bare", ("value",), ("text",), [(v.decode(),) for v in values])
                for value in values:
                    producer.produce(target, value)
                producer.flush()
        consumer.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield source, target
    finally:
        over.set()
        worker.join()
        engine.dispose()


def show(measured: list[MeasuredLatency]) -> None:
    table = Table(title="ms from publishing to the award on the topic: p50 / p95 / p99")
    for name in ("events/s", "reached", "engine", "bare path", "p50 ratio", "p99 ratio", "samples"):
        table.add_column(name, justify="right")
    for one in measured:
        table.add_row(
            f"{one.rate:,.0f}",
            f"{one.reached:,.0f}",
            " / ".join(f"{ms:,.0f}" for ms in one.engine),
            " / ".join(f"{ms:,.0f}" for ms in one.bare),
            f"{one.engine[0] / one.bare[0]:.1f}",
            f"{one.engine[2] / one.bare[2]:.1f}",
            f"{one.samples:,}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
