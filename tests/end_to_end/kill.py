"""Workers that are killed while they work: nothing is missing, nothing is published in two ways.

`python -m tests.end_to_end.kill --events 50000` runs it at any size, on parts started here, and
prints figures.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.history import write
from benchmarks.load import Load
from engine.local import broker, database
from tests.end_to_end.deployment import Deployment, WorkerProcess
from tests.integration.stream.published import Published, published

AWARDED = "mentoring.badge.awarded.v1"


@dataclass(frozen=True)
class KillFigures:
    """What happened. `messages` stand on the topic, of which `repeats` repeat an earlier one."""

    events: int
    batches_at_least: int
    awards: int
    messages: int
    repeats: int
    seconds: float


def load(events: int) -> Load:
    """A history with everything in it that makes trouble."""
    return Load(
        seed=7,
        events=events,
        loops=max(20, events // 40),
        programs=3,
        duplicates=0.05,
        bad=0.03,
        retractions=0.03,
        groups=0.05,
        hot_loop=0.05,
        hot_mentor=10,
        late=0.1,
    )


def run(deployment: Deployment, events: int) -> KillFigures:
    """Two workers; one is killed and comes back, the other gets SIGTERM. Fails if anything is
    not as the preview of the same file has it."""
    history = deployment.folder / "history.jsonl"
    with history.open("wb") as file:
        write(load(events), file)
    deployment.run("migrate")
    deployment.run("publish", str(history))
    began = time.monotonic()
    batch = str(max(20, events // 200))
    workers: list[WorkerProcess] = []

    def start(instance: str) -> WorkerProcess:
        workers.append(deployment.start(INSTANCE=instance, BATCH_RECORDS=batch))
        return workers[-1]

    try:
        first, second = start("first"), start("second")
        deployment.wait_for(events // 5, seconds=300)
        first.kill()
        assert deployment.passed() < events, "it was over before it could be killed"
        first = start("first")
        deployment.wait_for(events // 2, seconds=300)
        assert second.terminate() == 0, second.logged()[-2000:]
        assert deployment.drained(timeout=600)["lag"] == 0
        assert first.terminate() == 0, first.logged()[-2000:]
    finally:
        for worker in workers:
            if worker.process.poll() is None:
                worker.kill()
    seconds = time.monotonic() - began
    messages, awards = check(deployment, history)
    return KillFigures(
        events,
        events // int(batch),
        awards,
        messages=messages[0],
        repeats=messages[1],
        seconds=round(seconds, 1),
    )


def check(
    deployment: Deployment, history: Path, catalog: str = "mentorloop"
) -> tuple[tuple[int, int], int]:
    """Compare all that was done with the preview of the same file. Gives the messages on the topic
    and how many of them are repeats; the awards."""
    preview = deployment.preview(history, catalog=catalog)
    announced = deployment.export()
    assert [a["award_id"] for a in announced] == [a["award_id"] for a in preview]
    assert deployment.export("--recomputed") == preview
    known = deployment.cursors_of_both().values()
    for cursor in (each for of_topic in known for each in of_topic.values()):
        counts = cursor.counts
        passed = counts.applied + counts.duplicates + counts.retractions + counts.dead_letters
        assert passed + counts.holes == cursor.next_offset - cursor.first_offset
    records = published(deployment.bootstrap, deployment.awards)
    once = first_copies(records)
    standing = last_revisions(once)
    assert standing == {a["award_id"] for a in announced}, "awards missing on the topic, or extra"
    return (len(records), len(records) - len(once)), len(announced)


def first_copies(records: Iterable[Published]) -> list[Published]:
    """Each message once. Fails if a repeat differs from what it repeats in any byte."""
    seen: dict[str, Published] = {}
    for record in records:
        name = json.loads(record.value)["id"]
        first = seen.setdefault(name, record)
        assert first[2:] == record[2:], f"message {name} was published in two ways"
    return list(seen.values())


def last_revisions(records: Iterable[Published]) -> set[str]:
    """The awards whose last message is "awarded". Fails if revisions leave gaps or go backwards."""
    revisions: dict[str, int] = {}
    for record in records:
        event = json.loads(record.value)
        if "award_id" in event["data"]:
            award, revision = event["data"]["award_id"], event["data"]["revision"]
            assert revision == revisions.get(award, 0) + 1, f"award {award}: a revision is missing"
            assert (event["type"] == AWARDED) == (revision % 2 == 1)
            revisions[award] = revision
    return {award for award, revision in revisions.items() if revision % 2}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.kill", description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    arguments = parser.parse_args()
    with broker(None) as kafka, database(None) as postgres, tempfile.TemporaryDirectory() as folder:
        settings = {"SESSION_SECONDS": "6"}
        deployment = Deployment(kafka.bootstrap, postgres.url, Path(folder), settings)
        for name, value in asdict(run(deployment, arguments.events)).items():
            print(f"{name:>18}  {value:,}")


if __name__ == "__main__":
    main()
