"""Bodies of requests have at most 32 KiB, uploads 1 MiB; a longer one is too large."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32 * 1024
UPLOADS = {"/verify": 1024 * 1024}
"""Addresses that take a file, with the most bytes that a body may have there."""


class BoundedBodies:
    """Refuses a body when it is read, not before: who may not ask at all is answered so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        most = UPLOADS.get(scope["path"], MOST_BYTES)
        read = 0

        async def bounded() -> Message:
            nonlocal read
            if announced.isdecimal() and int(announced[:18]) > most:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, bounded, send)
