"""JSON as the contract reads it: every answer is either the one meaning of the bytes, or a refusal.

Numbers are IEEE doubles (a literal too large is infinite, which is for the schemas to judge); of
duplicate keys the last wins; NaN, a byte order mark, lone surrogates and deep nesting are refused
wherever they stand, in a value hidden by a duplicate key too.
"""

import json
import re
from typing import Never

# The contract accepts 100 levels and refuses more than 200; well below what the parser can take.
MAX_DEPTH = 128

# The second alternative makes an unclosed string one match to the end: linear on hostile input.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_LOW_HALF = rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}" + _LOW_HALF + rb"|(?P<lone>u[dD][89a-fA-F])|.)", re.DOTALL
)


class MalformedJSON(ValueError):
    """The bytes are not JSON as the contract reads it; the message quotes nothing of them."""


def parse(raw: bytes) -> object:
    """The value the bytes stand for: dict, list, str, float, bool or None. Raises MalformedJSON."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedJSON(f"not UTF-8 at byte {error.start}") from None
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH:
        _refuse_deep_nesting(raw)
    if b"\\ud" in raw or b"\\uD" in raw:
        _refuse_lone_surrogates(raw)
    if text.startswith("\ufeff"):
        raise MalformedJSON("starts with a byte order mark")
    try:
        return _decode(text)
    except json.JSONDecodeError as error:
        # Some reasons go on to quote the text after a colon.
        reason = error.msg.split(":")[0].removesuffix(" at").lower()
        raise MalformedJSON(f"{reason} at character {error.pos}") from None


def _refuse_constant(_name: str) -> Never:
    raise MalformedJSON("NaN and Infinity are not JSON")


# float for integers too: a literal of a million digits then costs no more than its length.
_decode = json.JSONDecoder(parse_int=float, parse_constant=_refuse_constant).decode


def _refuse_deep_nesting(raw: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise MalformedJSON(f"nested deeper than {MAX_DEPTH} levels")


def _refuse_lone_surrogates(raw: bytes) -> None:
    # In JSON a backslash stands only in strings and always opens an escape, so reading escapes
    # from left to right is exact; bytes where that is not so are refused by the parser.
    for escape in _ESCAPE.finditer(raw):
        if escape["lone"]:
            raise MalformedJSON(f"a lone surrogate at byte {escape.start()}")
