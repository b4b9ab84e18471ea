"""Requests to an ASGI application in this process, with paths as they are sent.

No client stands between: nothing is normalised, encoded or refused before the application sees it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp, Message

HeaderPairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What an application answered. `headers`: names in lower case, in the order they were sent."""

    status: int
    headers: HeaderPairs
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """The last header of a name, if there is one."""
        return dict(self.headers).get(name.lower())


class AsgiClient:
    """Asks an application, from any thread. `crashes`: errors that went through the application to
    its server, which answers 500 then and logs them."""

    def __init__(self, app: ASGIApp, portal: BlockingPortal, secure: bool = True) -> None:
        self._app = app
        self._portal = portal
        self._scheme = "https" if secure else "http"
        self.crashes: list[Exception] = []

    def ask(
        self,
        method: str,
        target: str | bytes,
        headers: HeaderPairs | Mapping[str, str] = (),
        body: bytes = b"",
        host: str = "badges.example",
    ) -> WebAnswer:
        """Send one request. `target`: the path and query, byte for byte."""
        raw = target if isinstance(target, bytes) else target.encode("ascii")
        path, _, query = raw.partition(b"?")
        pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": self._scheme,
            "path": path.decode("latin-1"),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in [("host", host), *pairs]
            ],
            "client": ("198.51.100.7", 40_000),
            "server": ("127.0.0.1", 8080),
            "state": {},
        }
        answer: WebAnswer = self._portal.call(self._run, scope, body)
        return answer

    async def _run(self, scope: dict[str, Any], body: bytes) -> WebAnswer:
        parts = [body[begin : begin + 8_192] for begin in range(0, len(body), 8_192)] or [b""]
        sent: list[Message] = []

        async def receive() -> Message:
            if not parts:
                return {"type": "http.disconnect"}
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, send)
        except Exception as error:
            self.crashes.append(error)
        assert sent, f"nothing was answered: {self.crashes}"
        return WebAnswer(
            sent[0]["status"],
            [
                (name.decode().lower(), value.decode("latin-1"))
                for name, value in sent[0]["headers"]
            ],
            b"".join(message.get("body", b"") for message in sent[1:]),
        )


@contextmanager
def asgi_client(app: ASGIApp, *, secure: bool = True) -> Iterator[AsgiClient]:
    """A client with an event loop of its own, as a server has one."""
    with start_blocking_portal() as portal:
        yield AsgiClient(app, portal, secure)
