"""The shape of a catalog file as JSON Schema, for editors and other tools.

Composed of the schemas of the rule kinds, so a new kind is in it by its registry line.
What JSON Schema cannot say (names that must exist, levels that ascend, badges that ask for
themselves) only the loader checks. The committed copy is among the events' schemas, where
`badge-engine schema export` writes them all.
"""

import json
from pathlib import Path
from typing import Any

from engine.catalog import calendar_source, policy_source, renames
from engine.catalog.badges import MOST_MONTHS
from engine.rules import criteria, effects, measure

FILE_NAME = "catalog.schema.json"

_NAME = {"minLength": 1, "maxLength": 128}
_TEXT = {"type": "string", "minLength": 1}


def schema() -> dict[str, object]:
    """The JSON Schema of a catalog file (its YAML read as JSON)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://schemas.mentoring.example/{FILE_NAME}",
        "title": "Badge catalog",
        "description": "A recognition program: what is measured, which badges that earns.",
        "type": "object",
        "required": ["catalog", "version"],
        "anyOf": [{"required": ["include"]}, {"required": ["measures", "badges"]}],
        "additionalProperties": False,
        "properties": {
            "catalog": {"type": ["string", "number"]},
            "version": {"type": ["string", "number"]},
            "description": {"type": "string"},
            "calendar": calendar_source.SCHEMA,
            "include": {
                "description": "Catalogs that ship: their measures, badges and effects.",
                "type": "array",
                "minItems": 1,
                "uniqueItems": True,
                "items": {"type": "string"},
            },
            "measures": {"type": "object", "additionalProperties": {"$ref": "#/$defs/measure"}},
            "badges": {
                "type": "object",
                "propertyNames": _NAME,
                "additionalProperties": {"$ref": "#/$defs/badge"},
            },
            "effects": {"type": "object", "additionalProperties": {"$ref": "#/$defs/effect"}},
            "renamed": renames.SCHEMA,
            **policy_source.SCHEMA,
        },
        "$defs": {
            "measure": measure.SCHEMA,
            "repeatable": _repeatable(),
            "badge": _badge(),
            "criterion": criteria.SCHEMA,
            "indicator": measure.INDICATOR_SCHEMA,
            "as_of_criterion": criteria.AS_OF_SCHEMA,
            "effect": effects.SCHEMA,
            "renamed_levels": renames.LEVELS_SCHEMA,
        },
    }


def export(directory: Path) -> Path:
    """Write the schema into the directory (made if missing), the same bytes every time; gives its
    path."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / FILE_NAME
    path.write_text(json.dumps(schema(), indent=2) + "\n", encoding="utf-8")
    return path


def _badge() -> dict[str, object]:
    return {
        "type": "object",
        "required": ["name", "description"],
        "additionalProperties": False,
        "properties": {
            "name": _TEXT,
            "description": _TEXT,
            "category": {"type": "string", **_NAME},
            "scope": {"enum": ["loop", "program"]},
            "levels": {
                "description": "In ascending order.",
                "type": "object",
                "minProperties": 1,
                "propertyNames": _NAME,
                "additionalProperties": {"$ref": "#/$defs/criterion"},
            },
            "criterion": {"$ref": "#/$defs/criterion"},
            "repeatable": {"$ref": "#/$defs/repeatable"},
            "valid_for": {
                "description": "How long each award of a repeatable badge is valid.",
                "type": "object",
                "required": ["months"],
                "additionalProperties": False,
                "properties": {"months": {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS}},
            },
        },
        "dependentRequired": {"valid_for": ["repeatable"]},
        "oneOf": [{"required": [rule]} for rule in ("levels", "criterion", "repeatable")],
    }


def _repeatable() -> dict[str, Any]:
    """A measure that counts: it has everything but the aggregate."""
    properties: Any = measure.SCHEMA["properties"]
    return {
        **measure.SCHEMA,
        "required": ["event", "who"],
        "properties": {name: body for name, body in properties.items() if name != "aggregate"},
    }
