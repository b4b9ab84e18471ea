"""Over a real connection, byte for byte: paths, bodies and methods as uvicorn hands them over."""

import socket
from collections.abc import Iterator

import pytest

from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    described_person,
    described_program,
    participant,
)
from tests.support.served import listening, served
from web import bootstrap
from web.http.bounded_bodies import MOST_BYTES
from web.surfaces import people

ODD = "a/b ..é"
ME = participant("acme", ODD)
TOKEN = bearer(ME)["Authorization"]
PREFERENCES = b"/v1/programs/acme/me/preferences"


@pytest.fixture(scope="module")
def port(empty_surface: PeopleSurface) -> Iterator[int]:
    empty_surface.describe(
        described_program("acme", self_match=True), described_person("acme", ODD)
    )
    pools = empty_surface.pools
    there = people.application(
        empty_surface.settings,
        pools,
        bootstrap.readiness(pools, empty_surface.settings),
        empty_surface.issuer,
    )
    with listening() as (own, _), served(there, own):
        yield own.getsockname()[1]


def exchange(port: int, *parts: bytes) -> tuple[int, bytes]:
    """Send bytes; gives the status and all that was answered until the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        for part in parts:
            try:
                connection.sendall(part)
            except OSError:
                break  # refused before it was whole
        answer = b""
        while received := connection.recv(65_536):
            answer += received
    return int(answer.split(b" ", 2)[1]), answer


def ask(port: int, line: bytes, *headers: bytes, body: bytes = b"") -> tuple[int, bytes]:
    common = (b"Host: badges.example", b"Connection: close", b"Authorization: " + TOKEN.encode())
    head = b"\r\n".join([line + b" HTTP/1.1", *common, *headers])
    return exchange(port, head + b"\r\n\r\n", body)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"/v1/programs/acme/people/a%2Fb%20..%C3%A9/summary", 200),
        (b"/v1/programs/acme/people/a%2fb%20%2E%2E%c3%a9/summary", 200),
        (b"/v1/programs/acme/people/a/b%20..%C3%A9/summary", 404),
        (b"/v1/programs/acme/people/a%252Fb%20..%C3%A9/summary", 404),
        (b"/v1/programs/acme/people/%00/summary", 404),
        (b"/v1/programs/acme/people/%ff/summary", 404),
        (b"/v1/programs/%2E%2E/catalog", 404),
        (b"//v1/me", 404),
        (b"/v1/./me", 404),
        (b"/static/../app.py", 404),
        (b"/static/%2e%2e/app.py", 404),
        (b"/static//etc/passwd", 404),
        (b"/p/acme/kudos", 200),
        (b"/v1/me", 200),
    ],
)
def test_a_path_means_what_was_sent(port: int, path: bytes, status: int) -> None:
    assert ask(port, b"GET " + path)[0] == status


def test_head_has_the_length_of_get_and_no_body(port: int) -> None:
    got, head = ask(port, b"GET /v1/me")[1], ask(port, b"HEAD /v1/me")[1]
    length = next(line for line in got.splitlines() if line.startswith(b"content-length"))
    assert length in head
    assert head.partition(b"\r\n\r\n")[2] == b""


def test_a_body_in_pieces_is_too_large_as_soon_as_it_is(port: int) -> None:
    piece = b"%x\r\n%s\r\n" % (MOST_BYTES // 2, b" " * (MOST_BYTES // 2))
    status, _ = ask(
        port,
        b"PUT " + PREFERENCES,
        b"Transfer-Encoding: chunked",
        b"Content-Type: application/json",
        b"If-Match: *",
        body=piece * 3 + b"0\r\n\r\n",
    )
    assert status == 413


def test_a_body_that_is_announced_as_too_large_is_not_waited_for(port: int) -> None:
    announced = b"Content-Length: 99999999999"
    kind = b"Content-Type: application/json"
    assert ask(port, b"PUT " + PREFERENCES, announced, kind, b"If-Match: *")[0] == 413


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00",
        b"GET /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET /v1/me HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_by_the_server(port: int, request_: bytes) -> None:
    assert exchange(port, request_ + b"\r\n\r\n")[0] == 400
