"""The Faust app: one agent for all topics, nothing declared, committed or stored by Faust."""

import tempfile
from typing import Any

import faust
from faust.types import AppT
from yarl import URL

from engine.settings import Settings
from engine.stream.fetch import batches
from engine.stream.fetch.consumer import Consumer, Positions, Transport
from engine.stream.fetch.fetched import Fetched
from events.kafka_security import Security

# Polls stop while the database is away or memory is full. Kafka's limit on that must not end our
# membership: Faust would wait for ever for an assignment.
_NEVER_SECONDS = 3e7
_PARTITION_FETCH_BYTES = 1 << 20


class PassThrough(faust.Schema[Any, Any]):
    """Key and value as they are: batches need no decoding."""

    def loads_key(self, app: AppT, message: Any, **_kwargs: Any) -> Any:
        return message.key

    def loads_value(self, app: AppT, message: Any, **_kwargs: Any) -> Fetched:
        fetched: Fetched = message.value
        return fetched


class App(faust.App):
    """Faust's app with our transport."""

    our_consumer: type[Consumer]

    def _new_transport(self) -> Transport:
        return Transport(self.our_consumer, self.conf.broker_consumer, self)


def make(settings: Settings, positions: Positions) -> App:
    """The app. `positions` says where partitions are to be read on from."""
    security = settings.security
    batches.limit(settings.unpacked_mb)
    app = App(
        settings.group,
        broker=[URL(f"kafka://{address}") for address in settings.bootstrap.split(",")],
        broker_credentials=_credentials(security),
        broker_session_timeout=settings.session_seconds,
        broker_heartbeat_interval=min(1.0, settings.session_seconds / 3),
        broker_rebalance_timeout=settings.session_seconds * 1.5,
        broker_request_timeout=max(30.0, settings.session_seconds * 3),
        broker_max_poll_interval=_NEVER_SECONDS,
        broker_max_poll_records=settings.batch_records,
        consumer_auto_offset_reset="none",
        consumer_metadata_max_age_ms=10_000,
        consumer_max_fetch_size=_PARTITION_FETCH_BYTES,
        consumer_group_instance_id=settings.instance,
        stream_wait_empty=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        table_standby_replicas=0,
        web_enabled=False,
        # Faust makes this folder, and nothing in it.
        datadir=tempfile.mkdtemp(prefix="badge-engine-faust-"),
    )

    class OurConsumer(Consumer):
        bytes_at_most = settings.memory_mb << 20
        records_at_most = settings.batch_records

    OurConsumer.positions = staticmethod(positions)
    OurConsumer.kind_of = staticmethod(settings.kind_of)
    app.our_consumer = OurConsumer
    return app


def _credentials(security: Security) -> Any:
    if not security.tls:
        return None
    context = security.context()
    if security.sasl_mechanism is None:
        return faust.SSLCredentials(context)
    return faust.SASLCredentials(
        username=security.username,
        password=security.password,
        mechanism=security.sasl_mechanism,
        ssl_context=context,
    )
