"""A TCP proxy that can be made to refuse, to fall silent, or to reset what goes through it.

It runs on a thread of its own and can be controlled from any other:

    with Proxy(("127.0.0.1", 9092)) as proxy:
        clients_use(proxy.address)
        proxy.blackhole()
        proxy.heal()

Each operation gives how many connections it met, and `counts` goes on counting: the proof that
the fault hit a connection.
"""

import asyncio
import dataclasses
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

from engine.local.ports import free_ports
from tests.verification.faults.parts.end import End
from tests.verification.faults.parts.link import Link, LinkCounts, Tap

Upstream = tuple[str, int] | Path
"""Host and port, or the path of a Unix socket."""

_SECONDS = 30.0
_T = TypeVar("_T")


class Proxy:
    """Listens on 127.0.0.1:`port` (a free one by default) for the length of the block."""

    def __init__(self, upstream: Upstream, port: int | None = None) -> None:
        self.port = port or free_ports(1)[0]
        self._upstream = upstream
        self._counts = LinkCounts()
        self._links: set[Link] = set()
        self._refusing = self._silent = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self._thread.start()
        serving = self._loop.create_server(self._link, sock=listener)
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ask(self._close)
        self.ask(lambda: None)  # after what that has set off
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS)
        self._loop.close()

    @property
    def address(self) -> str:
        """ "host:port" for clients."""
        return f"127.0.0.1:{self.port}"

    @property
    def counts(self) -> LinkCounts:
        """What happened so far."""
        return self.ask(lambda: dataclasses.replace(self._counts))

    @property
    def open(self) -> int:
        """How many connections there are now."""
        return self.ask(lambda: len(self._links))

    def refuse(self) -> int:
        """Reset what is open and every new connection, until `heal`; gives how many were open."""

        def refuse() -> int:
            self._refusing = True
            return self._reset(set(self._links))

        return self.ask(refuse)

    def blackhole(self) -> int:
        """Let no byte through, either way, on open connections and new ones, until `heal`;
        neither end notices. Gives how many connections were open."""

        def blackhole() -> int:
            self._silent = True
            for link in self._links:
                link.freeze()
            return len(self._links)

        return self.ask(blackhole)

    def heal(self, then: Literal["resume", "reset"] = "resume") -> int:
        """Be a good proxy again. What a blackhole or a trap froze goes on, late bytes included, or
        is reset; gives how many connections that were."""

        def heal() -> int:
            self._refusing = self._silent = False
            frozen = {link for link in self._links if link.frozen}
            if then == "reset":
                return self._reset(frozen)
            for link in frozen:
                link.thaw()
            return len(frozen)

        return self.ask(heal)

    def cut(self) -> int:
        """Reset all connections now; new ones are served. Gives how many were reset."""
        return self.ask(lambda: self._reset(set(self._links)))

    def ask(self, question: Callable[[], _T]) -> _T:
        """What the function gives, called on the proxy's own thread."""

        async def answer() -> _T:
            return question()

        return asyncio.run_coroutine_threadsafe(answer(), self._loop).result(_SECONDS)

    def tap(self, link: Link) -> Tap | None:
        """What is to see the bytes of a new link; nothing here."""
        return None

    def _close(self) -> None:
        self._server.close()
        for link in set(self._links):
            link.abort()

    def _link(self) -> End:
        link = Link(self._connect, self._counts, self._came, self._links.discard)
        link.tap = self.tap(link)
        return link.client

    def _came(self, link: Link) -> None:
        if self._refusing:
            self._counts.refused += 1
            link.abort()
            return
        self._counts.accepted += 1
        self._links.add(link)
        if self._silent:
            link.freeze()
        link.open()

    async def _connect(self, end: Callable[[], End]) -> None:
        if isinstance(self._upstream, Path):
            await self._loop.create_unix_connection(end, str(self._upstream))
        else:
            await self._loop.create_connection(end, *self._upstream)

    def _reset(self, links: set[Link]) -> int:
        for link in links:
            link.reset()
        return len(links)
