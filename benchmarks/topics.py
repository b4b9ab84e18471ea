"""Topics for what is compared with the engine."""

from kafka.admin import NewTopic

from engine.settings import Settings
from engine.stream.offsets.topics import admin


def make(loaded: Settings, *names: str) -> None:
    """Topics with as many partitions as the engine's input has. Raises BrokerUnreachable."""
    with admin(loaded) as client:
        client.create_topics([NewTopic(name, loaded.partitions, 1) for name in names])
