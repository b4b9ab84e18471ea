"""The event contract as JSON Schema, one file per type, for services that do not use Python.

A schema describes the whole structured CloudEvent. What JSON Schema cannot say (mentors are
attendees, nobody rates or thanks themselves) is in the models only.
"""

import json
from pathlib import Path

from pydantic.json_schema import GenerateJsonSchema

from events.schemas.model import Data
from events.schemas.registry import DIRECTORY, INPUT, OUTPUT
from events.schemas.values import CONTROL_CHARACTERS

_DIALECT = GenerateJsonSchema.schema_dialect
_TEXT = {"type": "string", "minLength": 1, "pattern": f"^[^{CONTROL_CHARACTERS}]*$"}


class _Untitled(GenerateJsonSchema):
    """Without the titles that only say a field's name again."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False


def export(directory: Path) -> list[Path]:
    """Write TYPE.json for every event type into the directory (made if missing), the same bytes
    every time. Returns the paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in sorted({**INPUT, **OUTPUT, **DIRECTORY}.items()):
        path = directory / f"{name}.json"
        path.write_text(json.dumps(schema(model), indent=2) + "\n", encoding="utf-8")
        written.append(path)
    return written


def schema(model: type[Data]) -> dict[str, object]:
    """The JSON Schema of structured CloudEvents of the model's type."""
    data = model.model_json_schema(schema_generator=_Untitled)
    definitions = data.pop("$defs", {})
    return {
        "$schema": _DIALECT,
        "$id": f"https://schemas.mentoring.example/{model.TYPE}.json",
        "title": model.TYPE,
        "description": data["description"],
        "type": "object",
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {**_TEXT, "maxLength": 128},
            "source": _TEXT,
            "type": {"const": model.TYPE},
            "time": {
                "description": "RFC 3339 with an offset: when it happened.",
                "type": "string",
                "format": "date-time",
            },
            "data": data,
            "data_base64": {"type": "null"},
        },
        "required": ["specversion", "id", "source", "type", "time", "data"],
        **({"$defs": definitions} if definitions else {}),
    }
