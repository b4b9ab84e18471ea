"""The exported JSON Schemas are those of the models, and say what the models say."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from events.schema_export import export, schema
from events.schemas.registry import INPUT, OUTPUT, InvalidData, read_data
from tests.unit.contract.goldens import Golden, goldens
from tests.unit.contract.samples import DATA, KUDOS, MEETING, QUIZ, SURVEY, cloudevent, data
from tests.unit.contract.samples import RETRACTION as RETRACTED

MODELS = {**INPUT, **OUTPUT}
COMMITTED = Path(__file__).parents[3] / "events" / "schemas" / "json"
COMMAND = "badge-engine schema export events/schemas/json"

STRUCTURED = [golden for golden in goldens() if not golden.headers]


def validator(type: str) -> Draft202012Validator:
    return Draft202012Validator(schema(MODELS[type]))


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    written = {path.name: path.read_text() for path in export(tmp_path)}
    committed = {path.name: path.read_text() for path in COMMITTED.glob("mentoring.*.json")}
    differing = sorted(
        name
        for name in written.keys() | committed.keys()
        if written.get(name) != committed.get(name)
    )
    assert not differing, (
        f"the models and the committed schemas differ in {', '.join(differing)}; if other services "
        f"can live with the change, run: {COMMAND}"
    )


def test_exporting_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in export(tmp_path / "new" / "one")]
    assert first == [path.read_bytes() for path in export(tmp_path / "new" / "one")]


@pytest.mark.parametrize("type", MODELS)
def test_each_schema_is_a_schema_under_its_own_address(type: str) -> None:
    exported = schema(MODELS[type])
    Draft202012Validator.check_schema(exported)
    assert exported["$id"] == f"https://schemas.mentoring.example/{type}.json"
    properties: Any = exported["properties"]
    assert properties["type"] == {"const": type}


@pytest.mark.parametrize("golden", STRUCTURED, ids=lambda golden: golden.name)
def test_golden_events_are_valid_by_their_schema(golden: Golden) -> None:
    validator(golden.type).validate(json.loads(golden.value))


@pytest.mark.parametrize("attribute", ["specversion", "id", "source", "type", "time", "data"])
def test_a_schema_asks_for_the_required_attributes(attribute: str) -> None:
    good, spoilt = json.loads(cloudevent()), json.loads(cloudevent(**{attribute: ...}))
    assert validator(MEETING).is_valid(good)
    assert not validator(MEETING).is_valid(spoilt)
    assert not validator(MEETING).is_valid(good | {"data_base64": "e30="})


SPOILT: list[tuple[str, dict[str, Any]]] = [
    (MEETING, {"attendee_ids": []}),
    (MEETING, {"attendee_ids": ["p-2"] * 2}),
    (MEETING, {"attendee_ids": [f"p-{n}" for n in range(201)]}),
    (MEETING, {"meeting_id": "x" * 129}),
    (MEETING, {"meeting_id": "\u0085"}),
    (MEETING, {"meeting_id": None}),
    (MEETING, {"duration_minutes": -1}),
    (SURVEY, {"rating": 6}),
    (SURVEY, {"rating": 4.5}),
    (SURVEY, {"rating": "5"}),
    (SURVEY, {"rating": True}),
    (SURVEY, {"survey": "nps"}),
    (SURVEY, {"meeting_id": None}),
    (SURVEY, {"meeting_id": ...}),
    (QUIZ, {"score": 1.1}),
    (QUIZ, {"participant_id": ...}),
    (KUDOS, {"message": ""}),
    (KUDOS, {"message": "\u0000"}),
    (RETRACTED, {"fact_type": RETRACTED}),
    (RETRACTED, {"fact_type": MEETING, "loop_id": None}),
    (RETRACTED, {"loop_id": ..., "participant_id": ...}),
    (RETRACTED, {"loop_id": None, "participant_id": None}),
    (RETRACTED, {"reason": "x" * 2001}),
]
GOOD: list[tuple[str, dict[str, Any]]] = [
    *((type, {}) for type in DATA),
    (SURVEY, {"rating": 5.0}),
    (SURVEY, {"survey": "mqs", "meeting_id": None}),
    (MEETING, {"mentor_ids": None, "duration_minutes": 0}),
    (MEETING, {"mentor_ids": []}),
    (QUIZ, {"loop_id": None, "score": 1}),
    (RETRACTED, {"loop_id": None}),
    (RETRACTED, {"fact_type": MEETING, "participant_id": None}),
]


@pytest.mark.parametrize(("type", "changes"), SPOILT + GOOD)
def test_schema_and_model_agree_on_what_is_valid(type: str, changes: dict[str, Any]) -> None:
    told = data(type, **changes)
    try:
        read_data(type, told)
    except InvalidData:
        by_model = False
    else:
        by_model = True
    assert by_model is ((type, changes) in GOOD)
    assert validator(type).is_valid(json.loads(cloudevent(type=type, data=told))) is by_model
