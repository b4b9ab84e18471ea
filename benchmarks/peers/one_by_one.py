"""A consumer that processes each event in an SQLAlchemy transaction of its own, then publishes.

What is published twice is counted once. A crash between commit and publishing loses an award, as
there is no outbox.
"""

import json
import time
from typing import Any

from confluent_kafka import Consumer, Producer
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from benchmarks.facts import KUDOS
from benchmarks.peers import LEVELS, attended
from events.schemas.registry import INPUT


class _Base(DeclarativeBase):
    pass


class _PlainEvent(_Base):
    __tablename__ = "peer_events"
    key: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class _Count(_Base):
    __tablename__ = "peer_counts"
    who: Mapped[str] = mapped_column(primary_key=True)
    meetings: Mapped[int]


class _Award(_Base):
    __tablename__ = "peer_awards"
    id: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str]


def rate(bootstrap: str, source: str, target: str, events: int, engine: Engine) -> float:
    """Events a second from the first to the last, awards acknowledged."""
    _Base.metadata.create_all(engine)
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "peer-one-by-one",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([source])
    producer = Producer(
        {
            "bootstrap.servers": bootstrap,
            "enable.idempotence": True,
            "log.connection.close": False,
        }
    )
    seen, began = 0, 0.0
    while seen < events:
        record = consumer.poll(1.0)
        if record is None or record.error():
            continue
        began = began or time.perf_counter()
        for award in _taken(engine, record.value() or b""):
            producer.produce(target, award)
        consumer.commit(message=record, asynchronous=True)
        seen += 1
    producer.flush()
    took = time.perf_counter() - began
    del producer  # errors that were caught hold on to this frame; it would outlive its broker
    consumer.close()
    return events / took


def _taken(engine: Engine, value: bytes) -> list[bytes]:
    """Take an event in; the awards that it gives."""
    event = json.loads(value)
    awards: list[dict[str, Any]] = []
    with Session(engine) as session:
        try:
            session.add(_PlainEvent(key=_key(event), body=value.decode()))
            session.flush()
        except IntegrityError:
            return []
        for who in attended(event):
            count = session.get(_Count, who, with_for_update=True)
            if count is None:
                count = _Count(who=who, meetings=0)
                session.add(count)
            count.meetings += 1
            if count.meetings in LEVELS:
                awards.append({"id": f"{who}/{count.meetings}", "who": who})
        if event["type"] == KUDOS:
            data = event["data"]
            awards.append({"id": data["kudos_id"], "who": data["recipient_id"]})
        session.add_all(_Award(**award) for award in awards)
        session.commit()
    return [json.dumps(award).encode() for award in awards]


def _key(event: dict[str, Any]) -> str:
    data = event["data"]
    place = data.get("loop_id") or data["participant_id"]
    return f"{event['type']}/{place}/{data[INPUT[event['type']].KEY]}"
