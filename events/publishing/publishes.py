"""What the methods of the SDK stand on: something that sends an event."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime


class Publishes(ABC):
    """Sends events of every type."""

    @abstractmethod
    def _publish(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        """Check an event and send it to the topic of its type. Returns the event id. Raises
        InvalidData, DeliveryError."""
