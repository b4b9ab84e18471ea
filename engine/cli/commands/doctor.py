"""`badge-engine doctor`: what is there, what is wrong, and what to do about it.

Checks are independent: one that cannot be made says why, and the others go on.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine

from engine import settings
from engine.catalog import loader
from engine.catalog.loader import CatalogError
from engine.cli.console.checks import Check, shown, tried
from engine.cli.rendering import database_checks, open_transactions, partition_checks
from engine.local.errors import PartMissing
from engine.local.java import java
from engine.queries import inputs
from engine.rules.time_zones import RULES_VERSION
from engine.settings import Settings, SettingsError
from engine.store.awards import outbox
from engine.store.awards.outbox import Topic, Waiting
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.dead_letters import entries
from engine.store.facts import clear_messages
from engine.store.generations import live, zone_rules
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import CatalogDiffers, Generations
from engine.store.postgres import network, schema
from engine.store.postgres.connection import DatabaseUnreachable, connect, transaction
from engine.store.postgres.schema import SchemaMissing
from engine.stream.offsets import topics
from engine.stream.offsets.open_transactions import OpenTransactions
from engine.stream.offsets.topics import BrokerUnreachable, TopicMissing

OLDEST_PYTHON = (3, 11)
STUCK_SECONDS = 60.0
_IF_STUCK = (
    "is a relay running? (`badge-engine run` has one) Its log says why it cannot publish; see\n"
    "docs/operating.md, 'Kafka does not take a message'"
)


class ZoneRulesDiffer(Exception):
    """Programs were folded by other rules of time zones than the installed ones."""


_WRONG = (
    BrokerUnreachable,
    CatalogAltered,
    CatalogDiffers,
    CatalogError,
    DatabaseUnreachable,
    SchemaMissing,
    SettingsError,
    TopicMissing,
    ZoneRulesDiffer,
)


def doctor() -> None:
    """Check settings, Kafka, database and catalog, and say what to do about what is wrong."""
    shown(examine())


def examine() -> Iterator[Check]:
    """All checks, one by one as they are made."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    recent = sys.version_info >= OLDEST_PYTHON
    yield Check(recent, "Python", version if recent else f"{version}; {wanted} or later is needed")
    try:
        loaded = settings.load()
        security = loaded.security.protocol
    except SettingsError as error:
        yield Check(False, "settings", str(error))
    else:
        yield Check(True, "settings", f"valid; Kafka over {security}")
        yield _tried("key for notes", lambda: loaded.notes_key.kid)
        yield from _kafka(loaded)
        yield from _database(loaded)
    yield from _local()


def _tried(what: str, check: Callable[[], str]) -> Check:
    return tried(what, check, _WRONG)


def _kafka(loaded: Settings) -> Iterator[Check]:
    reached = _tried("Kafka", lambda: f"{loaded.bootstrap}, cluster {topics.cluster(loaded)}")
    yield reached
    if not reached.good:
        return
    for topic in loaded.topics:
        yield _tried("topic", lambda topic=topic: _partitions(loaded, topic))  # type: ignore[misc]


def _partitions(loaded: Settings, topic: str) -> str:
    count = len(topics.partitions(loaded, topic))
    return f"{topic}: {count} partition{'s' if count > 1 else ''}"


def _database(loaded: Settings) -> Iterator[Check]:
    catalog = _tried("catalog", lambda: _catalog(loaded))
    yield catalog
    try:
        engine = connect(loaded.database, "badge-engine-doctor")
    except (SettingsError, DatabaseUnreachable) as error:
        yield Check(False, "database", str(error))
        return
    try:
        reached = _tried("database", lambda: _server(engine))
        yield reached
        if not reached.good:
            return
        yield from (Check(*finding) for finding in database_checks.findings(engine))
        migrated = _tried("schema", lambda: _schema(engine))
        yield migrated
        if not migrated.good:
            return
        if catalog.good:
            yield _tried("default catalog", lambda: _default(engine, loaded))
        yield _tried("time zones", lambda: _zones(engine))
        yield from _work(engine, loaded)
    finally:
        engine.dispose()


def _catalog(loaded: Settings) -> str:
    catalog = loader.find(loaded.catalog)
    return f"{catalog.name} version {catalog.version} ({catalog.digest[:12]})"


def _server(engine: Engine) -> str:
    with transaction(engine) as tx:
        row = tx.one("SELECT current_setting('server_version')")
    where = network.shown(engine.url)
    host = network.exposed(engine)
    plain = f"\nnot over TLS, though {host} is another machine" if host is not None else ""
    return f"PostgreSQL {row[0] if row else ''} at {where}{plain}"


def _schema(engine: Engine) -> str:
    schema.check(engine)
    return f"version {schema.version(engine)}"


def _default(engine: Engine, loaded: Settings) -> str:
    with transaction(engine) as tx:
        live.check_default(tx, loader.find(loaded.catalog))
        Generations().check(tx)
    return "the database's default is that of BADGE_ENGINE_CATALOG"


def _zones(engine: Engine) -> str:
    with transaction(engine) as tx:
        differing = zone_rules.differing(tx)
    if differing:
        programs = ", ".join(f"{item.program} ({item.zone})" for item in differing)
        raise ZoneRulesDiffer(
            f"tzdata {RULES_VERSION} is installed; folded by other rules: {programs}\n"
            "what day a fact was on may differ: fold them again under the same catalog, from\n"
            "`badge-replay plan --catalog FILE --program ID` on; its diff shows what that changes"
        )
    return f"tzdata {RULES_VERSION}, by which all programs are folded"


def _work(engine: Engine, loaded: Settings) -> Iterator[Check]:
    """What waits. A stopped partition is wrong, and a note in clear; the rest may be all right a
    moment later."""
    with transaction(engine) as tx:
        known = cursors.of_topics(tx, loaded.input_topics)
        waiting = outbox.waiting(tx)
        refused = entries.counts(tx)
        clear = clear_messages.count(tx)
        heard = inputs.read(tx, datetime.now(UTC))
    for topic, of_topic in known.items():
        yield from _lag(topic, of_topic, loaded)
    yield from _outbox(waiting, loaded)
    yield from (Check(*finding) for finding in partition_checks.findings(loaded, engine, known))
    if clear:
        yield Check(False, "notes", f"{clear} are stored in clear: run `badge-engine notes seal`")
    for each in heard:
        if each.is_quiet:
            silent = f"{each.type} of {each.program} is silent since {each.last:%Y-%m-%d %H:%M} UTC"
            yield Check(None, "input", f"{silent}, {each.ratio:.1f} times its longest gap")
    by_reason = ", ".join(f"{count} {reason}" for reason, count in sorted(refused.items()))
    listed = f"{by_reason} open; see `badge-engine dead-letters list`"
    yield Check(
        *((None, "dead letters", listed) if refused else (True, "dead letters", "none open"))
    )


def _outbox(waiting: Mapping[Topic, Waiting], loaded: Settings) -> Iterator[Check]:
    for topic, there in waiting.items():
        unpublished = f"{there.messages} unpublished for {loaded.topic_of(topic)}"
        if there.oldest_seconds > STUCK_SECONDS:
            stuck = f"{unpublished}, the oldest for {there.oldest_seconds:.0f} s"
            yield Check(False, "outbox", f"{stuck}\n{_IF_STUCK}")
        elif there.messages:
            running = "is a relay running? (`badge-engine run` has one)"
            yield Check(None, "outbox", f"{unpublished}; {running}")
    if not any(there.messages for there in waiting.values()):
        yield Check(True, "outbox", "0 unpublished")


def _lag(topic: str, known: Mapping[int, Cursor], loaded: Settings) -> Iterator[Check]:
    if not loaded.kafka_bootstrap:
        return
    try:
        ranges, behind = OpenTransactions().offsets(loaded, topic)
    except (BrokerUnreachable, TopicMissing):
        return  # another check names it
    lag = 0
    for number, there in ranges.items():
        cursor = known.get(number)
        lag += max(0, there.end - (cursor.next_offset if cursor is not None else there.begin))
    unread = f"{lag} records of {topic} to read; is a worker running? (`badge-engine run`)"
    read = f"none: everything of {topic} is read"
    yield Check(*((None, "lag", unread) if lag else (True, "lag", read)))
    for number, blocked in behind.items():
        age = datetime.now(UTC) - blocked.since
        good = False if age.total_seconds() > STUCK_SECONDS else None
        text = open_transactions.described(topic, number, blocked, loaded.bootstrap)
        yield Check(good, "open transaction", text)


def _local() -> Iterator[Check]:
    """What `badge-engine demo` would start where no address is given. Nothing else needs it."""
    try:
        yield Check(None, "Java", f"{java()} (for a local Kafka)")
    except PartMissing as missing:
        yield Check(None, "Java", f"{missing} (only for a local Kafka)")
    maven = shutil.which("mvn")
    yield Check(None, "Maven", f"{maven or 'mvn is not on the PATH'} (only for a local Kafka)")
