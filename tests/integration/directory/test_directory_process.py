"""The process: killed, frozen, stopped, and without what it needs."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from directory import bootstrap
from engine.local.apache_kafka import ApacheKafka
from engine.local.embedded_broker import embedded_broker
from engine.local.ports import free_ports
from engine.store.postgres.connection import connect, transaction
from tests.integration.directory.platform import (
    Keyed,
    Platform,
    loop,
    person,
    settings_of,
    tombstone,
)
from tests.integration.directory.running import ready, running
from tests.integration.local.processes import wait_until

GOES_ON_SECONDS = 5.0


def publish_many(platform: Platform, rounds: int) -> dict[str, str]:
    """Descriptions of 300 people, some rounds of them, with tombstones; what counts in the end."""
    state: dict[str, str] = {}
    for number in range(rounds):
        records: list[Keyed] = []
        for each in range(300):
            name = f"p-{each}"
            if (number + each) % 7 == 0:
                records.append(tombstone("participant", name))
            state[name] = f"{name} in round {number}"
            records.append(person(name, state[name], at=f"{number % 28 + 1:02}"))
        platform.publish(*records)
    return state


def test_killed_at_any_moment_it_goes_on_within_seconds_and_loses_nothing(
    platform: Platform, tmp_path: Path
) -> None:
    for number in range(4):
        with running(platform.settings, tmp_path / f"{number}.log") as process:
            expected = publish_many(platform, number + 1)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)
    platform.publish(person("last", "Last", at="28"))

    began = time.monotonic()
    with running(platform.settings, tmp_path / "last.log"):
        wait_until(lambda: platform.names().get("last") == "Last", GOES_ON_SECONDS)
        assert time.monotonic() - began < GOES_ON_SECONDS
        platform.read()

    # Rounds were published with days up to 4: the last of them is the latest of everybody.
    assert platform.names() == expected | {"last": "Last"}


def test_another_process_stands_by_and_takes_over_from_one_that_is_killed(
    platform: Platform, tmp_path: Path
) -> None:
    with running(platform.settings, tmp_path / "one.log") as one:
        platform.publish(person("ann", "Ann"))
        platform.read()
        with running(platform.settings, tmp_path / "two.log"):
            wait_until(lambda: "standing by" in (tmp_path / "two.log").read_text())
            os.kill(one.pid, signal.SIGKILL)
            platform.publish(person("ann", "Ann Lee", at="02"))
            wait_until(lambda: platform.names() == {"ann": "Ann Lee"}, GOES_ON_SECONDS)


def test_another_process_takes_over_from_one_that_is_frozen(
    platform: Platform, tmp_path: Path
) -> None:
    with running(platform.settings, tmp_path / "one.log") as one:
        platform.publish(person("ann", "Ann"))
        platform.read()
        with running(platform.settings, tmp_path / "two.log"):
            wait_until(lambda: "standing by" in (tmp_path / "two.log").read_text())
            os.kill(one.pid, signal.SIGSTOP)
            platform.publish(person("ann", "Ann Lee", at="02"))
            wait_until(lambda: platform.names() == {"ann": "Ann Lee"}, 15)

            # When it wakes up it writes nothing, and stands by in its turn.
            os.kill(one.pid, signal.SIGCONT)
            wait_until(lambda: "standing by" in (tmp_path / "one.log").read_text())
            platform.publish(person("ann", "Ann L. Lee", at="03"))
            wait_until(lambda: platform.names() == {"ann": "Ann L. Lee"})


def test_sigterm_ends_it_with_0_whether_it_reads_or_stands_by(
    platform: Platform, tmp_path: Path
) -> None:
    log = tmp_path / "two.log"
    with running(platform.settings, tmp_path / "one.log") as one:
        platform.publish(person("ann", "Ann"))
        platform.read()
        with running(platform.settings, log) as two:
            wait_until(lambda: "standing by" in log.read_text())
            for process in (two, one):
                process.terminate()
                assert process.wait(10) == 0
    assert '"stopped"' in log.read_text()


@contextmanager
def refusing_connections(url: str) -> Iterator[None]:
    """The database is away, as seen from everybody."""
    name = make_url(url).database
    server = make_url(url).set(database="postgres")
    administrator = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        allow = f"ALTER DATABASE {name} ALLOW_CONNECTIONS"
        connection.execute(text(f"{allow} false"))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )
        try:
            yield
        finally:
            connection.execute(text(f"{allow} true"))


def test_it_waits_out_a_database_that_is_away_and_the_probe_says_so(
    platform: Platform, database_url: str, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    with running(platform.settings, tmp_path / "log", port) as process:
        platform.publish(person("ann", "Ann"))
        platform.read()
        everything = {"database": "ready", "schema": "ready", "kafka": "ready"}
        assert ready(port) == (200, everything)

        with refusing_connections(database_url):
            platform.publish(person("ann", "Ann Lee", at="02"))
            wait_until(lambda: ready(port)[0] == 503)
            assert ready(port)[1] == everything | {"database": "away", "schema": "away"}

        wait_until(lambda: platform.names() == {"ann": "Ann Lee"})
        wait_until(lambda: ready(port) == (200, everything))
        assert process.poll() is None
    assert "Ann" not in (tmp_path / "log").read_text()


def test_started_before_the_tables_and_the_topic_it_waits_for_both(
    kafka: str, database_url: str, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    settings = settings_of(kafka, database_url)
    with running(settings, tmp_path / "log", port):
        wait_until(lambda: ready(port)[0] == 503)
        missing = {"database": "ready", "schema": "missing", "kafka": "missing"}
        assert ready(port)[1] == missing

        assert bootstrap.migrate(settings) == ("0001", True)
        assert bootstrap.migrate(settings) == ("0001", False)
        engine = connect(database_url, "test")
        platform = Platform(settings, engine)
        platform.publish(person("ann", "Ann"))
        wait_until(lambda: platform.names() == {"ann": "Ann"})
        wait_until(lambda: ready(port)[0] == 200)
        engine.dispose()
    assert "run `badge-web migrate`" in (tmp_path / "log").read_text()


@pytest.mark.verify
def test_it_waits_out_a_broker_that_is_away(
    restartable_kafka: ApacheKafka, database_url: str, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    settings = settings_of(restartable_kafka.bootstrap, database_url)
    bootstrap.migrate(settings)
    engine = connect(database_url, "test")
    with running(settings, tmp_path / "log", port):
        platform = Platform(settings, engine)
        platform.publish(person("ann", "Ann"))
        platform.read()

        restartable_kafka.kill()
        wait_until(lambda: ready(port)[1].get("kafka") == "away")
        assert ready(port)[0] == 200
        restartable_kafka.start()

        platform.publish(person("ann", "Ann Lee", at="02"), loop("l", "ann"))
        wait_until(lambda: platform.names() == {"ann": "Ann Lee"}, 30)
    engine.dispose()


def test_the_embedded_broker_will_do(database_url: str, tmp_path: Path) -> None:
    with embedded_broker() as broker:
        settings = settings_of(broker.bootstrap, database_url, "mentoring.directory")
        bootstrap.migrate(settings)
        engine = connect(database_url, "test")
        platform = Platform(settings, engine)
        platform.publish(person("ann", "Ann"), loop("l", "ann"), person("ben", "Ben"))
        with running(settings, tmp_path / "log"):
            platform.publish(tombstone("participant", "ben"))
            wait_until(lambda: platform.names() == {"ann": "Ann"})
        with transaction(engine) as tx:
            assert tx.one("SELECT sum(next_offset)::int FROM directory.cursors") == (4,)
        engine.dispose()
