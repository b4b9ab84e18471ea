"""Headers that every answer has: nothing runs, loads, frames or leaks but what we serve."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = "private, no-store"
"""Cache-Control of whatever is about a person; everything, but for what says otherwise."""


def content_security_policy(avatar_hosts: Sequence[str], issuer: str | None) -> str:
    """What pages may load. `avatar_hosts`: whence pictures of people come; `issuer`: the origin
    that the form for signing in leads to."""
    images = " ".join(["'self'", "data:", *(f"https://{host}" for host in avatar_hosts)])
    forms = " ".join(["'self'", *([issuer] if issuer else [])])
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; "
        f"font-src 'self'; connect-src 'self'; form-action {forms}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds them to every answer."""

    def __init__(self, app: ASGIApp, policy: str, *, secure: bool) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
