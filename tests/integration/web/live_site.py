"""The people surface under uvicorn, with streams that a topic of its own wakes."""

import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import uvicorn
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from tests.integration.web.listening import heard
from tests.integration.web.people_surface import PeopleSurface, Role, bearer
from tests.unit.web.live.test_changes import awarded
from web import bootstrap
from web.live.admissions import AdmissionWatch
from web.live.feed import AwardsFeed
from web.live.hub import Hub
from web.live.stream import StreamTimes
from web.serving import EndingServer
from web.surfaces import people

EVENTS = "/v1/programs/p/me/events"
_SECONDS = 30.0


class LiveSite:
    """The surface under uvicorn, fed from a topic of its own."""

    def __init__(self, surface: PeopleSurface, hub: Hub, port: int, kafka: str, topic: str) -> None:
        self.surface = surface
        self.hub = hub
        self.port = port
        self.kafka = kafka
        self.topic = topic
        self._producer = Producer({"bootstrap.servers": kafka})

    def stream(self, *held: Role, seconds: float = _SECONDS, **headers: str) -> Any:
        """A stream of somebody with these roles."""
        return heard(self.port, EVENTS, {**(bearer(*held) if held else {}), **headers}, seconds)

    def publish(self, key: str, value: bytes, partition: int = 0) -> None:
        """Put a record on the topic, as the engine does."""
        self._producer.produce(self.topic, value, key.encode(), partition)
        assert self._producer.flush(_SECONDS) == 0

    def give(self, recipient: str, giver: str, award: str | None = None) -> str:
        """Award somebody kudos; gives the award's id."""
        name = award or str(uuid.uuid4())
        value = awarded(
            award_id=name, recipient_id=recipient, category="kudos", total=1, giver_id=giver
        )
        self.publish(recipient, value)
        return name


@contextmanager
def running(surface: PeopleSurface, hub: Hub, times: StreamTimes) -> Iterator[int]:
    """The people surface, as a process serves it; gives its port."""
    pools = surface.pools
    there = people.application(
        surface.settings,
        pools,
        bootstrap.readiness(pools, surface.settings),
        surface.issuer,
        hub=hub,
        times=times,
    )
    with socket.create_server(("127.0.0.1", 0)) as own:
        server = EndingServer(uvicorn.Config(there, log_level="warning", lifespan="off"), hub)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
        thread.start()
        try:
            yield own.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(5)  # uvicorn would wait for streams without end
            assert not thread.is_alive()


@contextmanager
def live_site(surface: PeopleSurface, kafka: str) -> Iterator[LiveSite]:
    """A site on a topic of its own."""
    topic = f"awards-{uuid.uuid4().hex[:8]}"
    admin = AdminClient({"bootstrap.servers": kafka})
    admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(_SECONDS)
    hub = Hub()
    with ExitStack() as stack:
        feed = AwardsFeed({"bootstrap.servers": kafka}, topic, hub)
        stack.enter_context(feed.running())
        watch = AdmissionWatch(hub, surface.pools.people, lambda: surface.now, 0.05)
        stack.enter_context(watch.running())
        port = stack.enter_context(running(surface, hub, StreamTimes(beat=0.2)))
        yield LiveSite(surface, hub, port, kafka, topic)
