"""A generated history whose publishers seal its notes."""

import json
from collections.abc import Iterable, Iterator

from benchmarks.history import Record
from benchmarks.note_key import note_key
from events.sealing import seal_note


def sealed(records: Iterable[Record]) -> Iterator[Record]:
    """The same records, with each note in clear sealed instead, to one key."""
    key = note_key()
    for name, value in records:
        if b'"message":' not in value:
            yield name, value
            continue
        event = json.loads(value)
        data = event["data"]
        data["sealed_message"] = seal_note(
            data.pop("message"),
            key,
            program_id=data["program_id"],
            loop_id=data["loop_id"],
            kudos_id=data["kudos_id"],
            recipient_id=data["recipient_id"],
        )
        yield name, json.dumps(event, separators=(",", ":")).encode()
