"""HEAD is answered as GET is, without the body: every page and every answer of the API has it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

IS_HEAD = "badges.is_head"
"""In the scope of a HEAD request, for an answer whose body never ends."""


class HeadAsGet:
    """Lets an application that knows only GET answer HEAD too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET", IS_HEAD: True}, receive, without_body)
