"""One end of a connection through a proxy, on the proxy's event loop."""

import array
import asyncio
import fcntl
import socket
import struct
import termios
from typing import Any, Protocol, cast


class Owner(Protocol):
    """Gets the events of an end."""

    def made(self, end: "End") -> None: ...

    def received(self, end: "End", data: bytes) -> None: ...

    def flow(self) -> None: ...

    def lost(self) -> None: ...


class End(asyncio.Protocol):
    """A connection. `transport` is None until it is there; `full`: it takes no more just now."""

    def __init__(self, owner: Owner) -> None:
        self.transport: asyncio.Transport | None = None
        self.full = False
        self._owner = owner

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._owner.made(self)

    def data_received(self, data: bytes) -> None:
        self._owner.received(self, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._owner.lost()

    def pause_writing(self) -> None:
        self.full = True
        self._owner.flow()

    def resume_writing(self) -> None:
        self.full = False
        self._owner.flow()

    def read(self, wanted: bool) -> None:
        """Read from now on, or do not."""
        if self.transport is None or self.transport.is_closing():
            return
        if wanted:
            self.transport.resume_reading()
        else:
            self.transport.pause_reading()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def abort(self) -> None:
        if self.transport is not None:
            connection = self._socket()
            if connection.family == socket.AF_INET:
                off = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, off)
            self.transport.abort()

    def waiting(self) -> int:
        """Bytes that have arrived and were not read."""
        if self.transport is None or self.transport.is_closing():
            return 0
        pending = array.array("i", [0])
        fcntl.ioctl(self._socket().fileno(), termios.FIONREAD, pending)
        return pending[0]

    def _socket(self) -> Any:
        assert self.transport is not None
        return self.transport.get_extra_info("socket")
