"""A reader of server-sent events over a real connection, line by line, with a deadline."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader

_PATIENCE_SECONDS = 30.0
_LEAST_SECONDS = 0.01


@dataclass
class HeardStream:
    """An answer that is read as it comes. `headers`: names in lower case."""

    status: int
    headers: Mapping[str, str]
    _lines: Iterator[str]
    comments: int = field(default=0)

    def event(self) -> tuple[str, str, object]:
        """The next event: its name, its id, its data. Raises EndOfStream, TimeoutError."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if line.startswith(":"):
                self.comments += 1
            elif line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                return fields["event"], fields["id"], json.loads(fields["data"])
        raise EndOfStream

    def parts(self, count: int) -> list[object]:
        """The `what` of the next events."""
        return [self.event()[2]["what"] for _ in range(count)]  # type: ignore[index]

    def ends(self) -> bool:
        """Whether it ends in time, without another event."""
        try:
            self.event()
        except EndOfStream:
            return True
        return False


class EndOfStream(Exception):
    """The server ended the stream in good order."""


@contextmanager
def heard(
    port: int, path: str, headers: Mapping[str, str], seconds: float = _PATIENCE_SECONDS
) -> Iterator[HeardStream]:
    """GET of a path; the connection is closed with the block. No event within `seconds`, and
    reading raises TimeoutError."""
    with socket.create_connection(("127.0.0.1", port), seconds) as connection:
        fields = {"Host": "badges.example", "Accept-Encoding": "gzip", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        connection.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            given = dict(
                line.decode().rstrip("\r\n").lower().split(": ", 1)
                for line in iter(answer.readline, b"\r\n")
            )
            yield HeardStream(status, given, _chunked(answer))


def _chunked(answer: BufferedReader) -> Iterator[str]:
    """The lines of a body in chunks."""
    rest = b""
    while size := int(answer.readline(), 16):
        rest += answer.read(size)
        answer.readline()
        *lines, rest = rest.split(b"\n")
        yield from (line.decode() for line in lines)
