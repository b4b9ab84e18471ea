"""The thread that dispatches: it goes on whatever fails, and ends when it is asked to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kafka.errors import KafkaTimeoutError
from structlog.testing import capture_logs

from engine.store.postgres.connection import DatabaseUnreachable
from events.deliveries import DeliveryError
from web.kudos.dispatch import FactPublisher
from web.kudos.dispatcher import Dispatcher

SECONDS = 20.0


class PretendedDispatch:
    """Rounds that fail as they are told, and then do nothing."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.rounds = threading.Semaphore(0)
        self.opened = 0
        self.due: datetime | None = None

    def round(self, publisher: FactPublisher) -> int:
        if self.failures:
            raise self.failures.pop(0)
        self.rounds.release()
        return 0

    def next_due(self) -> datetime | None:
        return self.due

    def tidy(self) -> int:
        return 0

    @contextmanager
    def open(self) -> Iterator[Any]:
        self.opened += 1
        if self.opened == 1 and self.failures and isinstance(self.failures[0], KafkaTimeoutError):
            raise self.failures.pop(0)
        yield None

    def heard(self, times: int = 1) -> bool:
        """Whether so many rounds come."""
        return all(self.rounds.acquire(timeout=SECONDS) for _ in range(times))


def dispatcher(pretended: PretendedDispatch) -> Dispatcher:
    rounds: Any = pretended
    return Dispatcher(rounds, pretended.open, lambda: datetime.now(UTC))


@pytest.mark.parametrize(
    ("failure", "what"),
    [
        (KafkaTimeoutError(), "Kafka"),
        (DeliveryError([("k", "no answer in time")]), "Kafka"),
        (DatabaseUnreachable("away"), "PostgreSQL"),
    ],
)
def test_it_says_once_what_is_away_and_goes_on(failure: Exception, what: str) -> None:
    pretended = PretendedDispatch(failure)
    with capture_logs() as logged, dispatcher(pretended):
        assert pretended.heard(2)
    events = [(entry["event"], entry.get("away")) for entry in logged]
    assert events == [("kudos wait", what), ("kudos are sent again", None)]


def test_what_nobody_expected_is_logged_and_it_goes_on() -> None:
    pretended = PretendedDispatch(KeyError("what"))
    with capture_logs() as logged, dispatcher(pretended):
        assert pretended.heard()
    assert [entry["event"] for entry in logged] == ["kudos could not be sent"]


def test_it_is_woken_when_something_is_to_be_done_at_once() -> None:
    pretended = PretendedDispatch()
    with dispatcher(pretended) as there:
        assert pretended.heard()
        for _ in range(20):  # more than there would be by themselves in twenty seconds
            there.wake()
            assert pretended.heard()


def test_it_sleeps_until_something_is_due() -> None:
    pretended = PretendedDispatch()
    pretended.due = datetime.now(UTC) + timedelta(milliseconds=100)
    with dispatcher(pretended):
        assert pretended.heard(2)
        assert datetime.now(UTC) >= pretended.due
