"""The web process as in production, with two endpoints beside it to compare with.

`python -m benchmarks.pages.server FILE`; the file holds the statements that /same-sql gives to
PostgreSQL, and may be written after the start. /empty does nothing.
"""

import pickle
import sys
from functools import lru_cache, partial
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.pages.recording import Asked, ask_again
from engine.probes import Readiness
from web import serving, settings
from web.bootstrap import Pools
from web.live.hub import Hub
from web.settings import WebSettings
from web.surfaces import people

SAME_SQL, EMPTY = "/same-sql", "/empty"


def _beside(pools: Pools, file: Path) -> FastAPI:
    """The endpoints to compare with, without any of what surrounds a page."""
    bare = FastAPI()

    @lru_cache(maxsize=1)
    def statements() -> list[Asked]:
        asked: list[Asked] = pickle.loads(file.read_bytes())
        return asked

    @bare.get(SAME_SQL)
    def same_sql() -> PlainTextResponse:
        ask_again(pools, statements())
        return PlainTextResponse("ok")

    @bare.get(EMPTY)
    def empty() -> PlainTextResponse:
        return PlainTextResponse("ok")

    return bare


def main() -> None:
    """Serve until SIGTERM."""
    file = Path(sys.argv[1])

    def with_endpoints(
        loaded: WebSettings, pools: Pools, readiness: Readiness, hub: Hub
    ) -> ASGIApp:
        pages, bare = people.application(loaded, pools, readiness, hub=hub), _beside(pools, file)

        async def either(scope: Scope, receive: Receive, send: Send) -> None:
            chosen = bare if scope.get("path") in (SAME_SQL, EMPTY) else pages
            await chosen(scope, receive, send)

        return either

    serving.run(settings.load(), partial(serving.people_surface, make=with_endpoints))


if __name__ == "__main__":
    main()
