"""Standard output and error that show what is hidden, whatever their encoding."""

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from engine.queries.visible import escaped, visible, without_hidden

_PLAIN = {"✓": "+", "✗": "-", "·": "-", "–": "-", "…": "...", "\N{NO-BREAK SPACE}": " "}
_ERRORS = "badge-engine-visible"


@contextmanager
def visible_output() -> Iterator[None]:
    """In the block, standard output and error show what is hidden, and write any text whatever
    their encoding."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, _VisibleStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def as_written(text: str) -> str:
    """A text as standard output will show it: what takes a measure must measure this."""
    encoding = getattr(sys.stdout, "written_in", sys.stdout.encoding) or "utf-8"
    return visible(text).encode(encoding, _ERRORS).decode(encoding)


class _VisibleStream:
    """A text stream that escapes hidden characters. Controls are left: colours are made of them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_ERRORS)

    @property
    def encoding(self) -> str:
        # Called ASCII, Click would write UTF-8 past us. What matters to Rich is that it is not
        # UTF-8: it then draws tables with ASCII.
        name = codecs.lookup(self._stream.encoding or "utf-8").name
        return "iso8859-1" if name == "ascii" else name

    @property
    def written_in(self) -> str:
        """The encoding that it really has."""
        return self._stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        return self._stream.write(without_hidden(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _unencodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char) or escaped(char) for char in text), error.end


codecs.register_error(_ERRORS, _unencodable)
