"""A worker behind a backlog of large records: run
`python -m tests.integration.limits.backlog --megabytes 300`; it tells
what memory it takes at the most."""

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from confluent_kafka import Producer

from engine.local import broker, database
from tests.end_to_end.deployment import Deployment, wait_until
from tests.support.given import meeting

LARGEST = 65_536  # bytes; see docs/contract.md


def sized(number: int, size: int = LARGEST) -> bytes:
    """A meeting of exactly so many bytes, padded with a field that nobody knows."""

    def padded(room: int) -> bytes:
        told = {"loop_id": f"loop-{number % 40}", "padding": "x" * room}
        who = ("ann", f"ben-{number % 7}")
        return meeting(f"m{number:06}", *who, at=1 + number % 28, **told)

    value = padded(size - len(padded(0)))
    assert len(value) == size
    return value


def publish(deployment: Deployment, values: Iterable[bytes], compression: str) -> None:
    """Publish, in batches as a publisher's client makes them."""
    producer = Producer(
        {
            "bootstrap.servers": deployment.bootstrap,
            "compression.type": compression,
            "linger.ms": 50,
            "message.max.bytes": 1_000_000,
        }
    )
    for number, value in enumerate(values):
        while True:
            try:
                producer.produce(deployment.activity, value, f"loop-{number % 40}".encode())
                break
            except BufferError:
                producer.poll(0.1)
    assert producer.flush(60) == 0


def peak_mb(pid: int) -> int:
    """The most memory a process has had, in MB; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))


def peak_behind(deployment: Deployment, records: int, seconds: float = 120.0) -> int:
    """The most memory, in MB, that a worker has taken when it has passed so many records."""
    with deployment.working() as worker:
        wait_until(lambda: deployment.passed() >= records, seconds)
        peak = peak_mb(worker.process.pid)
        assert worker.terminate() == 0, worker.logged()[-2000:]
    return peak


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--memory", type=int, default=16, help="BADGE_ENGINE_MEMORY_MB")
    parser.add_argument("--partitions", type=int, default=12)
    given = parser.parse_args()
    count = (given.megabytes << 20) // LARGEST
    settings = {"MEMORY_MB": str(given.memory), "PARTITIONS": str(given.partitions)}
    with broker(None) as kafka, database(None) as postgres, tempfile.TemporaryDirectory() as folder:
        deployment = Deployment(kafka.bootstrap, postgres.url, Path(folder), settings)
        deployment.run("migrate")
        for done, compression in ((0, "none"), (count, "zstd")):
            publish(deployment, map(sized, range(done, done + count)), compression)
            peak = peak_behind(deployment, done + count, 600.0)
            applied = deployment.status()["applied"]
            print(json.dumps({"compression": compression, "peak_mb": peak, "applied": applied}))


if __name__ == "__main__":
    main()
