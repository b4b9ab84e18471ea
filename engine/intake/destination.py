"""Where a record of a file belongs: which topic, and under which Kafka key."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from events.schemas.fact_retracted import never_in_loops
from events.schemas.model import EventData
from events.schemas.registry import RETRACTION, TopicKind, topic_kind_of


class FileDestination(NamedTuple):
    """The kind of topic, and the key: the loop of a structured event, or its participant where
    there is no loop; None where neither can be read."""

    on: TopicKind
    key: bytes | None


def destination(value: bytes) -> FileDestination:
    """Where to publish a record that need not be valid: what governance alone may say on its
    topic, all else on that of activity. Records of one place then share a partition, in order,
    even those that will be refused.
    """
    try:
        event = json.loads(value, parse_int=float)
        type, given = event.get("type"), event.get("data")
        data = given if isinstance(given, dict) else {}
        on = topic_kind_of(type, data)
        without_loop = never_in_loops(data.get("fact_type") if type == RETRACTION else type)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return FileDestination("activity", None)
    fields = (EventData.PERSON,) if without_loop else ("loop_id", EventData.PERSON)
    return FileDestination(on, _first(data, fields))


def _first(data: Mapping[str, Any], fields: tuple[str, ...]) -> bytes | None:
    for field in fields:
        name = data.get(field)
        if isinstance(name, str) and name:
            try:
                return name.encode()
            except UnicodeEncodeError:
                return None
    return None
