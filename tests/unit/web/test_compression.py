"""Whole, long answers are compressed for who asks for it; fonts and problems are not."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from web.http.compression import Compression

PAGE = "<p>badge</p>" * 200


async def _page(request: Request) -> Response:
    return HTMLResponse(PAGE)


async def _short(request: Request) -> Response:
    return HTMLResponse("<p>badge</p>")


async def _font(request: Request) -> Response:
    return Response(PAGE, media_type="font/woff2")


async def _marked(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"Cache-Control": "no-transform"})


async def _problem(request: Request) -> Response:
    return HTMLResponse(PAGE, 404)


async def _streamed(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        for _ in range(2):
            yield PAGE

    return StreamingResponse(parts(), media_type="text/html")


APP = Compression(
    Starlette(
        routes=[
            Route("/page", _page),
            Route("/short", _short),
            Route("/font", _font),
            Route("/marked", _marked),
            Route("/problem", _problem),
            Route("/streamed", _streamed),
        ]
    )
)


def _asked(path: str, encoding: str) -> tuple[httpx.Headers, bytes]:
    async def ask() -> tuple[httpx.Headers, bytes]:
        transport = httpx.ASGITransport(APP)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
            client.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer,
        ):
            return answer.headers, b"".join([part async for part in answer.aiter_raw()])

    return asyncio.run(ask())


def test_a_page_is_compressed_and_caches_know_on_what_it_depends() -> None:
    headers, body = _asked("/page", "gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(body) < len(PAGE) / 10
    assert gzip.decompress(body).decode() == PAGE


def test_a_page_is_plain_for_who_does_not_ask_for_compression() -> None:
    headers, body = _asked("/page", "identity")
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"
    assert body.decode() == PAGE


@pytest.mark.parametrize("path", ["/short", "/font", "/marked", "/problem", "/streamed"])
def test_what_gains_nothing_or_must_not_be_is_sent_as_it_is(path: str) -> None:
    headers, body = _asked(path, "gzip")
    assert "content-encoding" not in headers
    assert body.startswith(b"<p>badge</p>")
