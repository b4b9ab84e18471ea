"""The process that reads: killed at any moment, and with another one that stands by."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.integration.local.processes import wait_until
from tests.integration.notifier.broker import AwardsBroker
from tests.support.award_records import id_of, revision_of
from tests.support.forked import ForkedProcess

GOES_ON_SECONDS = 5.0
KILLS, PEOPLE = 6, 40


@contextmanager
def reading(broker: AwardsBroker, url: str, log: Path) -> Iterator[ForkedProcess]:
    """`badge-notifier run` without a mail server, killed in the end if it has not ended."""
    environment = {
        "PATH": os.environ["PATH"],
        "KAFKA_BOOTSTRAP": broker.settings.bootstrap,
        "DATABASE_URL": url,
        "BADGE_ENGINE_AWARDS_TOPIC": broker.topic.name,
        "BADGE_ENGINE_SESSION_SECONDS": "3",
        "BADGE_ENGINE_LOG_FORMAT": "json",
    }
    log.touch()
    process = ForkedProcess("notifier.cli", ["run", "--from-beginning"], environment, log)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture
def broker(kafka: str, database: Engine) -> AwardsBroker:
    """A topic of one's own."""
    made = AwardsBroker(kafka, database)
    made.create()
    return made


def test_killed_at_any_moment_it_goes_on_within_seconds_and_loses_nothing(
    broker: AwardsBroker, database_url: str, tmp_path: Path
) -> None:
    # Given revisions in any order and with repeats, and a process that is killed again and again,
    chance = random.Random(17)
    published: dict[str, int] = {}
    for number in range(KILLS):
        with reading(broker, database_url, tmp_path / f"{number}.log") as process:
            for _ in range(PEOPLE * 2):
                who, revision = f"p-{chance.randrange(PEOPLE)}", chance.randrange(1, 8)
                published[who] = max(published.get(who, 0), revision)
                record = revision_of(who, revision, at=datetime.now(UTC))
                broker.publish(record, *[record] * chance.randrange(2), key=who.encode())
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)
    broker.publish(revision_of("last"))
    published["last"] = 1

    # when it starts once more,
    began = time.monotonic()
    with reading(broker, database_url, tmp_path / "last.log"):
        wait_until(lambda: "last" in broker.people(), GOES_ON_SECONDS)
        assert time.monotonic() - began < GOES_ON_SECONDS
        broker.read()

    # then it is as if it had never been killed.
    notices = broker.rows("SELECT participant, revision FROM notify.notices")
    assert (len(notices), dict(notices)) == (len(published), published)
    held = sorted(who for who, revision in published.items() if revision % 2)
    shown = broker.rows("SELECT award_id::text FROM notify.items WHERE NOT gone")
    assert sorted(id for (id,) in shown) == sorted(map(id_of, held))


def test_another_process_stands_by_and_takes_over_within_seconds(
    broker: AwardsBroker, database_url: str, tmp_path: Path
) -> None:
    with reading(broker, database_url, tmp_path / "one.log") as one:
        broker.publish(revision_of("ann"))
        broker.read()
        with reading(broker, database_url, tmp_path / "two.log") as two:
            wait_until(lambda: "standing by" in (tmp_path / "two.log").read_text())
            os.kill(one.pid, signal.SIGKILL)
            broker.publish(revision_of("ben"))
            wait_until(lambda: broker.people() == ["ann", "ben"], GOES_ON_SECONDS)
            two.terminate()
            assert two.wait(10) == 0
