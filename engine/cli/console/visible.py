"""Text of other people on a terminal: what would hide, reorder or command is shown as an escape.

Escapes are those of JSON, so that JSON that is printed stays JSON and says the same.
"""

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

# Zero-width, filler, bidirectional and tag characters, and line ends other than LF.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_hidden = re.compile(f"[{_HIDDEN}]")
_hidden_or_control = re.compile(f"[{_HIDDEN}{_CONTROL}]")

_PLAIN = {"✓": "+", "✗": "-", "·": "-", "–": "-", "…": "...", "\N{NO-BREAK SPACE}": " "}
_ERRORS = "badge-engine-visible"


def visible(text: str) -> str:
    """Text with escapes for what a terminal would not show, would reorder or would obey; line
    feeds and tabs are kept."""
    return _hidden_or_control.sub(_escape, text)


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

    def write(self, text: str) -> int:
        return self._stream.write(_hidden.sub(_escape, text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _escape(found: re.Match[str]) -> str:
    return _as_json(found.group())


def _as_json(text: str) -> str:
    units = text.encode("utf-16-be", "surrogatepass")
    pairs = (units[n : n + 2] for n in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair):04x}" for pair in pairs)


def _unencodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char) or _as_json(char) for char in text), error.end


codecs.register_error(_ERRORS, _unencodable)
