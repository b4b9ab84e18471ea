"""A cutover and a rollback while two workers run and events are published."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.history import write
from engine.store.postgres.connection import connect
from tests.end_to_end.deployment import Deployment
from tests.end_to_end.kill import first_copies, last_revisions, load
from tests.end_to_end.office import Office
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.stream.published import published
from tests.verification.faults.parts.publisher import HistoryPublisher, SentRecord

pytestmark = pytest.mark.verify

EVENTS = 12_000  # more than are ever published here
RATE = 150.0


def test_no_award_is_lost_or_doubled_by_a_cutover_and_a_rollback_under_load(
    deployment: Deployment,
) -> None:
    """Given events that keep arriving, when programs change over to another catalog, then all is
    as that catalog has it; and when they go back, as the first has it."""
    history, catalog = deployment.folder / "history.jsonl", deployment.folder / "three.yaml"
    with history.open("wb") as file:
        write(load(EVENTS), file)
    catalog.write_text(bronze_at(3).text)
    deployment.run("migrate")
    records = list(_records(history))
    office = Office(connect(deployment.database, "badge-replay"))
    with deployment.working(INSTANCE="one"), deployment.working(INSTANCE="two"):
        with HistoryPublisher(
            deployment.bootstrap, deployment.activity, records, RATE
        ) as publisher:
            deployment.wait_for(600)
            number = rebuilt.approved(office, bronze_at(3))
            done = rebuilt.cut_over(office, number, tolerance=10)
            deployment.wait_for(deployment.passed() + 100)
            first = publisher.stop()
        _check(deployment, history, first, str(catalog))
        rest = records[first:]
        with HistoryPublisher(deployment.bootstrap, deployment.activity, rest, RATE) as publisher:
            deployment.wait_for(first + 300)
            undone = rebuilt.rolled_back(office, number)
            deployment.wait_for(deployment.passed() + 100)
            second = publisher.stop()
        _check(deployment, history, first + second, "mentorloop")
    office.engine.dispose()
    assert done.gained > 10
    assert undone.lost > 10


def _check(deployment: Deployment, history: Path, lines: int, catalog: str) -> None:
    """All is as a preview of so many lines has it, on the topic too."""
    deployment.wait_for(lines, seconds=120)
    assert deployment.drained()["lag"] == 0
    part = deployment.folder / f"{lines}.jsonl"
    part.write_bytes(b"".join(history.read_bytes().splitlines(keepends=True)[:lines]))
    wanted = deployment.preview(part, "--catalog", catalog)
    announced = {award["award_id"] for award in deployment.export()}
    assert announced == {award["award_id"] for award in wanted}
    assert deployment.export("--recomputed") == wanted
    messages = published(deployment.bootstrap, deployment.awards)
    assert last_revisions(first_copies(messages)) == announced
    deployment.run("audit")


def _records(history: Path) -> Iterator[SentRecord]:
    for line in history.read_bytes().splitlines():
        try:
            data = json.loads(line)["data"]
            key = data.get("loop_id") or data.get("participant_id")
        except (ValueError, LookupError, TypeError, AttributeError):
            key = None
        yield SentRecord(key.encode() if isinstance(key, str) else None, line)
