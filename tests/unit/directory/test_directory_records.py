"""What a record of the topic says, and why it says nothing."""

import json
from typing import Any

import pytest

from directory.intake.records import (
    DescriptionRecord,
    RefusedDescription,
    Subject,
    TombstoneRecord,
    parse,
)
from events.envelope import MAX_BYTES

ANN = b"participant\x1facme\x1fann"
DATA = {"program_id": "acme", "participant_id": "ann", "display_name": "Ann"}


def value(data: Any = DATA, **attributes: Any) -> bytes:
    event = {
        "specversion": "1.0",
        "id": "e",
        "source": "/p",
        "type": "mentoring.participant.described.v1",
        "time": "2026-03-01T10:00:00+01:00",
        "data": data,
    }
    return json.dumps(event | attributes).encode()


def test_a_description_is_of_its_subject_as_of_its_time() -> None:
    record = parse(ANN, value())

    assert isinstance(record, DescriptionRecord)
    assert record.subject == Subject("participant", "acme", "ann")
    assert record.time == "2026-03-01T09:00:00.000000Z"
    assert record.data.body() == DATA


def test_a_binary_event_is_read_as_well() -> None:
    attributes = {
        "specversion": "1.0",
        "id": "e",
        "source": "/p",
        "type": "mentoring.participant.described.v1",
        "time": "2026-03-01T09:00:00Z",
    }
    headers = [(f"ce_{name}", text.encode()) for name, text in attributes.items()]

    assert parse(ANN, json.dumps(DATA).encode(), headers) == parse(ANN, value())


@pytest.mark.parametrize("kind", ["participant", "loop"])
def test_no_value_is_a_tombstone(kind: str) -> None:
    record = parse(f"{kind}\x1facme\x1fann".encode(), None)

    assert isinstance(record, TombstoneRecord)
    assert record.subject == (kind, "acme", "ann")


@pytest.mark.parametrize(
    "key",
    [
        None,
        b"",
        b"ann",
        b"participant\x1facme",
        b"participant\x1facme\x1fann\x1f",
        b"participant\x1f\x1fann",
        b"person\x1facme\x1fann",
        b"program\x1facme\x1fother",
        b"participant\x1facme\x1f\xff",
    ],
)
def test_a_key_of_another_form_is_refused_with_and_without_a_value(key: bytes | None) -> None:
    assert isinstance(parse(key, value()), RefusedDescription)
    assert isinstance(parse(key, None), RefusedDescription)


@pytest.mark.parametrize(
    "key",
    [b"participant\x1facme\x1fben", b"participant\x1fother\x1fann", b"loop\x1facme\x1fann"],
)
def test_a_key_that_disagrees_with_the_data_is_refused(key: bytes) -> None:
    assert parse(key, value()) == RefusedDescription(
        "the key names something else than the data", "mismatch"
    )


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"x" * (MAX_BYTES + 1), "65536 bytes"),
        (value(time="yesterday"), "time must be"),
        (value(None), "data is required"),
        (value(type="mentoring.participant.described.v2"), "no description of this type"),
        (value(type="mentoring.meeting.completed.v1"), "no description of this type"),
        (value(DATA | {"display_name": "A\u0007"}), "display_name must not contain"),
        (value(DATA | {"email": "SECRET at home", "active": 1}), "email must be an e-mail"),
    ],
)
def test_what_is_no_description_is_refused_without_a_quotation(spoilt: bytes, why: str) -> None:
    record = parse(ANN, spoilt)

    assert isinstance(record, RefusedDescription)
    assert why in record.why
    assert "SECRET" not in record.why
    assert "\x07" not in record.why
