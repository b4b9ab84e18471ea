"""A TCP server that sends back what it gets, and notes how its connections ended."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Echo(socketserver.ThreadingTCPServer):
    """Listens on 127.0.0.1. `ended` names each connection's end: "closed" or "reset"."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ended: list[str] = []

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        return "127.0.0.1", self.server_address[1]


class _Handler(socketserver.BaseRequestHandler):
    server: Echo

    def handle(self) -> None:
        try:
            while data := self.request.recv(65_536):
                self.request.sendall(data)
        except ConnectionError:
            self.server.ended.append("reset")
        else:
            self.server.ended.append("closed")


@contextmanager
def echo() -> Iterator[Echo]:
    """A running server for the length of the block."""
    with Echo() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
