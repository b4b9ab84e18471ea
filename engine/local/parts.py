"""Which broker and which database: the ones given, else the best this machine can start."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine.local.apache_kafka import apache_kafka
from engine.local.embedded_broker import embedded_broker
from engine.local.embedded_postgres import embedded_postgres
from engine.local.errors import PartMissing
from engine.local.java import java
from engine.local.kafka_jars import kafka_jars

GIVEN = "given address"


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker to use: `bootstrap` is "host:port" (several: comma-separated).

    `second_best` says why it is not Apache Kafka, if it was started here and is not; else empty.
    """

    bootstrap: str
    kind: str
    second_best: str = ""


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL database to use: `url` is a SQLAlchemy URL."""

    url: str
    kind: str


@contextmanager
def broker(address: str | None) -> Iterator[Broker]:
    """The broker at `address`; without one, Apache Kafka if it can run here, else the embedded.

    Raises PartMissing if neither can run here, PartFailed if the one started did not work.
    """
    if address:
        yield Broker(address, GIVEN)
    elif lack := _lack_for_apache_kafka():
        with embedded_broker() as embedded:
            yield Broker(embedded.bootstrap, embedded.kind, lack)
    else:
        with apache_kafka() as kafka:
            yield Broker(kafka.bootstrap, kafka.kind)


@contextmanager
def database(url: str | None) -> Iterator[Database]:
    """The database at `url`; without one, an empty one in the embedded PostgreSQL.

    Raises PartMissing without its wheel, PartFailed if it did not start.
    """
    if url:
        yield Database(url, GIVEN)
        return
    with embedded_postgres() as started:
        yield Database(started.url, started.kind)


def _lack_for_apache_kafka() -> str:
    """What Apache Kafka lacks to run here, or nothing; its jars are fetched if only they lack."""
    try:
        java()
        kafka_jars()
    except PartMissing as missing:
        return str(missing)
    return ""
