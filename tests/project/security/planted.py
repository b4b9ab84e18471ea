"""Records with private messages where they belong and where they do not. Each message is one of its
own and begins with PLANTED, so that whatever shows it can be searched for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from events.envelope import Headers
from events.sealing import new_key_pair, seal_note
from tests.support.given import KUDOS, kudos, meeting, record, retracted

MARK = "PLANTED"
CLEAR = f"{MARK}-in-clear"
"""Begins the private messages of records that are accepted."""
SEALED = f"{MARK}-sealed"
"""And of those that are sealed before they are published."""
_READER, _ = new_key_pair()

_numbers = count(1)


def message(mark: str = MARK) -> str:
    """A private message that there is only once."""
    return f"{mark} words no. {next(_numbers)}, for one alone"


@dataclass(frozen=True)
class PlantedRecord:
    """A record to publish as it is."""

    value: bytes | None
    key: bytes | None = b"loop"
    headers: Headers = field(default=())


def records() -> Iterator[PlantedRecord]:
    """Good ones, and every kind of bad one."""
    yield from (PlantedRecord(meeting(f"m{n}", "ann", "ben", at=n)) for n in range(1, 6))
    yield PlantedRecord(_kudos("good"))
    yield from (PlantedRecord(_accepted(n)) for n in range(3))
    yield from (PlantedRecord(_sealed(f"sealed-{n}")) for n in range(3))
    yield PlantedRecord(_sealed("sealed-self", giver_id="ann"))
    yield PlantedRecord(_sealed("sealed-both", message=message()))
    yield PlantedRecord(_kudos("key"), key=message().encode())
    yield PlantedRecord(
        _kudos("headers"), headers=[("note", message().encode()), (message(), b"1")]
    )
    yield PlantedRecord(
        _kudos("bad"), headers=[("ce_specversion", b"1.0"), (f"ce_{message()}", b"\xff")]
    )
    yield PlantedRecord(
        _kudos("binary"), headers=[("ce_specversion", b"1.0"), ("ce_id", message().encode())]
    )
    yield PlantedRecord(kudos("self", "ann", "ann", "trust", message=message()))
    yield PlantedRecord(kudos("no-such-kind", "ben", "ann", message(), message=message()))
    yield PlantedRecord(kudos("good", "ben", "ann", "expertise", message=message()))  # a conflict
    yield PlantedRecord(_kudos("good"))  # sent again with other words: the first are kept
    yield PlantedRecord(
        kudos(message() * 5, "ben", "ann", "trust", message=message())
    )  # an id too long
    yield PlantedRecord(
        kudos("ids", "ben", "ann", "trust", message=message(), giver_id=[message()])
    )
    yield PlantedRecord(kudos("list", "ben", "ann", "trust", message=[message()]))
    yield PlantedRecord(kudos("control", "ben", "ann", "trust", message=message() + "\x07"))
    yield PlantedRecord(kudos("long", "ben", "ann", "trust", message=message() * 100))
    yield PlantedRecord(kudos("surrogate", "ben", "ann", "trust", message=message() + "\ud800"))
    yield PlantedRecord(kudos("when", "ben", "ann", "trust", message=message(), at=message()))
    yield PlantedRecord(
        kudos("future", "ben", "ann", "trust", at="2999-01-01T00:00:00Z", message=message())
    )
    yield PlantedRecord(kudos("field", "ben", "ann", "trust", **{message(): message()}))
    yield PlantedRecord(kudos("loopless", "ben", "ann", "trust", message=message(), loop_id=None))
    yield PlantedRecord(_with("extension", note=message(), subject=message(), dataschema=message()))
    yield PlantedRecord(_with("type", type=message()))
    yield PlantedRecord(_with("version", specversion=message()))
    yield PlantedRecord(_with("source", source=message() + "\n"))
    yield PlantedRecord(_with("both", data_base64=message()))
    yield PlantedRecord(json.dumps({"data": message()}).encode())
    yield PlantedRecord(json.dumps(message()).encode())
    yield PlantedRecord(_kudos("cut")[:-9])
    yield PlantedRecord(_kudos("utf-8").replace(b" words", b" \xff\xfe words"))
    yield PlantedRecord(_kudos("nan").replace(b'"data": {', b'"data": {"n": NaN, '))
    yield PlantedRecord(_kudos("large") + b" " * 70_000)
    yield PlantedRecord(
        _kudos("deep").replace(b'"data": {', b'"data": {"n": ' + b"[" * 300 + b", ")
    )
    yield PlantedRecord(record("mentoring.badge.awarded.v1", 1, {"note": message()}))
    yield PlantedRecord(retracted(KUDOS, "headers", reason=message()))
    yield PlantedRecord(retracted(KUDOS, message() * 9, reason=message()))
    yield PlantedRecord(None, key=message().encode())


def _kudos(name: str) -> bytes:
    return kudos(name, "ben", "ann", "trust", message=message())


def _accepted(number: int) -> bytes:
    return kudos(f"accepted-{number}", "ben", "ann", "trust", message=message(CLEAR))


def _sealed(name: str, **data: str) -> bytes:
    sealed = seal_note(
        message(SEALED),
        _READER,
        program_id="program",
        loop_id="loop",
        kudos_id=name,
        recipient_id="ann",
    )
    fields = {"giver_id": "ben", "sealed_message": sealed, **data}
    return kudos(name, "ben", "ann", "trust", **fields)


def _with(name: str, **attributes: str) -> bytes:
    return json.dumps(json.loads(_kudos(name)) | attributes).encode()
