"""docs/contract.md says what the models say."""

import json
import re

import pytest

from engine.intake.parse import ParsedFact, parse_record
from events.envelope import MAX_BYTES
from events.outgoing import key_of_description
from events.schemas.registry import DIRECTORY, INPUT, OUTPUT
from tests.project.docs.markdown import marked
from tests.project.docs.markdown import read as page

PAGE = "docs/contract.md"


def _row(event_type: str) -> str:
    row = re.search(rf"^\| {re.escape(event_type)} \|.*$", page(PAGE), re.MULTILINE)
    assert row is not None, f"{PAGE} has no row for {event_type}"
    return row[0]


@pytest.mark.parametrize("event_type", [*INPUT, *OUTPUT, *DIRECTORY])
def test_the_row_of_a_type_names_every_field_it_has(event_type: str) -> None:
    model = {**INPUT, **OUTPUT, **DIRECTORY}[event_type]
    assert set(model.model_fields) - set(re.findall(r"\w+", _row(event_type))) == set()


def test_the_natural_keys_are_those_of_the_models() -> None:
    for event_type, model in INPUT.items():
        key = _row(event_type).split("|")[-2]
        assert model.KEY in key, event_type


def test_the_event_shown_is_taken_in() -> None:
    for text in marked(PAGE, "event"):
        assert isinstance(parse_record(json.dumps(json.loads(text)).encode()), ParsedFact)


def test_the_description_shown_has_the_key_shown() -> None:
    (text,) = marked(PAGE, "description")
    key = key_of_description(json.dumps(json.loads(text)).encode())
    assert f"`{key.decode()}`".replace("\x1f", "\u241f") in page(PAGE)


def test_the_ids_shown_are_those_the_engine_makes() -> None:
    for code in marked(PAGE, "run"):
        exec(compile(code, PAGE, "exec"), {})


def test_the_largest_value_is_the_one_read() -> None:
    assert f"{MAX_BYTES:,} bytes" in page(PAGE)
