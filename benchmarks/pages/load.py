"""Requests over a few connections that are kept: one process, one thread, raw sockets.

A client library would cost as much processor time as the server it measures. This one costs some
30 us a request, which the answer states too.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

CONNECTIONS = 8
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_READ = 1 << 18
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Throughput:
    """What came back in a while. `client_us`: processor time of this process for one request."""

    requests: int
    seconds: float
    client_us: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def request(path: str, host: str, cookie: str = "") -> bytes:
    """The bytes of a GET as a browser sends it."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Accept: text/html",
        "Accept-Encoding: gzip, deflate, br",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def fetch(address: tuple[str, int], asked: bytes) -> bytes:
    """One whole answer, headers too."""
    with socket.create_connection(address, _PATIENCE_SECONDS) as connection:
        connection.sendall(asked)
        got = b""
        while not _whole(got):
            more = connection.recv(_READ)
            if not more:
                break
            got += more
    return got


def drive(address: tuple[str, int], asked: bytes, seconds: float) -> Throughput:
    """Send the same request over every connection again and again, for so long.

    Raises:
        RuntimeError: an answer is not 200, or none comes.
    """
    with _Connections(address, CONNECTIONS) as connections:
        used, began = time.process_time(), time.perf_counter()
        requests = connections.run(asked, began + seconds)
        took = time.perf_counter() - began
        used = time.process_time() - used
    return Throughput(requests, took, used / requests * 1e6)


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    got: bytes = b""


@dataclass(slots=True)
class _Connections:
    address: tuple[str, int]
    number: int
    _open: Sequence[_Connection] = ()
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def __enter__(self) -> "_Connections":
        self._open = [
            _Connection(socket.create_connection(self.address, _PATIENCE_SECONDS))
            for _ in range(self.number)
        ]
        for one in self._open:
            one.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(one.socket, selectors.EVENT_READ, one)
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for one in self._open:
            one.socket.close()

    def run(self, asked: bytes, until: float) -> int:
        """Until the instant has passed and every connection has its answer; gives how many."""
        waiting, answers = self.number, 0
        for one in self._open:
            one.socket.sendall(asked)
        while waiting:
            ready = self._selector.select(_PATIENCE_SECONDS)
            if not ready:
                raise RuntimeError(f"no answer in {_PATIENCE_SECONDS:g} s")
            for key, _ in ready:
                one = key.data
                one.got += one.socket.recv(_READ)
                if not _whole(one.got):
                    continue
                if not one.got.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(one.got[:300].decode("latin-1"))
                one.got = b""
                answers += 1
                if time.perf_counter() < until:
                    one.socket.sendall(asked)
                else:
                    waiting -= 1
        return answers


def _whole(got: bytes) -> bool:
    end = got.find(_HEAD_END)
    if end < 0:
        return False
    head = got[:end].lower() + b"\r\n"
    start = head.find(_LENGTH)
    length = int(head[start + len(_LENGTH) : head.index(b"\r\n", start)]) if start >= 0 else 0
    return len(got) >= end + len(_HEAD_END) + length
