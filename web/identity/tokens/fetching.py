"""Requests to the issuer, bounded in time and size: no redirect, no proxy, no compression."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from web.identity.tokens.members import MembersUnclear, members

MOST_BYTES = 256 * 1024


class IssuerAway(Exception):
    """The issuer does not answer, or not with what it promises. The message quotes no answer."""


@dataclass(frozen=True, slots=True)
class IssuerAnswer:
    """What the issuer answered; the body is whole."""

    status: int
    body: bytes

    def members(self) -> dict[str, Any]:
        """The JSON object of the body. Raises IssuerAway."""
        try:
            return members(self.body)
        except MembersUnclear as error:
            raise IssuerAway(f"the issuer's answer {error}") from None


class Fetch(Protocol):
    """A way to ask the issuer. With a body it is a POST of a form, else a GET."""

    def __call__(
        self, url: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> IssuerAnswer:
        """Raises IssuerAway if no whole answer came in time."""
        ...


class HttpFetch:
    """Over HTTP; one pool of connections, which threads may share.

    `silence`: seconds without a byte after which it gives up; `altogether`: of reading a body.
    """

    def __init__(self, silence: float = 3.0, altogether: float = 5.0) -> None:
        self._altogether = altogether
        # The default context finds the authorities of SSL_CERT_FILE, or else those it brings.
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(verify=httpx.create_ssl_context(trust_env=True)),
            timeout=silence,
            follow_redirects=False,
            trust_env=False,
        )

    def __call__(
        self, url: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> IssuerAnswer:
        sent = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        deadline = time.monotonic() + self._altogether
        method = "GET" if body is None else "POST"
        try:
            with self._client.stream(method, url, content=body, headers=sent) as response:
                return IssuerAnswer(response.status_code, _whole(response, deadline))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise IssuerAway(f"the issuer does not answer: {type(error).__name__}") from None

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _whole(response: httpx.Response, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise IssuerAway("the issuer's answer is compressed, which we did not ask for")
    parts, size = [], 0
    for part in response.iter_raw():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise IssuerAway(f"the issuer's answer is larger than {MOST_BYTES} bytes")
        if time.monotonic() > deadline:
            raise IssuerAway("the issuer's answer takes too long")
    return b"".join(parts)
