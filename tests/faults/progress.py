"""How far the engine has come, seen from outside: cursors, outbox, and the ends of the topic."""

import time
from dataclasses import dataclass

import psycopg
from confluent_kafka import Consumer, KafkaException, TopicPartition
from sqlalchemy import make_url

from tests.end_to_end.deployment import Deployment


@dataclass(frozen=True)
class Mark:
    """Everything that was published until a moment: ends by partition, and the outbox's last id."""

    ends: dict[int, int]
    outbox: int


class Progress:
    """Looks at one deployment, over connections of its own that no fault is aimed at."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        url = make_url(deployment.database).set(drivername="postgresql")
        self._database = url.render_as_string(hide_password=False)

    def mark(self) -> Mark:
        """This moment. Waits for a broker or a database that is coming back."""
        return Mark(self._ends(), self._outbox())

    def reached(self, mark: Mark) -> bool:
        """Whether all that was published until then is taken in, and what it led to, said."""
        try:
            with psycopg.connect(self._database, connect_timeout=5) as connection:
                rows = connection.execute(
                    "SELECT partition, next_offset FROM cursors WHERE topic = %s",
                    (self._deployment.activity,),
                ).fetchall()
                cursors: dict[int, int] = dict(rows)
                if any(cursors.get(p, 0) < end for p, end in mark.ends.items()):
                    return False
                left = connection.execute(
                    "SELECT count(*) FROM outbox WHERE id <= %s", (mark.outbox,)
                ).fetchone()
        except psycopg.Error:
            return False
        return left == (0,)

    def lag(self) -> int:
        """Records published and not taken in."""
        with psycopg.connect(self._database, connect_timeout=5) as connection:
            rows = connection.execute(
                "SELECT partition, next_offset FROM cursors WHERE topic = %s",
                (self._deployment.activity,),
            ).fetchall()
        cursors: dict[int, int] = dict(rows)
        return sum(max(0, end - cursors.get(p, 0)) for p, end in self._ends().items())

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
            found = consumer.list_topics(topic, timeout=10).topics[topic].partitions
            return {
                number: consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=10)[1]
                for number in found
            }
        finally:
            consumer.close()

    def _outbox(self) -> int:
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(self._database, connect_timeout=5) as connection:
                    row = connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()
                    return int(row[0]) if row else 0
            except psycopg.Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
