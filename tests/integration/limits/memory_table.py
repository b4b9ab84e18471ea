"""What a worker takes in memory at the most, over a table of inputs, honest and hostile: run
`python -m tests.integration.limits.memory_table [NAME…]`; prints a line per input."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import monotonic

from confluent_kafka import Producer

from engine.local import broker, database
from engine.store.postgres.connection import connect, transaction
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.limits.backlog import LARGEST, peak_mb, sized
from tests.support.given import meeting

PARTITIONS = 12
LIMIT_MB = {"honest": 300, "hostile": 350}
NO_FLOOD = {"FLOOD_RECORDS": "100000000", "FLOOD_REFUSED": "100000000"}

Records = Iterator[tuple[bytes | None, list[tuple[str, str | bytes | None]]]]
Input = tuple[str, str, Callable[[], Records], Mapping[str, object]]


def _small(number: int) -> Records:
    for n in range(number):
        yield meeting(f"m{n}", "ann", f"ben-{n % 97}", loop_id=f"loop-{n % 999}", at=1 + n % 28), []


def _largest(number: int) -> Records:
    return ((sized(n, LARGEST), []) for n in range(number))


def _values(number: int, value: bytes | None, headers: int = 0, size: int = 0) -> Records:
    given: list[tuple[str, str | bytes | None]] = [("h", bytes(size))] * headers
    return ((value, given) for _ in range(number))


def _random(number: int, size: int) -> Records:
    block = os.urandom(65_536)
    return ((block * (size // len(block)), []) for _ in range(number))


ONE_A_BATCH = {"batch.size": 1, "linger.ms": 0, "message.max.bytes": 1_000_000_000}
LARGE = {
    "batch.size": 2_000_000_000,
    "linger.ms": 2_000,
    "batch.num.messages": 1_000_000,
    "message.max.bytes": 1_000_000_000,
}
MIB = 1 << 20
INPUTS: dict[str, Input] = {
    "200,000 records of 400 bytes": ("honest", "none", lambda: _small(200_000), {}),
    "200,000 records of 400 bytes, zstd": ("honest", "zstd", lambda: _small(200_000), {}),
    "3,000 records of 64 KiB": ("honest", "none", lambda: _largest(3_000), {}),
    "3,000 records of 64 KiB, zstd": ("honest", "zstd", lambda: _largest(3_000), {}),
    "1,000,000 empty records": ("hostile", "none", lambda: _values(1_000_000, None), {}),
    "1,000,000 empty records, zstd": ("hostile", "zstd", lambda: _values(1_000_000, b""), LARGE),
    "600 records of 900 kB": ("hostile", "none", lambda: _values(600, os.urandom(900_000)), {}),
    "60 records of 64 MiB, zstd": (
        "hostile", "zstd", lambda: _random(60, 64 * MIB), ONE_A_BATCH,
    ),
    "120 records of 30 MiB, zstd": (
        "hostile", "zstd", lambda: _random(120, 30 * MIB), ONE_A_BATCH,
    ),
    "120 records of 30 MiB, lz4": (
        "hostile", "lz4", lambda: _values(120, bytes(30 * MIB)), ONE_A_BATCH,
    ),
    "120 records of 30 MiB, gzip": (
        "hostile", "gzip", lambda: _values(120, bytes(30 * MIB)), ONE_A_BATCH,
    ),
    "120 records of 18 MiB, snappy": (
        "hostile", "snappy", lambda: _values(120, bytes(18 * MIB)), ONE_A_BATCH,
    ),
    "60 headers of 30 MiB, zstd": (
        "hostile", "zstd", lambda: _values(60, b"{}", 1, 30 * MIB), ONE_A_BATCH,
    ),
    "600 records of 10,000 headers": (
        "hostile", "zstd", lambda: _values(600, b"{}", 10_000), ONE_A_BATCH,
    ),
    "50,000 records of 30 headers, zstd": (
        "hostile", "zstd", lambda: _values(50_000, b"{}", 30), LARGE,
    ),
}  # fmt: skip


def _publish(deployment: Deployment, given: Input) -> None:
    _, compression, records, options = given
    producer = Producer(
        {
            "bootstrap.servers": deployment.bootstrap,
            "compression.type": compression,
            "queue.buffering.max.kbytes": 1_500_000,
            **options,
        }
    )
    for number, (value, headers) in enumerate(records()):
        while True:
            try:
                producer.produce(
                    deployment.activity, value, headers=[*headers], partition=number % PARTITIONS
                )
                break
            except BufferError:
                producer.poll(0.1)
        if (value is not None and len(value) > MIB) or any(len(v or b"") > MIB for _, v in headers):
            producer.flush(60)
    assert producer.flush(120) == 0


def _stored(deployment: Deployment) -> tuple[int, int]:
    engine = connect(deployment.database, "measuring")
    try:
        with transaction(engine) as tx:
            row = tx.one("SELECT count(*), coalesce(sum(octet_length(value)), 0) FROM dead_letters")
        assert row is not None
        return row[0], row[1]
    finally:
        engine.dispose()


def measure(bootstrap: str, url: str, folder: Path, name: str) -> bool:
    """Measure one input, print its line; whether it keeps to its limit."""
    given = INPUTS[name]
    deployment = Deployment(bootstrap, url, folder, {"PARTITIONS": str(PARTITIONS), **NO_FLOOD})
    deployment.run("migrate")
    _publish(deployment, given)
    total = deployment.status()["lag"]
    began = monotonic()
    with deployment.working() as worker:
        try:
            wait_until(
                lambda: deployment.passed() >= total or worker.process.poll() is not None, 240
            )
        except AssertionError:
            print("not done:", deployment.passed(), "of", total)
        took, peak = monotonic() - began, peak_mb(worker.process.pid)
        code = worker.process.poll()
        if code is None:
            worker.terminate()
        else:
            print("ended with", code, worker.logged()[-600:])
    refused, kept = _stored(deployment)
    limit = LIMIT_MB[given[0]]
    print(
        f"{name:<40} {given[0]:<8} {peak:>4} of {limit} MB {took:>6.1f} s  {refused:>9,} refused, "
        f"{kept / MIB:>6.1f} MiB kept",
        flush=True,
    )
    return peak <= limit and code is None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(INPUTS))
    given = parser.parse_args()
    with broker(None) as kafka, tempfile.TemporaryDirectory() as folder:
        for name in given.names:
            with database(None) as postgres:
                measure(kafka.bootstrap, postgres.url, Path(folder), name)


if __name__ == "__main__":
    main()
