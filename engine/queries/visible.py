"""Text of other people, made fit to be shown: what would hide, reorder or command is an escape.

Escapes are those of JSON, so that JSON that is shown stays JSON and says the same.
"""

import re

# Zero-width, filler, bidirectional and tag characters, and line ends other than LF.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_hidden = re.compile(f"[{_HIDDEN}]")
_hidden_or_control = re.compile(f"[{_HIDDEN}{_CONTROL}]")


def visible(text: str) -> str:
    """Text with escapes for what a terminal would not show, would reorder or would obey; line
    feeds and tabs are kept."""
    return _hidden_or_control.sub(_escape, text)


def without_hidden(text: str) -> str:
    """Text with escapes for hidden characters alone: colours are made of controls."""
    return _hidden.sub(_escape, text)


def readable(text: str) -> str:
    """An id as a sentence shows it: in quotes if spaces at its ends would be read over."""
    return text if text == text.strip() else f"'{text}'"


def escaped(text: str) -> str:
    """Every character of a text as escapes of JSON."""
    units = text.encode("utf-16-be", "surrogatepass")
    pairs = (units[n : n + 2] for n in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair):04x}" for pair in pairs)


def _escape(found: re.Match[str]) -> str:
    return escaped(found.group())
