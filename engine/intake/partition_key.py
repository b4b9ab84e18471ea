"""The Kafka key of a record: its loop, or its participant where there is no loop."""

import json

from events.schemas.model import EventData


def partition_key(value: bytes) -> bytes | None:
    """The key under which a structured event is published; None where it cannot be read.

    Records of one loop then share a partition, in order, even those that will be refused.
    """
    try:
        data = json.loads(value, parse_int=float)["data"]
        for field in ("loop_id", EventData.PERSON):
            name = data.get(field)
            if isinstance(name, str) and name:
                return name.encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None
