"""Fixtures: one history seen whole, to be judged as it is and corrupted in copies."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import champion, meetings
from tests.support.databases import new_database
from tests.support.given import QUIZ, SURVEY, kudos, quiz, retracted, survey
from tests.verification.checker.cursor_log import install
from tests.verification.checker.in_process import exporting
from tests.verification.checker.seen import Observations
from tests.verification.checker.telling import redrive_future, seen_at, tell
from tests.verification.oracle.histories import history


@contextmanager
def _watched(postgres_url: str) -> Iterator[Harness]:
    with new_database(postgres_url) as url:
        harness = Harness(url)
        install(harness.url)
        yield harness
        harness.close()


@pytest.fixture(scope="session")
def watched_desk(postgres_url: str) -> Iterator[Harness]:
    """A harness whose cursors are logged. Clear it before use."""
    with _watched(postgres_url) as harness:
        yield harness


@pytest.fixture(scope="module")
def replayed_desk(postgres_url: str) -> Iterator[Harness]:
    """Another one, for replays: they leave generations behind."""
    with _watched(postgres_url) as harness:
        yield harness


@pytest.fixture
def clear_desk(watched_desk: Harness) -> Harness:
    """The harness, nothing told and nothing logged yet."""
    clear(watched_desk)
    return watched_desk


def clear(harness: Harness) -> None:
    """Forget what was told, and the log of it."""
    with harness.transaction() as tx:
        tx.execute("DELETE FROM cursors")
        tx.execute("TRUNCATE checker.cursor_log")
    harness.clear()


def story() -> list[bytes]:
    """Everything there is: a champion who loses it and has it again, and a made-up history."""
    lost = retracted(QUIZ, "q1", loop_id=None, participant_id="ann")
    rising = [*champion(), lost, quiz("q2", "ann", at=4), *meetings(1, 3)]
    given = [kudos(f"k{n}", "ben", "ann", "trust", at=n, message="PRIVATE-1") for n in range(1, 4)]
    late = [retracted(SURVEY, "late"), survey("late", "ben", "ann", 5, at=3)]
    return [*rising, *given, *late, *history(3, 260)]


@pytest.fixture(scope="session")
def seen(watched_desk: Harness) -> Observations:
    """That story as it is seen when all is right. Never changed: corrupt copies of it."""
    clear(watched_desk)
    random = Random(1)
    records = tell(watched_desk, story(), random)
    redrive_future(watched_desk)
    return seen_at(watched_desk, records, random, exporting(watched_desk.url))
