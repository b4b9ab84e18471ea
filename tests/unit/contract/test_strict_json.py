"""JSON with one meaning, or none."""

import json
import math
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.strict_json import MAX_DEPTH, MalformedJSON, parse

SCALARS = st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
# Pieces that make escapes, halves of surrogate pairs and backslashes meet in every way.
PIECES = st.lists(
    st.sampled_from(
        ["\\ud83d", "\\uDE00", "\\uD800", "\\udfff", "\\\\", "\\n", "\\u0041", "ud800", "x", '\\"']
    )
)


def nested(levels: int, opening: str = "[", closing: str = "]") -> bytes:
    return (opening * levels + closing * levels).encode()


@given(VALUES, st.booleans())
def test_what_json_can_say_comes_back(value: object, ascii_only: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '{"a": [NaN]}'])
def test_nan_and_infinity_are_not_json(text: str) -> None:
    with pytest.raises(MalformedJSON, match="NaN"):
        parse(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", "}", "[1,]", '{"a":1,}', "{'a':1}", "tru", "True", "1 2", "//\n1"),
        *("01", "1.", ".5", "+1", "0x1", "\u00a01", "[1]\x00", "\u0661"),
        *('"a', '"\n"', '"\t"', '"\x00"', r'"\x41"', r'"\u12"', r'"\u12g4"'),
    ],
)
def test_what_is_not_json_is_malformed(text: str) -> None:
    with pytest.raises(MalformedJSON):
        parse(text.encode())


@pytest.mark.parametrize(
    "raw", [b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"']
)
def test_what_is_not_utf_8_is_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedJSON, match="UTF-8 at byte 1"):
        parse(raw)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_byte_order_mark_or_another_encoding_is_malformed(encoding: str) -> None:
    with pytest.raises(MalformedJSON):
        parse('{"a": 1}'.encode(encoding))


def test_of_duplicate_keys_the_last_wins() -> None:
    assert parse(b'{"a": 1, "b": {"c": 1, "\\u0063": 2}, "a": 3}') == {"a": 3, "b": {"c": 2}}


@pytest.mark.parametrize("digits", [400, 5_000, 60_000])
def test_a_number_too_large_for_a_double_is_infinite_and_no_error(digits: int) -> None:
    assert parse(b"9" * digits) == math.inf
    assert parse(b"-" + b"9" * digits) == -math.inf
    assert parse(b"1e" + b"9" * 300) == math.inf


@given(st.integers())
def test_numbers_are_ieee_doubles(number: int) -> None:
    parsed = parse(str(number).encode())
    assert type(parsed) is float
    assert parsed == float(str(number))


@pytest.mark.parametrize("levels", [1, 99, 100, MAX_DEPTH])
def test_a_hundred_levels_of_nesting_are_accepted(levels: int) -> None:
    parse(nested(levels))
    parse(nested(levels, '{"a":', "}").replace(b":}", b":0}"))


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 201, 10_000, 1_000_000])
@pytest.mark.parametrize("frame", ['{"a":%s}', '{"a":%s,"a":1}', '[1,"[",%s]', '["\\\\",%s]'])
def test_deeper_nesting_is_malformed_wherever_it_stands(levels: int, frame: str) -> None:
    with pytest.raises(MalformedJSON, match="nested"):
        parse((frame % nested(levels).decode()).encode())


def test_brackets_inside_strings_and_side_by_side_are_no_nesting() -> None:
    text = "[{" * 500 + '\\"' + "[" * 500
    assert parse(f'["{text}"]'.encode()) == [text.replace('\\"', '"')]
    assert parse(b"[" + b"[],{}," * 500 + b"1]")


def test_hostile_brackets_and_quotes_are_refused_in_linear_time() -> None:
    quotes, openings = b'{"a":"' + b'\\"' * 50_000 + b"[" * 200, b'"[' * 50_000
    started = time.process_time()
    for raw in (quotes, openings, b"[" * 1_000_000):
        with pytest.raises(MalformedJSON):
            parse(raw)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        r'"\ud800"',
        r'"\uDfFf"',
        r'{"\ud800": 1}',
        r'{"a": "\ud800", "a": 1}',
        r'{"\udc00": 1, "\udc00": 2}',
        r'["\ude00\ud83d"]',
        r'["\ud83d\\ude00"]',
        r'["\ud83d \ude00"]',
        r'["\ud83d\ud83d\ude00"]',
        r'["\ud83d\ude00\ude00"]',
    ],
)
def test_a_lone_surrogate_is_malformed_wherever_it_stands(text: str) -> None:
    with pytest.raises(MalformedJSON, match="surrogate"):
        parse(text.encode())


@given(PIECES)
def test_surrogates_are_judged_as_the_decoded_text_shows_them(pieces: list[str]) -> None:
    raw = f'["{"".join(pieces)}"]'.encode()
    decoded: list[Any] = json.loads(raw)
    lone = any("\ud800" <= character <= "\udfff" for character in decoded[0])
    if lone:
        with pytest.raises(MalformedJSON, match="surrogate"):
            parse(raw)
    else:
        assert parse(raw) == decoded


@given(st.text(min_size=3, alphabet="SECRT"))
def test_a_refusal_quotes_nothing(secret: str) -> None:
    for frame in ('{"a": %s}', '{"a": "%s}', '{"%s" 1}', '["\\q%s"]', '[NaN, "%s"]'):
        with pytest.raises(MalformedJSON) as refusal:
            parse((frame % secret).encode())
        assert secret not in str(refusal.value)
