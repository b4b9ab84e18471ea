"""Open pages of many people: when each is told of an award, over server-sent events."""

import re
import selectors
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_ID = re.compile(rb"id: ([0-9a-f-]{36})\n")
_LONGEST = 1 << 16
_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 30.0


class OpenPages:
    """The streams of people. `told`: when a stream first named an award, by the award's id."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.told: dict[str, float] = {}
        self._address = address
        self._selector = selectors.DefaultSelector()
        self._over = threading.Event()

    @contextmanager
    def listening(self, path: str, people: list[Mapping[str, str]]) -> Iterator[None]:
        """Have a stream open for each of the people, given as headers, for the length of the
        block."""
        for headers in people:
            self._open(path, headers)
        thread = threading.Thread(target=self._read)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            for key in list(self._selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]
            self._selector.close()

    def _open(self, path: str, headers: Mapping[str, str]) -> None:
        connection = socket.create_connection(self._address, _PATIENCE_SECONDS)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {self._address[0]}\r\n{head}\r\n".encode()
        )
        began = connection.recv(_LONGEST)  # headers are sent once changes are noticed
        if not began.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(began.decode(errors="replace"))
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ, connection)

    def _read(self) -> None:
        while not self._over.is_set():
            for key, _ in self._selector.select(_LOOK_SECONDS):
                came = key.data.recv(_LONGEST)
                now = time.time()
                for name in _ID.findall(came):
                    self.told.setdefault(name.decode(), now)
