"""Records with private messages where they belong and where they do not. Each message is one of its
own and begins with PLANTED, so that whatever shows it can be searched for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from events.envelope import Headers
from tests.support.given import KUDOS, kudos, meeting, record, retracted

MARK = "PLANTED"

_numbers = count(1)


def message() -> str:
    """A private message that there is only once."""
    return f"{MARK} words no. {next(_numbers)}, for one alone"


@dataclass(frozen=True)
class Sent:
    """A record to publish as it is."""

    value: bytes | None
    key: bytes | None = b"loop"
    headers: Headers = field(default=())


def records() -> Iterator[Sent]:
    """Good ones, and every kind of bad one."""
    yield from (Sent(meeting(f"m{n}", "ann", "ben", at=n)) for n in range(1, 6))
    yield Sent(_kudos("good"))
    yield Sent(_kudos("key"), key=message().encode())
    yield Sent(_kudos("headers"), headers=[("note", message().encode()), (message(), b"1")])
    yield Sent(_kudos("bad"), headers=[("ce_specversion", b"1.0"), (f"ce_{message()}", b"\xff")])
    yield Sent(
        _kudos("binary"), headers=[("ce_specversion", b"1.0"), ("ce_id", message().encode())]
    )
    yield Sent(kudos("self", "ann", "ann", "trust", message=message()))
    yield Sent(kudos("no-such-kind", "ben", "ann", message(), message=message()))
    yield Sent(kudos("good", "ben", "ann", "expertise", message=message()))  # a conflict
    yield Sent(_kudos("good"))  # sent again with other words: the first are kept
    yield Sent(kudos(message() * 5, "ben", "ann", "trust", message=message()))  # an id too long
    yield Sent(kudos("ids", "ben", "ann", "trust", message=message(), giver_id=[message()]))
    yield Sent(kudos("list", "ben", "ann", "trust", message=[message()]))
    yield Sent(kudos("control", "ben", "ann", "trust", message=message() + "\x07"))
    yield Sent(kudos("long", "ben", "ann", "trust", message=message() * 100))
    yield Sent(kudos("surrogate", "ben", "ann", "trust", message=message() + "\ud800"))
    yield Sent(kudos("when", "ben", "ann", "trust", message=message(), at=message()))
    yield Sent(kudos("future", "ben", "ann", "trust", at="2999-01-01T00:00:00Z", message=message()))
    yield Sent(kudos("field", "ben", "ann", "trust", **{message(): message()}))
    yield Sent(kudos("loopless", "ben", "ann", "trust", message=message(), loop_id=None))
    yield Sent(_with("extension", note=message(), subject=message(), dataschema=message()))
    yield Sent(_with("type", type=message()))
    yield Sent(_with("version", specversion=message()))
    yield Sent(_with("source", source=message() + "\n"))
    yield Sent(_with("both", data_base64=message()))
    yield Sent(json.dumps({"data": message()}).encode())
    yield Sent(json.dumps(message()).encode())
    yield Sent(_kudos("cut")[:-9])
    yield Sent(_kudos("utf-8").replace(b" words", b" \xff\xfe words"))
    yield Sent(_kudos("nan").replace(b'"data": {', b'"data": {"n": NaN, '))
    yield Sent(_kudos("large") + b" " * 70_000)
    yield Sent(_kudos("deep").replace(b'"data": {', b'"data": {"n": ' + b"[" * 300 + b", "))
    yield Sent(record("mentoring.badge.awarded.v1", 1, {"note": message()}))
    yield Sent(retracted(KUDOS, "headers", reason=message()))
    yield Sent(retracted(KUDOS, message() * 9, reason=message()))
    yield Sent(None, key=message().encode())


def _kudos(name: str) -> bytes:
    return kudos(name, "ben", "ann", "trust", message=message())


def _with(name: str, **attributes: str) -> bytes:
    return json.dumps(json.loads(_kudos(name)) | attributes).encode()
