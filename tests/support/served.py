"""An ASGI application under uvicorn, on a free loopback port, in a thread of the test."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_STOP_SECONDS = 10


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens on a free port, and its URL: a client waits there."""
    with socket.create_server(("127.0.0.1", 0)) as own:
        yield own, f"http://127.0.0.1:{own.getsockname()[1]}"


@contextmanager
def served(app: ASGIApp, own: socket.socket) -> Iterator[None]:
    """Serve an application at a socket that listens, until the end of the block."""
    config = uvicorn.Config(app, log_level="warning", lifespan="off", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(_STOP_SECONDS)
        assert not thread.is_alive()
