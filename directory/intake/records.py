"""One record of the topic, read: a description, a tombstone, or why it is neither. Pure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from events.envelope import MAX_BYTES, Headers, NotACloudEvent, read
from events.instants import Instant
from events.schemas.directory.description import SEPARATOR, Description, Kind
from events.schemas.registry import DIRECTORY, InvalidData, read_description

RefusalReason = Literal["key", "oversize", "malformed", "unknown_type", "invalid", "mismatch"]

_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


class Subject(NamedTuple):
    """What a record is about: a program (its id is the program's), a participant or a loop."""

    kind: Kind
    program: str
    id: str


@dataclass(frozen=True, slots=True)
class DescriptionRecord:
    """The state of a subject as of `time`."""

    subject: Subject
    time: Instant
    data: Description


@dataclass(frozen=True, slots=True)
class TombstoneRecord:
    """The subject is forgotten."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class RefusedDescription:
    """Neither; `why` quotes nothing of the record, `reason` is why in a word."""

    why: str
    reason: RefusalReason


ReadRecord = DescriptionRecord | TombstoneRecord | RefusedDescription


def parse(key: bytes | None, value: bytes | None, headers: Headers = ()) -> ReadRecord:
    """What a record says. Never raises: whatever the bytes are, there is an answer."""
    subject = _subject(key)
    if subject is None:
        return RefusedDescription("the key is not kind, program and id, joined with U+001F", "key")
    if value is None:
        return TombstoneRecord(subject)
    if len(value) > MAX_BYTES:
        return RefusedDescription(f"the value has more than {MAX_BYTES} bytes", "oversize")
    try:
        event = read(value, headers)
    except NotACloudEvent as error:
        return RefusedDescription(str(error), "malformed")
    if event.type not in DIRECTORY:
        return RefusedDescription("no description of this type is known", "unknown_type")
    try:
        data = read_description(event.type, event.data)
    except InvalidData as error:
        return RefusedDescription(str(error), "invalid")
    if Subject(data.KIND_OF_THING, data.program_id, data.described_id) != subject:
        return RefusedDescription("the key names something else than the data", "mismatch")
    return DescriptionRecord(subject, event.time, data)


def _subject(key: bytes | None) -> Subject | None:
    try:
        parts = (key or b"").decode().split(SEPARATOR)
    except UnicodeDecodeError:
        return None
    if len(parts) != 3 or parts[0] not in _KINDS or not all(parts):
        return None
    kind, program, name = parts
    if kind == "program" and name != program:
        return None
    return Subject(_KINDS[kind], program, name)
