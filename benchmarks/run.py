"""`make bench`: the worker on a backlog, compared with its limits and with what one would write
instead; all of one history, on one machine, in one run.

Limits: each thing that the worker must do, done alone (limits.py). Peers: other ways with the same
packages, which do much less (peers/); they are slow, and get fewer events. Worker: `badge-engine
run` with its relay, from its first cursor to the last award acknowledged by Kafka. The replay
builds a generation from what the worker left.
"""

import argparse
import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from confluent_kafka import Producer
from pydantic import SecretStr
from sqlalchemy import Engine

from benchmarks import chart, latency, limits, report, topics, worker
from benchmarks.history import Record, history
from benchmarks.load import Load
from benchmarks.peers import faust_table, one_by_one
from benchmarks.report import Rate
from engine import bootstrap, settings
from engine.catalog import loader
from engine.local import broker, database
from engine.local.kafka_jars import kafka_version
from engine.settings import Settings
from engine.store.postgres.connection import connect, transaction
from replay.build import build, plan

_FAUST_EVENTS = 20_000
_ONE_BY_ONE_EVENTS = 5_000


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--groups", type=float, default=0.0, help="the share of loops of eight")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--no-peers", action="store_true", help="only the engine and its limits")
    parser.add_argument("--repeat", type=int, default=1, help="then min, median, max are shown")
    parser.add_argument("--latency", action="store_true", help="then latency at fixed rates, too")
    parser.add_argument("--json", type=Path, default=None, help="also write the figures here")
    parser.add_argument("--chart", type=Path, default=None, help="also draw them here, as SVG")
    given = parser.parse_args()
    load = Load(events=given.events, groups=given.groups)
    runs = [list(measure(load, given.workers, not given.no_peers)) for _ in range(given.repeat)]
    machine = _machine()
    rows = report.joined(runs)
    report.show(f"{given.events:,} events; {', '.join(machine.values())}", rows)
    report.show_costs(rows, os.cpu_count() or 1)
    if given.json is not None:
        figures = {"machine": machine, "rates": report.as_json(rows)}
        given.json.write_text(json.dumps(figures, indent=2) + "\n")
    if given.chart is not None:
        given.chart.write_text(chart.draw("Events a second", [(r.name, r.median) for r in rows]))
    if given.latency:
        latency.show(latency.measure([100, 1_000, 5_000], 20.0))


def measure(load: Load, workers: Sequence[int], peers: bool) -> Iterator[Rate]:
    """One run, each number of workers on parts of its own."""
    for position, number in enumerate(workers):
        with broker(None) as kafka, database(None) as postgres:
            loaded = settings.load().model_copy(
                update={"kafka_bootstrap": kafka.bootstrap, "database_url": SecretStr(postgres.url)}
            )
            bootstrap.migrate(loaded)
            records = list(history(load))
            produce(loaded.bootstrap, loaded.activity_topic, records)
            if not position:
                yield from _limits(loaded, records)
            else:
                limits.raw_consume(loaded, load.events)  # as warm as the first was
            with bootstrap.database(loaded) as engine:
                done = worker.work(loaded, engine, load.events, number)
            name = f"worker, {number} process{'es' if number > 1 else ''}"
            yield Rate(name, done.rate, f"{done.peak_mb:.0f} MB each", done.costs)
            if not position:
                yield _replay(loaded)
                if peers:
                    yield from _peers(loaded, records)


def produce(address: str, topic: str, records: Sequence[Record]) -> None:
    """Put records on a topic, as fast as that goes."""
    producer = Producer(
        {"bootstrap.servers": address, "linger.ms": 20, "log.connection.close": False}
    )
    for key, value in records:
        while True:
            try:
                producer.produce(topic, value, key)
                break
            except BufferError:
                producer.poll(0.1)
    producer.flush()


def _limits(loaded: Settings, records: Sequence[Record]) -> Iterator[Rate]:
    yield Rate("raw consume", limits.raw_consume(loaded, len(records)), "and dropped")
    yield Rate("JSON only", limits.json_only(records), "nothing checked")
    yield Rate("reading only", limits.reading(records), "and checking")
    parsed = limits.facts_of(records)
    catalog = loader.find(loaded.catalog)
    yield Rate("fold only", limits.folding(catalog, parsed), "in memory")
    engine = connect(loaded.database, "badge-engine-bench")
    yield Rate("bare insert", limits.bare_insert(engine, parsed), "5,000 a commit")
    looked_up = limits.deduplicating_insert(engine, records)
    yield Rate("insert, once each", looked_up, "looked up before")
    engine.dispose()


def _replay(loaded: Settings) -> Rate:
    """Facts a second, of all that the ledger has."""
    with bootstrap.database(loaded, patient=True) as engine:
        with transaction(engine) as tx:
            number = plan.plan(tx, loader.find(loaded.catalog), None).replay.id
        *_, last = build.build(engine, loaded.database, number)
        return Rate("replay build", last.facts / last.seconds, "facts")


def _peers(loaded: Settings, records: Sequence[Record]) -> Iterator[Rate]:
    source, target = "peer-faust-in", "peer-faust-out"
    topics.make(loaded, source, target)
    few = records[:_FAUST_EVENTS]
    produce(loaded.bootstrap, source, few)
    measured = faust_table.rate(loaded.bootstrap, source, target, len(few))
    yield Rate("peer: Faust table", measured, "meetings only")
    source, target = "peer-one-by-one-in", "peer-one-by-one-out"
    topics.make(loaded, source, target)
    few = records[:_ONE_BY_ONE_EVENTS]
    produce(loaded.bootstrap, source, few)
    engine: Engine = connect(loaded.database, "badge-engine-peer")
    measured = one_by_one.rate(loaded.bootstrap, source, target, len(few), engine)
    engine.dispose()
    yield Rate("peer: SQLAlchemy", measured, "meetings only")


def _machine() -> dict[str, str]:
    return {
        "processors": f"{os.cpu_count()} processors",
        "python": f"Python {platform.python_version()}",
        "kafka": f"Apache Kafka {kafka_version()}",
    }


if __name__ == "__main__":
    main()
