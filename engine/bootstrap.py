"""The one place that wires: settings to a worker, a relay, a database, checked beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from engine import broker_state
from engine.catalog import loader
from engine.handlers.policy import Clock, IntakePolicy, system_clock
from engine.observability import logger
from engine.probes import Readiness
from engine.relay.producer import Publishing
from engine.relay.relays import Relays
from engine.settings import Settings
from engine.store.generations import live
from engine.store.generations.live import Generations
from engine.store.postgres import frozen_workers, network, schema, state
from engine.store.postgres.connection import LOOKUPS_ONLY, connect, transaction
from engine.stream.offsets import topics
from engine.stream.offsets.topics import TopicMissing
from engine.stream.worker import Worker

log = logger(__name__)

_A_MINUTE = "60s"


def terms(settings: Settings, clock: Clock = system_clock) -> IntakePolicy:
    """On which terms records are accepted. Raises SettingsError without a key for notes."""
    return IntakePolicy(
        clock, settings.tolerance, settings.flood, settings.notes_key, settings.kind_of
    )


@contextmanager
def database(
    settings: Settings, *, to_take_in: bool = False, patient: bool = False
) -> Iterator[Engine]:
    """The database, for commands: reachable and migrated.

    `to_take_in`: they are to take records in, as a worker does. `patient`: a replay, whose work
    takes as long as it takes.

    Raises:
        DatabaseUnreachable, SchemaMissing
    """
    # No lock_timeout: a command waits. But frozen it must not hold workers up.
    longest = limits(settings)["transaction_timeout"]
    session = LOOKUPS_ONLY | {"transaction_timeout": longest} if to_take_in else None
    application = "badge-replay" if patient else "badge-engine"
    if patient:
        session = {"jit": "off", frozen_workers.LONGEST: longest}
    engine = _connect(settings, application, session)
    try:
        with transaction(engine):
            pass  # an address that does not answer says so here, in words
        schema.check(engine)
        yield engine
    finally:
        engine.dispose()


def migrate(settings: Settings) -> tuple[str, list[str]]:
    """Make or update the database schema and the topics; gives its version and the topics made.

    Raises:
        DatabaseUnreachable, SchemaBusy, BrokerUnreachable, CatalogDiffers, CatalogError
    """
    catalog = loader.find(settings.catalog)
    engine = _connect(settings, "badge-engine-migrate", {"lock_timeout": _A_MINUTE})
    try:
        with transaction(engine):
            pass
        with schema.in_time():
            version = schema.migrate(engine)
            with transaction(engine) as tx:
                live.start(tx, catalog)
    finally:
        engine.dispose()
    return version, topics.create(settings)


def limits(settings: Settings) -> dict[str, str]:
    """How long a worker's transaction, and a lock that it waits for, may take.

    A transaction less than Kafka's session: that of a worker that was frozen, and has lost its
    partitions meanwhile, must not hold the new owner up. A lock less than a transaction: a batch
    that waits for a frozen worker is not one that is too slow.
    """
    return {
        "transaction_timeout": f"{int(settings.session_seconds * 900)}ms",
        "lock_timeout": f"{int(settings.session_seconds * 300)}ms",
    }


@contextmanager
def worker(settings: Settings, clock: Clock = system_clock) -> Iterator[Worker]:
    """A worker that may start: all it needs is there, and its catalog is the database's.

    Raises:
        DatabaseUnreachable, SchemaMissing, CatalogAltered, CatalogDiffers, BrokerUnreachable,
        TopicMissing, SettingsError
    """
    policy = terms(settings, clock)
    with database(settings) as engine:
        host = network.exposed(engine)
        if host is not None:
            log.warning("PostgreSQL is not talked to over TLS, see docs/operating.md", host=host)
        with transaction(engine) as tx:
            live.check_default(tx, loader.find(settings.catalog))
            Generations().check(tx)
    for topic in topics.missing(settings, settings.topics):
        raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")
    engine = _connect(settings, frozen_workers.WORKER, LOOKUPS_ONLY | limits(settings))
    try:
        yield Worker(settings, engine, policy)
    finally:
        engine.dispose()


@contextmanager
def relays(settings: Settings) -> Iterator[Relays]:
    """A relay for every topic. Raises DatabaseUnreachable, SchemaMissing."""
    with database(settings):
        pass
    session = LOOKUPS_ONLY | {"statement_timeout": _A_MINUTE}  # it waits for no lock of ours
    session |= network.server_keepalives(settings.session_seconds)
    engine = _connect(settings, "badge-engine-relay", session)
    try:
        yield Relays(engine, lambda: Publishing(settings), settings.session_seconds)
    finally:
        engine.dispose()


@contextmanager
def readiness(settings: Settings) -> Iterator[Readiness]:
    """What /readyz of a worker or a relay says: database and schema are needed; a broker that is
    away is waited for. Raises DatabaseUnreachable (an address that cannot be read)."""
    engine = _connect(settings, "badge-engine-probes", {"statement_timeout": "3s"})
    checks = {
        "database": lambda: state.of_database(engine),
        "schema": lambda: state.of_schemas((engine, schema.ENGINE)),
        "kafka": lambda: broker_state.of_kafka(settings.kafka_bootstrap),
    }
    try:
        yield Readiness(checks, needed=("database", "schema"))
    finally:
        engine.dispose()


def _connect(settings: Settings, application: str, session: dict[str, str] | None = None) -> Engine:
    return connect(settings.database, application, session, settings.database_silence_seconds)
