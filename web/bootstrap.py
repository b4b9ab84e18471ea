"""The one place that wires the web: settings to pools, readiness and what hears of changes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Engine

from directory.migrations import CHAIN as DIRECTORY
from engine import broker_state
from engine.observability import logger
from engine.probes import Readiness
from engine.queries.snapshot import Reader
from engine.store.postgres import state
from engine.store.postgres.connection import connect
from engine.store.postgres.schema import ENGINE
from governance.committee import Committee
from governance.migrations import CHAIN as GOVERNANCE
from web import metrics
from web.live.admissions import AdmissionWatch
from web.live.feed import AwardsFeed
from web.live.hub import Hub
from web.migrations import CHAIN as WEB
from web.notes import key_state
from web.settings import WebSettings
from web.sharing.sweep import ShareSweep

log = logger(__name__)

_LONGEST = {"statement_timeout": "10s", "idle_in_transaction_session_timeout": "30s"}


@dataclass(frozen=True, slots=True)
class Pools:
    """Connections of the people surface, each of one role of the database."""

    reader: Engine
    people: Engine
    notes: Engine
    governance: Engine | None = None
    """Of badge_governance; None where there is no committee."""

    def each(self) -> list[Engine]:
        """All that there are."""
        of_every = [self.reader, self.people, self.notes]
        return of_every if self.governance is None else [*of_every, self.governance]


@contextmanager
def pools(settings: WebSettings) -> Iterator[Pools]:
    """The connections of a people process; none is made yet, so that pages can say when PostgreSQL
    is away."""
    with ExitStack() as stack:
        yield Pools(
            stack.enter_context(
                _pool(
                    settings.reader_database_url,
                    settings.reader_connections,
                    default_transaction_read_only="on",
                )
            ),
            stack.enter_context(_pool(settings.people_database_url, settings.people_connections)),
            stack.enter_context(_pool(settings.notes_database_url, settings.notes_connections)),
            stack.enter_context(
                _pool(settings.governance_database_url, settings.governance_connections)
            )
            if settings.has_committee
            else None,
        )


def committee(settings: WebSettings, pools: Pools, reader: Reader) -> Committee | None:
    """The committee of programs; None where a deployment has none."""
    if pools.governance is None:
        return None
    return Committee(pools.governance, reader, settings.case_keys, settings.now)


def ops_pool(settings: WebSettings) -> AbstractContextManager[Engine]:
    """The connections of an ops process: all have the engine's own role."""
    return _pool(settings.database_url, settings.connections)


@contextmanager
def _pool(url: SecretStr | None, size: int, **session: str) -> Iterator[Engine]:
    assert url is not None, "settings are checked before"
    options = _LONGEST | {"jit": "off"} | session
    engine = connect(url.get_secret_value(), "badge-web", options, pool_size=size)
    try:
        yield engine
    finally:
        engine.dispose()


def readiness(pools: Pools, settings: WebSettings) -> Readiness:
    """What /readyz of people says: pages need the database, its schemas and the keys of notes.
    Without Kafka they work, and kudos wait."""

    return Readiness(
        {
            "database": lambda: state.of_database(*pools.each()),
            "schema": lambda: state.of_schemas(
                (pools.reader, ENGINE),
                (pools.people, DIRECTORY),
                (pools.people, WEB),
                *([(pools.governance, GOVERNANCE)] if pools.governance else []),
            ),
            "keys": lambda: key_state.of_keys(pools.notes, settings.master_keys),
            "kafka": lambda: broker_state.of_kafka(settings.engine.kafka_bootstrap),
        },
        needed=("database", "schema", "keys"),
    )


def ops_readiness(pool: Engine, settings: WebSettings) -> Readiness:
    """What /readyz of ops says: the console needs the database and its schemas. Without Kafka it
    shows what was last known."""
    return Readiness(
        {
            "database": lambda: state.of_database(pool),
            "schema": lambda: state.of_schemas((pool, ENGINE), (pool, WEB)),
            "kafka": lambda: broker_state.of_kafka(settings.engine.kafka_bootstrap),
        },
        needed=("database", "schema"),
    )


@contextmanager
def live(settings: WebSettings, pools: Pools) -> Iterator[Hub]:
    """Who listens in this process, woken by what Kafka brings, for the length of the block; what is
    revoked meanwhile is shared no longer.

    Raises SettingsError: Kafka's settings do not fit.
    """
    hub, kafka = Hub(), settings.engine
    with ExitStack() as stack:
        stack.enter_context(AdmissionWatch(hub, pools.people, settings.now).running())
        sweep = ShareSweep(
            Reader(pools.reader),
            pools.people,
            settings.now,
            metrics.STATUS_LIST_SWEPT.set_to_current_time,
        )
        stack.enter_context(sweep.running())
        if kafka.kafka_bootstrap:
            options = {
                "bootstrap.servers": kafka.bootstrap,
                **kafka.security.librdkafka_options(),
            }
            feed = AwardsFeed(options, kafka.awards_topic, hub, sweep.revoked)
            stack.enter_context(feed.running())
        else:
            log.warning("KAFKA_BOOTSTRAP is not set, so no page hears of changes")
        yield hub
