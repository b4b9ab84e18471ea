"""Collecting what is to be judged: from a running installation, or from plain lists."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol

from tests.verification.checker.commands import Export, by_running, exports, run_against
from tests.verification.checker.database import read_database
from tests.verification.checker.seen import Observations, PublishedRecord, Span, Topic
from tests.verification.checker.topics import read_topic

PRIVATE = "PRIVATE-"


class CheckedInstallation(Protocol):
    """What a Deployment offers. `environment` holds KAFKA_BOOTSTRAP, DATABASE_URL and the names of
    the three topics; `run` runs a command of `badge-engine`, and raises if it fails."""

    def environment(self) -> Mapping[str, str]: ...
    def run(self, *arguments: str) -> Any: ...


def collect(
    installation: CheckedInstallation, clock: datetime, private: str = PRIVATE
) -> Observations:
    """Everything, from real Kafka and PostgreSQL: to be called when all is drained and nobody
    publishes any more.

    `clock`: what the engine's clock shows (aware); the one given to `run --now` if there was one.
    `private`: what every private message begins with.
    """
    environment = installation.environment()
    topics = [
        environment[f"BADGE_ENGINE_{name}_TOPIC"] for name in ("ACTIVITY", "AWARDS", "DEAD_LETTERS")
    ]
    with ThreadPoolExecutor(3) as pool:
        read = pool.map(lambda name: read_topic(environment["KAFKA_BOOTSTRAP"], name), topics)
        activity, awards, dead_letters = read
    database = read_database(environment["DATABASE_URL"], activity.name, private)
    said = exports(by_running(installation.run))
    return Observations(clock, private, activity, awards, dead_letters, database, said)


def collect_desk(
    url: str,
    records: Sequence[PublishedRecord],
    awards: Sequence[PublishedRecord],
    dead_letters: Sequence[PublishedRecord],
    clock: datetime,
    *,
    topic: str = "mentoring.activity",
    private: str = PRIVATE,
    export: Export | None = None,
) -> Observations:
    """The same without Kafka: a database, what went in and what came out.

    `records`: what was told, with the partition and offset it was told at; a partition ends after
    its last one. `awards` and `dead_letters`: what was published (see `published`). `export`: by
    default the commands are run against `url`, which takes about two seconds.
    """
    return Observations(
        clock,
        private,
        _topic(topic, records),
        _topic("awards", awards),
        _topic("dead-letters", dead_letters),
        read_database(url, topic, private),
        exports(export or by_running(run_against(url))),
    )


def published(
    messages: Sequence[tuple[bytes | None, bytes]],
    content_type: bytes = b"application/cloudevents+json; charset=UTF-8",
) -> list[PublishedRecord]:
    """Records as if (key, value) had been published in this order to a topic of one partition."""
    headers = (("content-type", content_type),)
    return [PublishedRecord(0, n, key, value, headers) for n, (key, value) in enumerate(messages)]


def _topic(name: str, records: Sequence[PublishedRecord]) -> Topic:
    ordered = sorted(records, key=lambda record: (record.partition, record.offset))
    ends = {record.partition: record.offset + 1 for record in ordered}
    return Topic(name, {n: Span(0, end) for n, end in ends.items()}, tuple(ordered))
