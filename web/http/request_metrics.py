"""How long requests take until their answer begins, by the template of their route."""

import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import metrics
from web.problems import Problem


def route_template(scope: Mapping[str, Any]) -> str:
    """The template of a request's route: never a path, which names people."""
    return str(getattr(scope.get("route"), "path", "none"))


def denied(request: Request) -> Problem:
    """Not found, for who may not ask: counted, and to them as if it were not there."""
    metrics.DENIED.labels(route_template(request.scope)).inc()
    return Problem.not_found()


class RequestMetrics:
    """Measures each request. What never ends, a stream, counts until its beginning."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def measuring(message: Message) -> None:
            if message["type"] == "http.response.start":
                labels = (route_template(scope), _method(scope), str(message["status"]))
                metrics.REQUEST_SECONDS.labels(*labels).observe(time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, measuring)


def _method(scope: Scope) -> str:
    """One of those that there are: anybody may send any word."""
    method: str = scope["method"]
    return method if method in _METHODS else "other"


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
