"""Where histories come from that are not in the ledger: a JSONL file, or a topic of Kafka."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.settings import Settings
from engine.stream.offsets import topics
from events.envelope import Headers
from events.history_file import lines
from events.schemas.registry import TopicKind

LEDGER = "ledger"
_KAFKA = "kafka:"


class SourceRecord(NamedTuple):
    """A record, and its position, for people."""

    where: str
    value: bytes | None
    headers: Headers


def kind(source: str, settings: Settings) -> TopicKind | None:
    """Which types a source may hold: on a topic that workers read, those that they accept there;
    None: every type."""
    read = {f"{_KAFKA}{topic}": settings.kind_of(topic) for topic in settings.input_topics}
    return read.get(source)


def records(source: str, settings: Settings) -> Iterator[SourceRecord]:
    """The records of `FILE.jsonl`, or of `kafka:TOPIC` up to where it ends now.

    Raises:
        UnreadableHistory: the file cannot be read.
        BrokerUnreachable, TopicMissing
    """
    if source.startswith(_KAFKA):
        records_ = topics.records(settings, source.removeprefix(_KAFKA))
        for partition, offset, value, headers in records_:
            yield SourceRecord(f"partition {partition} offset {offset}", value, headers)
    else:
        for number, line in lines(Path(source)):
            yield SourceRecord(f"line {number}", line, ())
