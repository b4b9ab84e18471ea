"""One connection through a proxy: the client's end, the server's end, and what lies between.

All of it happens on the proxy's event loop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from tests.verification.faults.parts.end import End


@dataclass(slots=True)
class LinkCounts:
    """What happened so far. `refused`: connections turned away; `unreachable`: reset because the
    upstream did not take them; `reset`: open ones reset by an operation or a trap; `frozen`: times
    a connection froze, by a blackhole or a trap; `held`: bytes that waited in frozen connections
    when these were healed or reset; `forwarded`: bytes passed on, both ways."""

    accepted: int = 0
    refused: int = 0
    unreachable: int = 0
    reset: int = 0
    frozen: int = 0
    held: int = 0
    forwarded: int = 0


class Tap(Protocol):
    """Sees the bytes of a link, and passes them on (to_server, to_client) or does not."""

    def from_client(self, data: bytes) -> None:
        """The client sent this."""

    def from_server(self, data: bytes) -> None:
        """The server sent this."""

    def ended(self) -> None:
        """The connection is over."""


Connect = Callable[[Callable[[], End]], Awaitable[object]]


class Link:
    """A client's connection, and the one to the server made for it.

    `came` is called when the client is there, `gone` once when the connection is over.
    """

    def __init__(
        self,
        connect: Connect,
        counts: LinkCounts,
        came: Callable[["Link"], None],
        gone: Callable[["Link"], None],
    ) -> None:
        self.tap: Tap | None = None
        self.frozen = False
        self.client, self.server = End(self), End(self)
        self._connect, self._counts, self._came, self._gone = connect, counts, came, gone
        self._connecting: asyncio.Task[None] | None = None
        self._ended = False
        self._withheld = b""

    def to_server(self, data: bytes) -> None:
        self._pass_on(data, self.server)

    def to_client(self, data: bytes) -> None:
        self._pass_on(data, self.client)

    def open(self) -> None:
        """Connect to the server, if nothing is frozen, and let the bytes flow."""
        self.flow()
        if not self.frozen and self._connecting is None:
            self._connecting = asyncio.get_running_loop().create_task(self._open())

    def freeze(self, withheld: bytes = b"") -> None:
        """Read no more, of either end; `withheld` goes to the server first when it thaws."""
        self._counts.frozen += not self.frozen
        self._withheld += withheld
        self.frozen = True
        self.flow()

    def thaw(self) -> None:
        """Go on where it was frozen."""
        self._counts.held += self._waiting()
        self.frozen = False
        withheld, self._withheld = self._withheld, b""
        self.to_server(withheld)
        self.open()

    def reset(self) -> None:
        """End both connections at once, with a reset where there is such a thing."""
        if not self._ended:
            self._counts.held += self._waiting()
            self._counts.reset += 1
            self.abort()

    def abort(self) -> None:
        """The same, uncounted."""
        if self._connecting is not None:
            self._connecting.cancel()
        self.client.abort()
        self.server.abort()
        self._end()

    def made(self, end: End) -> None:
        if end is self.client:
            self._came(self)

    def received(self, end: End, data: bytes) -> None:
        if self.tap is None:
            self._pass_on(data, self.server if end is self.client else self.client)
        elif end is self.client:
            self.tap.from_client(data)
        else:
            self.tap.from_server(data)

    def lost(self) -> None:
        """One end is over: the other gets what is on its way to it, and then ends too."""
        if self._connecting is not None:
            self._connecting.cancel()
        self.client.close()
        self.server.close()
        self._end()

    def flow(self) -> None:
        """Read what can be passed on."""
        both = self.client.transport is not None and self.server.transport is not None
        self.client.read(both and not self.frozen and not self.server.full)
        self.server.read(both and not self.frozen and not self.client.full)

    async def _open(self) -> None:
        try:
            await self._connect(lambda: self.server)
        except OSError:
            self._counts.unreachable += 1
            self.abort()
        self.flow()

    def _pass_on(self, data: bytes, end: End) -> None:
        if data and end.transport is not None and not end.transport.is_closing():
            self._counts.forwarded += len(data)
            end.transport.write(data)

    def _waiting(self) -> int:
        if not self.frozen:
            return 0
        return len(self._withheld) + self.client.waiting() + self.server.waiting()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._gone(self)
            if self.tap is not None:
                self.tap.ended()
