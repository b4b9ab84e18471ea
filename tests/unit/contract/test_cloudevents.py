"""Every sentence of the contract about the envelope."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.envelope import CONTENT_TYPE, Envelope, NotACloudEvent, read, structured
from events.instants import parse_instant
from tests.unit.contract.samples import DATA, MEETING, TIME, cloudevent

HEADERS: dict[str, bytes | None] = {
    "ce_specversion": b"1.0",
    "ce_id": b"e-1",
    "ce_source": b"/platform",
    "ce_type": MEETING.encode(),
    "ce_time": TIME.encode(),
}
BODY = json.dumps(DATA[MEETING]).encode()
EXPECTED = Envelope("e-1", "/platform", MEETING, parse_instant(TIME), DATA[MEETING])


def headers(**changes: bytes | None) -> list[tuple[str, bytes | None]]:
    return list((HEADERS | changes).items())


def fault(value: bytes | None, headers: Any = ()) -> str:
    with pytest.raises(NotACloudEvent) as refusal:
        read(value, headers)
    return str(refusal.value)


def test_a_structured_cloudevent_is_read() -> None:
    assert read(cloudevent()) == EXPECTED
    assert read(cloudevent(), [CONTENT_TYPE]) == EXPECTED


def test_a_binary_cloudevent_is_read_whatever_its_content_type_says() -> None:
    assert read(BODY, headers()) == EXPECTED
    assert read(BODY, [CONTENT_TYPE, *headers()]) == EXPECTED


@pytest.mark.parametrize("content_type", [b"application/json", b"text/plain", b"\xff", None])
def test_without_the_header_ce_specversion_an_event_is_structured(
    content_type: bytes | None,
) -> None:
    others = [("content-type", content_type), ("ce_id", b"other"), ("ce_type", b"\xff")]
    assert read(cloudevent(), others) == EXPECTED


@pytest.mark.parametrize("version", [b"", b"0.3", b"1", b"\xff", None])
def test_the_header_ce_specversion_makes_an_event_binary_whatever_its_value(
    version: bytes | None,
) -> None:
    assert "specversion" in fault(cloudevent(), [("ce_specversion", version)])


def test_of_repeated_headers_the_last_wins() -> None:
    assert read(BODY, [("ce_id", b"first"), ("ce_type", None), *headers()]) == EXPECTED
    assert "id is required" in fault(BODY, [*headers(), ("ce_id", None)])


@pytest.mark.parametrize("name", ["ce_id", "ce_source", "ce_type", "ce_time", "ce_extension"])
@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80"])
def test_header_values_of_an_event_are_strict_utf_8(name: str, text: bytes) -> None:
    assert "is not UTF-8" in fault(BODY, headers(**{name: text}))


def test_other_headers_may_hold_any_bytes() -> None:
    assert read(BODY, [*headers(), ("trace", b"\xff"), ("x", None)]) == EXPECTED


def test_a_tombstone_is_no_cloudevent() -> None:
    assert "no value" in fault(None)
    assert "data is required" in fault(None, headers())


@pytest.mark.parametrize("value", [b"", b"x", b"[]", b"null", b"1", b'"x"', b"\xef\xbb\xbf{}"])
def test_a_value_that_is_no_json_object_is_no_cloudevent(value: bytes) -> None:
    assert "value is not" in fault(value)
    assert "data" in fault(value, headers())


def test_a_batch_of_cloudevents_is_no_cloudevent() -> None:
    assert "not a JSON object" in fault(b"[" + cloudevent() + b"]")


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "time", "data"])
@pytest.mark.parametrize("value", [..., None, 1, True, {}, [], ""])
def test_required_attributes_must_be_there_and_of_their_kind(name: str, value: object) -> None:
    if (name, value) == ("data", {}):
        assert read(cloudevent(data={})).data == {}
    else:
        assert name in fault(cloudevent(**{name: value}))


@pytest.mark.parametrize("version", ["1", "1.1", "0.3", "1.0 ", 1.0])
def test_only_specversion_1_0_is_read(version: object) -> None:
    assert fault(cloudevent(specversion=version)) == 'specversion must be "1.0"'


@pytest.mark.parametrize("data", ["text", 1, True, [], [{}]])
def test_data_that_is_no_object_is_no_cloudevent(data: object) -> None:
    assert fault(cloudevent(data=data)) == "data must be an object"


@pytest.mark.parametrize("base64", ["", "e30=", {}, 0, False])
def test_data_base64_is_not_accepted_alone_or_beside_data(base64: object) -> None:
    assert "data_base64" in fault(cloudevent(data_base64=base64))
    assert "data_base64" in fault(cloudevent(data_base64=base64, data=...))


def test_optional_attributes_and_extensions_are_ignored_whatever_they_hold() -> None:
    odd: list[Any] = [None, 1, "x", "\x00", [], {"a": {}}]
    for value in odd:
        event = cloudevent(subject=value, datacontenttype=value, dataschema=value, ext=value)
        assert read(event) == EXPECTED


def test_a_null_data_base64_counts_as_absent() -> None:
    assert read(cloudevent(data_base64=None)) == EXPECTED


def test_unknown_data_fields_are_tolerated() -> None:
    assert read(cloudevent(data={"x": [1]})).data == {"x": [1]}


@given(st.text(max_size=140) | st.text("aé😀\x00\x1f\x7f\x80\x9f\xa0\n", max_size=3))
def test_an_event_id_is_1_to_128_code_points_without_control_characters(name: str) -> None:
    good = 1 <= len(name) <= 128 and not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in name)
    if good:
        assert read(cloudevent(id=name)).id == name
    else:
        assert fault(cloudevent(id=name)).startswith("id must")


@pytest.mark.parametrize("length", [128, 129])
@pytest.mark.parametrize("character", ["x", "é", "\U0001f600", "e\u0301"[1]])
def test_the_length_of_an_id_is_counted_in_code_points(length: int, character: str) -> None:
    event = cloudevent(id=character * length)
    if length == 128:
        assert read(event).id == character * 128
    else:
        assert "id" in fault(event)


def test_ids_are_never_trimmed_or_normalised() -> None:
    for name in (" e ", "e\u0301", "\u00e9", "\u200b", "\ufeff", "\u2028"):
        assert read(cloudevent(id=name)).id == name


@pytest.mark.parametrize("name", ["source", "type"])
def test_source_and_type_are_texts_of_any_length_without_control_characters(name: str) -> None:
    assert getattr(read(cloudevent(**{name: "x" * 5000})), name) == "x" * 5000
    for control in ("\x00", "\n", "\x1f", "\x7f", "\x80", "\x9f"):
        assert name in fault(cloudevent(**{name: f"a{control}"}))


def test_every_fault_of_an_envelope_is_named_at_once() -> None:
    message = fault(b'{"specversion": "2", "id": "", "time": "noon", "data_base64": ""}')
    for name in ("specversion", "id", "source", "type", "time", "data", "data_base64"):
        assert f"{name} " in message
    message = fault(b"{", headers(ce_id=b"", ce_time=b"\xff"))
    for name in ("ce_time", "data", "id"):
        assert name in message


def test_a_refusal_never_quotes_a_value() -> None:
    secret = "SECRET"
    spoilt = cloudevent(specversion=secret, id=f"{secret}\n", time=secret, data=secret)
    assert secret not in fault(spoilt)
    assert secret not in fault(spoilt[:-1])
    assert secret not in fault(f'"{secret}'.encode(), headers(ce_time=secret.encode()))


def test_an_event_is_rendered_in_the_contracts_order_and_reads_back() -> None:
    event = Envelope("é", "/s", "t", parse_instant(TIME), {"b": 1, "a": ["\u2028😀"], "n": None})
    assert structured(event).decode() == (
        '{"specversion":"1.0","id":"é","source":"/s","type":"t",'
        '"time":"2026-03-04T10:00:00.000000Z","datacontenttype":"application/json",'
        '"data":{"b":1,"a":["\u2028😀"],"n":null}}'
    )
    assert read(structured(event)) == event


def test_what_json_cannot_say_is_not_rendered() -> None:
    for value in (float("nan"), float("inf"), "\ud800"):
        with pytest.raises(ValueError, match=r"JSON|surrogates"):
            structured(Envelope("e", "/s", "t", parse_instant(TIME), {"a": value}))
