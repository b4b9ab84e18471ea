"""Descriptions: their limits, their keys, and that their schemas say the same."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.intake.parse import parse_record
from engine.intake.refusal import Refusal
from events.envelope import read
from events.outgoing import compose_description, key_of_description
from events.schema_export import schema
from events.schemas.registry import DIRECTORY, InvalidData, read_description

PROGRAM = "mentoring.program.described.v1"
PARTICIPANT = "mentoring.participant.described.v1"
LOOP = "mentoring.loop.described.v1"

DATA: dict[str, dict[str, Any]] = {
    PROGRAM: {
        "program_id": "acme",
        "name": "Acme",
        "locale": "pt-BR",
        "timezone": "Europe/Berlin",
        "self_match": True,
        "kudos": {"enabled": True, "withdraw_hours": 168},
        "sharing": {"public_pages": False},
        "branding": {"logo_url": "https://acme.example/l.png", "accent": "#12abEF"},
        "support_url": "https://acme.example/help?topic=badges#top",
        "issuer": {
            "name": "Acme",
            "url": "https://acme.example",
            "linkedin_organization_id": "1234",
        },
    },
    PARTICIPANT: {
        "program_id": "acme",
        "participant_id": "ann",
        "display_name": "Ann Lee \U0001f331",
        "given_name": "Ann",
        "email": "ann.lee+badges@acme.example",
        "avatar_url": "https://acme.example:8443/ann.png",
        "locale": "en",
        "timezone": "UTC",
        "roles": ["mentor", "mentee"],
        "active": False,
    },
    LOOP: {
        "program_id": "acme",
        "loop_id": "l-1",
        "name": "Us",
        "kind": "group",
        "members": [{"participant_id": "ann", "role": "mentor"}, {"participant_id": "ben"}],
        "state": "closed",
    },
}
REQUIRED = {
    PROGRAM: {"program_id", "name"},
    PARTICIPANT: {"program_id", "participant_id", "display_name"},
    LOOP: {"program_id", "loop_id", "kind", "members", "state"},
}

GOOD: list[tuple[str, dict[str, Any]]] = [
    *((type, {}) for type in DATA),
    *((type, dict.fromkeys(DATA[type].keys() - REQUIRED[type])) for type in DATA),
    (PROGRAM, {"kudos": {}, "sharing": {"public_pages": None}, "branding": {}, "unknown": 1}),
    (PROGRAM, {"kudos": {"withdraw_hours": 0.0}}),
    (PROGRAM, {"issuer": {"name": "A", "url": "https://a", "linkedin_organization_id": 7}}),
    (PARTICIPANT, {"display_name": "x" * 120, "roles": []}),
    (LOOP, {"members": [{"participant_id": f"p-{n}"} for n in range(200)]}),
]
SPOILT: list[tuple[str, dict[str, Any]]] = [
    (PROGRAM, {"name": ""}),
    (PROGRAM, {"name": "x" * 121}),
    (PROGRAM, {"locale": "German, please"}),
    (PROGRAM, {"self_match": "yes"}),
    (PROGRAM, {"kudos": {"withdraw_hours": 169}}),
    (PROGRAM, {"kudos": {"withdraw_hours": 1.5}}),
    (PROGRAM, {"kudos": True}),
    (PROGRAM, {"branding": {"accent": "blue"}}),
    (PROGRAM, {"branding": {"logo_url": "http://acme.example/l.png"}}),
    (PROGRAM, {"support_url": "javascript:alert(1)"}),
    (PROGRAM, {"issuer": {"name": "Acme"}}),
    (PARTICIPANT, {"display_name": "A\u0000"}),
    (PARTICIPANT, {"participant_id": "x" * 129}),
    (PARTICIPANT, {"participant_id": "a\u001fb"}),
    (PARTICIPANT, {"email": "ann"}),
    (PARTICIPANT, {"email": "ann@a.example\r\nBcc: b@b.example"}),
    (PARTICIPANT, {"avatar_url": "https://ann:secret@acme.example/"}),
    (PARTICIPANT, {"avatar_url": 'https://acme.example/"onerror="'}),
    (PARTICIPANT, {"avatar_url": "https://" + "x" * 2000}),
    (PARTICIPANT, {"roles": ["mentor", "mentor"]}),
    (PARTICIPANT, {"roles": ["owner"]}),
    (PARTICIPANT, {"active": 0}),
    (LOOP, {"kind": "pair"}),
    (LOOP, {"state": None}),
    (LOOP, {"members": []}),
    (LOOP, {"members": [{"participant_id": f"p-{n}"} for n in range(201)]}),
    (LOOP, {"members": [{"role": "mentor"}]}),
    (LOOP, {"members": [{"participant_id": "ann", "role": "boss"}]}),
    *((type, {name: ...}) for type, names in REQUIRED.items() for name in names),
]


def changed(type: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (DATA[type] | changes).items() if value is not ...}


@pytest.mark.parametrize(("type", "changes"), GOOD + SPOILT)
def test_schema_and_model_agree_on_what_describes(type: str, changes: dict[str, Any]) -> None:
    data = changed(type, changes)
    good = (type, changes) in GOOD
    event = {"specversion": "1.0", "id": "e", "source": "/p", "type": type, "data": data}
    event |= {"time": "2026-03-04T10:00:00Z"}

    assert Draft202012Validator(schema(DIRECTORY[type])).is_valid(event) is good
    if good:
        read_description(type, data)
    else:
        with pytest.raises(InvalidData):
            read_description(type, data)


def test_what_json_schema_cannot_say_is_in_the_models() -> None:
    twice = [{"participant_id": "ann"}, {"participant_id": "ann", "role": "mentee"}]
    with pytest.raises(InvalidData, match="members must not name anyone twice"):
        read_description(LOOP, DATA[LOOP] | {"members": twice})
    with pytest.raises(InvalidData, match="timezone must be the name of a time zone"):
        read_description(PARTICIPANT, DATA[PARTICIPANT] | {"timezone": "Mars/Olympus"})


def test_a_fault_names_field_and_item_and_quotes_nothing() -> None:
    members = [{"participant_id": "ann"}, {"participant_id": "SECRET\u0007"}]

    with pytest.raises(InvalidData) as raised:
        read_description(LOOP, DATA[LOOP] | {"members": members, "kind": "SECRET"})

    assert str(raised.value) == (
        "kind must be one of 'one_to_one' or 'group'; "
        "members [1] participant_id must not contain control characters"
    )


@pytest.mark.parametrize(
    ("type", "key"),
    [
        (PROGRAM, "program\x1facme\x1facme"),
        (PARTICIPANT, "participant\x1facme\x1fann"),
        (LOOP, "loop\x1facme\x1fl-1"),
    ],
)
def test_the_key_names_kind_program_and_id(type: str, key: str) -> None:
    moment = datetime(2026, 3, 4, tzinfo=UTC)
    message = compose_description(type, DATA[type], source="/p", time=moment)

    assert message.key == key.encode()
    assert key_of_description(message.value) == message.key
    assert read(message.value).data == DATA[type]


@pytest.mark.parametrize("type", DATA)
def test_on_the_activity_topic_a_description_is_of_an_unknown_type(type: str) -> None:
    refused = parse_record(compose_description(type, DATA[type], source="/p").value)

    assert isinstance(refused, Refusal)
    assert refused.reason == "unknown_type"


def test_json_of_a_description_is_read_as_its_models_say() -> None:
    raw = json.dumps({"specversion": "1.0", "type": LOOP}).encode()
    with pytest.raises(InvalidData, match="data is required"):
        key_of_description(raw)
    activity = compose_description(LOOP, DATA[LOOP], source="/p").value
    with pytest.raises(InvalidData, match="type must be one that describes"):
        key_of_description(activity.replace(b"loop.described", b"loop.depicted"))
