"""Events published once are read the same by every later version."""

import json

import pytest

from events.envelope import read, structured
from events.schemas.registry import INPUT, OUTPUT, read_data
from tests.unit.contract.goldens import Golden, goldens

GOLDENS = goldens()
TOLD = [golden for golden in GOLDENS if golden.type in INPUT]
ANNOUNCED = [golden for golden in GOLDENS if golden.type in OUTPUT]


def name(golden: Golden) -> str:
    return golden.name


def test_every_type_has_a_golden_event() -> None:
    assert {golden.type for golden in GOLDENS} == {*INPUT, *OUTPUT}


@pytest.mark.parametrize("golden", GOLDENS, ids=name)
def test_the_envelope_of_a_golden_event_is_read_as_ever(golden: Golden) -> None:
    event = read(golden.value, golden.headers)
    read_as = {"id": event.id, "source": event.source, "type": event.type, "time": event.time}
    assert read_as == golden.expected["envelope"]


@pytest.mark.parametrize("golden", TOLD, ids=name)
def test_the_data_of_a_golden_input_event_is_read_as_ever(golden: Golden) -> None:
    model = read_data(golden.type, read(golden.value, golden.headers).data)
    assert list(model.place) == golden.expected["place"]
    assert model.natural_key == golden.expected["natural_key"]
    # As text: 45 and 45.0 are equal in Python, but not one content.
    content = json.dumps(model.content(), sort_keys=True)
    assert content == json.dumps(golden.expected["content"], sort_keys=True)


@pytest.mark.parametrize("golden", ANNOUNCED, ids=name)
def test_a_golden_output_event_is_read_and_rendered_to_the_byte(golden: Golden) -> None:
    event = read(golden.value)
    model = OUTPUT[golden.type].model_validate(event.data)
    assert model.body() == golden.expected["data"]
    rendered = type(event)(event.id, event.source, event.type, event.time, model.body())
    assert structured(rendered) == golden.value
