"""Fixtures: a real broker and a real database, and a loud word if there was no real broker.

kafka              Session: bootstrap address of a broker that is Apache Kafka itself, shared by
                   all tests: use topic and group names of your own. Topics are not made by use.
restartable_kafka  Function: an ApacheKafka of one's own, to `kill`, `stop` and `start` again.
postgres_url       Session: SQLAlchemy URL of the PostgreSQL server's first database.
database_url       Function: SQLAlchemy URL of a new, empty database on that server.
migrated_url       Function: the same with the engine's schema.

Tests that use one of the first two carry the mark `kafka`. Where neither Docker nor Java with
Maven is there they are skipped, and the end of the run says so; with the environment variable
BADGE_ENGINE_REQUIRE_KAFKA=1 they fail. Tests that take long carry the mark `verify`: `make verify`
runs them, `make test` does not.

The containers are imported by the fixtures that look for them: half a second for those only.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest
from sqlalchemy import make_url

from engine.local.apache_kafka import ApacheKafka, apache_kafka
from engine.local.embedded_postgres import embedded_postgres
from engine.local.errors import PartMissing
from tests.support import notes
from tests.support.databases import new_database

REQUIRE_KAFKA = "BADGE_ENGINE_REQUIRE_KAFKA"
_NO_KAFKA = "no real Kafka could be started"
_FIXTURES_OF_KAFKA = {"kafka", "restartable_kafka", "secured_kafka"}

# By default a broker that was killed stays fenced for the 9 s its session takes to end.
_QUICK_RETURN = {"broker.heartbeat.interval.ms": "200", "broker.session.timeout.ms": "2000"}


# Nobody kills this server: tests that kill one have their own. Dropping a database takes 0.1 s so,
# instead of 0.6: the checkpoint before it waits for no disk.
_NOT_KILLED = {"fsync": "off"}


@pytest.fixture(scope="session")
def kafka() -> Iterator[str]:
    """Bootstrap address of a real Apache Kafka shared by the whole run."""
    from tests.support import containers

    with ExitStack() as stack:
        bootstrap = containers.entered(stack, containers.kafka_container())
        yield bootstrap or entered_kafka(stack, apache_kafka()).bootstrap


@pytest.fixture
def restartable_kafka() -> Iterator[ApacheKafka]:
    """A broker of one's own, running, that can be killed and started again."""
    with ExitStack() as stack:
        yield entered_kafka(stack, apache_kafka(_QUICK_RETURN))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of the PostgreSQL server of this run; DATABASE_URL plays no part."""
    from tests.support import containers

    with ExitStack() as stack:
        url = containers.entered(stack, containers.postgres_container())
        yield url or stack.enter_context(embedded_postgres(_NOT_KILLED)).url


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """SQLAlchemy URL of a new, empty database, dropped after the test with all connections."""
    with new_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def _migrated(postgres_url: str) -> Iterator[str]:
    """The name of a database with the engine's schema, to be copied: nobody is connected to it."""
    from engine.store.postgres import connection, schema

    with new_database(postgres_url) as url:
        engine = connection.connect(url, "test")
        schema.migrate(engine)
        engine.dispose()
        yield str(make_url(url).database)


@pytest.fixture
def migrated_url(postgres_url: str, _migrated: str) -> Iterator[str]:
    """The same with the engine's schema: a copy takes a third of the time of migrating."""
    with new_database(postgres_url, _migrated) as url:
        yield url


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks, and give every process the key that notes are sealed to."""
    notes.set_for_all()
    config.addinivalue_line("markers", "kafka: needs a real Apache Kafka (set by its fixtures)")
    config.addinivalue_line("markers", "verify: takes long; for `make verify`, not `make test`")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a fixture of Kafka, so that `-m "not kafka"` is complete; files with such
    tests run first, so that no process is left with a long file when the others are done."""
    for item in items:
        if _FIXTURES_OF_KAFKA.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("kafka")
    slow = {item.path for item in items if item.get_closest_marker("kafka")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a section of its own how many tests were skipped for want of a broker, and why."""
    reasons = [
        str(report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and _NO_KAFKA in report.longrepr[2]
    ]
    if reasons:
        terminalreporter.section("NOT TESTED: REAL KAFKA", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(reasons)} tests were skipped: {reasons[0]}", red=True)
        terminalreporter.line(f"With {REQUIRE_KAFKA}=1 they fail instead.")


def entered_kafka(stack: ExitStack, kafka: AbstractContextManager[ApacheKafka]) -> ApacheKafka:
    """A broker, started on the stack; skips, or fails, where none can be started."""
    try:
        return stack.enter_context(kafka)
    except PartMissing as missing:
        reason = f"{_NO_KAFKA}: {missing}"
        if os.environ.get(REQUIRE_KAFKA) == "1":
            pytest.fail(f"{REQUIRE_KAFKA}=1, but {reason}", pytrace=False)
        pytest.skip(reason)
