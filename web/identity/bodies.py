"""Bodies of requests that are no JSON of the API, read up to a limit."""

from starlette.requests import Request

from web.http.bounded_bodies import MOST_BYTES
from web.problems import Problem


async def bounded_body(request: Request) -> bytes:
    """The body. Raises Problem (too-large)."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Problem("too-large")
    return body
