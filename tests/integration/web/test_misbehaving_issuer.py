"""An issuer that hangs, floods, redirects or lies costs a bounded time, and signs nobody in."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.pretended_issuer import StandingClock
from web.identity.tokens.fetching import MOST_BYTES, HttpFetch, IssuerAway
from web.identity.tokens.jwks import PlatformIssuer

Misbehaviour = Callable[[BaseHTTPRequestHandler, threading.Event], None]
PATIENCE = 0.3


@contextmanager
def misbehaving(answer: Misbehaviour) -> Iterator[str]:
    """The URL of an issuer that answers everything so."""
    over = threading.Event()

    class Misbehaving(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self, over)
            except OSError:
                return  # the other side has gone

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hangs(_handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    over.wait(20)


def hangs_in_its_body(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"{")
    handler.wfile.flush()
    over.wait(20)


def drips(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not over.wait(PATIENCE / 10):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def floods(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not over.is_set():
        handler.wfile.write(b" " * 65_536)


def fails(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    _answer(handler, 500, b"{}")


def redirects(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    here = f"http://{handler.headers['Host']}"
    good = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), here)
    if handler.path == "/elsewhere":
        _answer(handler, 200, json.dumps({"issuer": here, **good}).encode())
    _answer(handler, 302, b"", Location="/elsewhere")


def compresses(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    _answer(handler, 200, b"\x1f\x8b", Content_Encoding="gzip")


def is_another(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    _answer(handler, 200, b'{"issuer": "https://evil.example"}')


def is_no_json(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    _answer(handler, 200, b"<html>")


def closes(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
    handler.connection.close()


@pytest.mark.parametrize(
    "answer",
    [
        hangs, hangs_in_its_body, drips, floods, fails, redirects, compresses, is_another,
        is_no_json, closes,
    ],
)  # fmt: skip
def test_it_is_away(answer: Misbehaviour) -> None:
    with misbehaving(answer) as url:
        issuer = PlatformIssuer(url, HttpFetch(PATIENCE, PATIENCE), StandingClock())
        began = time.monotonic()
        with pytest.raises(IssuerAway):
            issuer.endpoints()
        assert time.monotonic() - began < 10


def test_nobody_listens() -> None:
    issuer = PlatformIssuer("http://127.0.0.1:9", HttpFetch(PATIENCE), StandingClock())
    with pytest.raises(IssuerAway):
        issuer.endpoints()


def test_an_answer_of_the_largest_size_is_read() -> None:
    body = b" " * (MOST_BYTES - 2) + b"{}"
    with misbehaving(lambda handler, _over: _answer(handler, 200, body)) as url:
        assert HttpFetch()(url).members() == {}
    larger = body + b" "
    with misbehaving(lambda handler, _over: _answer(handler, 200, larger)) as url:
        fetch = HttpFetch()
        with pytest.raises(IssuerAway):
            fetch(url)


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with misbehaving(lambda handler, _over: _answer(handler, 200, b"{}")) as url:
        assert HttpFetch()(url).members() == {}
