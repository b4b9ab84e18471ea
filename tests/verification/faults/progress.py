"""How far the engine has come, seen from outside: cursors, outbox, and the ends of the topic."""

import time
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from confluent_kafka import Consumer, KafkaException, TopicPartition
from sqlalchemy import make_url

from tests.end_to_end.deployment import Deployment


@dataclass
class Mark:
    """What was published until a moment. `ends`: of the partitions. `put`: the last id that the
    outbox had given when all of that was processed; None before."""

    ends: dict[int, int]
    put: int | None = None


class RunProgress:
    """Looks at one deployment, over connections of its own that no fault is aimed at."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        url = make_url(deployment.database).set(drivername="postgresql")
        self._database = url.render_as_string(hide_password=False)
        # Kept from look to look: opening one for each would load the machine that is watched.
        self._connection: psycopg.Connection[Any] | None = None

    def mark(self) -> Mark:
        """This moment. Waits for a broker or a database that is coming back."""
        return Mark(self._ends())

    def reached(self, mark: Mark) -> bool:
        """Whether all that was published until then is processed, and what it led to, published."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(
                    self._database, autocommit=True, connect_timeout=5
                )
            return self._reached(self._connection, mark)
        except psycopg.Error:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return False

    def _reached(self, connection: psycopg.Connection[Any], mark: Mark) -> bool:
        if mark.put is None:
            cursors = self._cursors(connection)
            if any(cursors.get(p, 0) < end for p, end in mark.ends.items()):
                return False
            mark.put = _number(connection, _LAST_PUT)
        return _number(connection, _NOT_PUBLISHED, mark.put) == 0

    def _cursors(self, connection: psycopg.Connection[Any]) -> dict[int, int]:
        rows = connection.execute(
            "SELECT partition, next_offset FROM cursors WHERE topic = %s",
            (self._deployment.activity,),
        )
        return dict(rows.fetchall())

    def _ends(self) -> dict[int, int]:
        deadline = time.monotonic() + 60
        while True:
            try:
                return self._ask_ends()
            except KafkaException:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _ask_ends(self) -> dict[int, int]:
        consumer = Consumer(
            {
                "bootstrap.servers": self._deployment.bootstrap,
                "group.id": f"{self._deployment.name}-progress",
                "log_level": 0,
            }
        )
        try:
            topic = self._deployment.activity
            partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
            return {
                number: consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=10)[1]
                for number in partitions
            }
        finally:
            consumer.close()


# An identity's last value, for a row that is there no more counts too.
_LAST_PUT = (
    "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')::regclass), 0)"
)
_NOT_PUBLISHED = "SELECT count(*) FROM outbox WHERE id <= %s"


def _number(connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])
