"""Bytes of a page as they go over the wire: alone, at a first visit, and when one comes back."""

import gzip
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from benchmarks.pages import load

_STATIC = re.compile(r"""["'(](/static/[^"')\s]+)["')]""")
_IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True, slots=True)
class Weight:
    """In bytes, with headers where several answers are counted. `again`: all that a browser does
    not keep. `html`: the body as it is sent."""

    html: int
    first: int
    again: int


def weigh(address: tuple[str, int], path: str, cookie: str) -> Weight:
    """Load a page and all that it names, also in its style sheets, fonts of each once."""
    host = f"{address[0]}:{address[1]}"
    page = load.fetch(address, load.request(path, host, cookie))
    body = page.partition(b"\r\n\r\n")[2]
    waiting = [link.partition("#")[0] for link in _STATIC.findall(_text(page))]
    seen: dict[str, bytes] = {}
    while waiting:
        link = waiting.pop()
        if link in seen:
            continue
        seen[link] = answer = load.fetch(address, load.request(link, host))
        if ".css" in link:
            waiting += [
                urljoin(link, one)
                for one in _IN_STYLE.findall(_text(answer))
                if not one.startswith("data:")
            ]
    asked_again = [answer for answer in seen.values() if b"immutable" not in answer]
    return Weight(
        html=len(body),
        first=len(page) + sum(map(len, seen.values())),
        again=len(page) + sum(map(len, asked_again)),
    )


def _text(answer: bytes) -> str:
    head, _, body = answer.partition(b"\r\n\r\n")
    return (gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body).decode()
