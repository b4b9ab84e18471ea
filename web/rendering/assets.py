"""Static files: read once when a process starts, each under an address that changes with its bytes.

They are those of web/static, and how badges look, which pictures have from the same files.

A template writes `static_url("pages.css")` and gets "/static/pages.css?v=HASH"; a browser may keep
such an answer for a year. A font has its version in its name, since a stylesheet names it. Text is
compressed once, here, and not for every answer.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from credentials.artwork.picture import COLOURS, SPRITE

FOLDER = Path(__file__).parents[1] / "static"
_ARTWORK = (SPRITE, COLOURS)

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_LASTING = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """The bytes of a static file. `compressed` is None where gzip gains nothing, as in fonts."""

    media_type: str
    version: str
    body: bytes
    compressed: bytes | None
    versioned_name: bool

    def cache_control(self, version: str | None) -> str:
        """The Cache-Control of an answer to a request with `?v=version`."""
        return _LASTING if self.versioned_name or version == self.version else _ASKED_AGAIN


@lru_cache(maxsize=1)
def static_files() -> Mapping[str, StaticFile]:
    """Every file that is served, by its name relative to its folder, such as "pages.css"."""
    served = {
        file.relative_to(FOLDER).as_posix(): _read(file)
        for file in sorted(FOLDER.rglob("*"))
        if file.suffix in _TYPES
    }
    return MappingProxyType(served | {file.name: _read(file) for file in _ARTWORK})


def static_url(name: str) -> str:
    """The address of a static file in a page.

    Raises KeyError for a name that is not served: a template with a wrong name fails in
    its first test.
    """
    return f"/static/{name}?v={static_files()[name].version}"


def _read(file: Path) -> StaticFile:
    body = file.read_bytes()
    compressed = None if file.suffix == ".woff2" else gzip.compress(body, mtime=0)
    return StaticFile(
        media_type=_TYPES[file.suffix],
        version=hashlib.sha256(body).hexdigest()[:12],
        body=body,
        compressed=compressed,
        versioned_name=file.parent.name in {"fonts", "vendor"},
    )
