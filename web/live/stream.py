"""The answer that stays open: server-sent events, one for each change, until something ends it."""

import asyncio
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from web.live.changes import PageChange
from web.live.hub import Hub, Subscription

MEDIA_TYPE = "text/event-stream"
_BEAT = b": hi\n\n"
_HEADERS = {
    "Content-Type": MEDIA_TYPE,
    # A proxy neither keeps, nor gathers, nor compresses it.
    "Cache-Control": "private, no-store, no-transform",
    "X-Accel-Buffering": "no",
}


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """In seconds. `beat`: between signs of life, so that proxies keep the connection; `longest`:
    after which a stream ends, and browsers connect again."""

    beat: float = 15.0
    longest: float = 1_800.0


class Wake:
    """Wakes a coroutine, from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def __call__(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(self._event.set)

    async def within(self, seconds: float) -> bool:
        """Until woken, or for so long; whether it was woken."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        woken = self._event.is_set()
        self._event.clear()
        return woken


class EventStream(Response):
    """Sends what a subscription has, and ends with it."""

    media_type = MEDIA_TYPE

    def __init__(
        self, hub: Hub, subscription: Subscription, wake: Wake, times: StreamTimes
    ) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._hub = hub
        self._subscription = subscription
        self._wake = wake
        self._times = times

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Until it ends, or the browser is gone."""
        sending = asyncio.create_task(self._send_all(send))
        leaving = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.close(self._subscription)
            leaving.cancel()
            if not sending.done():
                sending.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await sending

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send(_body(_BEAT))
        ends = time.monotonic() + self._times.longest
        while True:
            changes, ended = self._hub.take(self._subscription)
            if changes:
                await send(_body(_lines(changes)))
            left = ends - time.monotonic()
            if ended or left <= 0:
                break
            if not await self._wake.within(min(self._times.beat, left)):
                await send(_body(_BEAT))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class HeadOfStream(Response):
    """What HEAD is answered: the headers that the stream would have."""

    def __init__(self) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]


def _lines(changes: Iterable[PageChange]) -> bytes:
    """Ids are UUIDs: nothing in them ends a line."""
    return "".join(
        f"event: changed\nid: {change.id}\ndata: {_json(change)}\n\n" for change in changes
    ).encode()


def _json(change: PageChange) -> str:
    return json.dumps({"what": change.what, "id": change.id}, separators=(",", ":"))


def _body(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
