"""The oracle's reading of a Kafka record: structured or binary CloudEvents, bytes and headers."""

import json
from datetime import datetime

from tests.verification.checker.kept import FAR
from tests.verification.checker.seen import PublishedRecord
from tests.verification.oracle.reading import InputRecord, read, read_structured
from tests.verification.oracle.wire_values import OracleRefusal

_MARK = "ce_specversion"
_LARGEST = 65_536
_ATTRIBUTES = ("specversion", "id", "source", "type", "time", "data_base64")


def reading(record: PublishedRecord, clock: datetime) -> InputRecord | str:
    """What a record tells: a fact, a retraction, or the reason why it is refused (a string)."""
    try:
        if record.value is not None and len(record.value) > _LARGEST:
            return "oversize"
        if any(name == _MARK for name, _ in record.headers):
            return read_structured(_as_structured(record), clock)
        return read(record.value or b"", clock)
    except OracleRefusal as refusal:
        return str(refusal.args[0])


def reading_later(record: PublishedRecord) -> InputRecord | str:
    """The same, when nothing lies in the future any more: as a dead letter may be read again."""
    return reading(record, FAR)


def _as_structured(record: PublishedRecord) -> bytes:
    """The same event in structured mode. Of repeated headers the last wins."""
    event: dict[str, str | None] = {}
    for name, text in record.headers:
        if name.startswith("ce_"):
            try:
                event[name[3:]] = None if text is None else text.decode("utf-8")
            except UnicodeDecodeError:
                raise OracleRefusal("malformed") from None
    attributes = {name: event[name] for name in _ATTRIBUTES if name in event}
    data = record.value if record.value is not None else b"null"
    try:
        json.loads(data.decode("utf-8"))  # by itself: nothing may reach out of its place
    except (ValueError, RecursionError):
        raise OracleRefusal("malformed") from None
    return json.dumps(attributes).encode()[:-1] + b', "data": ' + data + b"}"
