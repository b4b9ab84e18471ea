"""The topics as an AsyncAPI 3.1 document, made from the models: docs/asyncapi.yaml.

Every message is a structured CloudEvent but those of the dead letters, which are plain JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from events import schema_export
from events.schemas.model import Data
from events.schemas.registry import DIRECTORY, GOVERNANCE, INPUT, OUTPUT, RETRACTION

FILE = "asyncapi.yaml"

_PLAIN_KEY = re.compile(r"[A-Za-z_][\w.-]*")
_CLOUD_EVENT = "application/cloudevents+json"
_ACTIVITY_KEY = "program_id and loop_id joined with U+001F; any key is accepted."
_GOVERNANCE_KEY = "The participant's id; any key is accepted."
_AWARDS_KEY = "The recipient's participant id."
_DIRECTORY_KEY = (
    "program, participant or loop, then program_id, then the id, joined with U+001F. Without a "
    "value the record is a tombstone: forget it."
)
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_DEAD_LETTER = {
    "type": "object",
    "description": "A refused record: where it is and why, never its bytes.",
    "properties": {
        "topic": _TEXT,
        "partition": _NUMBER,
        "offset": _NUMBER,
        "reason": _TEXT,
        "detail": _TEXT,
        "header_names": {"type": "array", "items": _TEXT},
        "engine_version": _TEXT,
        "catalog_digest": _TEXT,
    },
    "required": ["topic", "partition", "offset", "reason", "detail", "header_names"],
}
_CHANNELS: Mapping[str, tuple[str, str, str, Mapping[str, type[Data]]]] = {
    "activity": (
        "mentoring.activity",
        "What happened. The engine keeps it.",
        _ACTIVITY_KEY,
        {name: model for name, model in INPUT.items() if name not in GOVERNANCE},
    ),
    "governance": (
        "mentoring.governance",
        "What governance alone may say. The engine keeps it.",
        _GOVERNANCE_KEY,
        {name: INPUT[name] for name in (*sorted(GOVERNANCE), RETRACTION)},
    ),
    "awards": ("mentoring.awards", "What was earned, lost, invited.", _AWARDS_KEY, OUTPUT),
    "directory": ("mentoring.directory", "Who is who; compacted.", _DIRECTORY_KEY, DIRECTORY),
}


def export(folder: Path) -> Path:
    """Write the document into a folder (made if missing), the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text("\n".join(_lines(document())) + "\n", encoding="utf-8")
    return path


def document() -> dict[str, Any]:
    """The document as JSON values."""
    channels: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for name, (address, text, key, models) in _CHANNELS.items():
        for model in models.values():
            schemas |= _schemas(model)
            messages[model.TYPE] = _message(model, key)
        channels[name] = _channel(address, text, sorted(models))
    schemas["dead-letter"] = _DEAD_LETTER
    messages["dead-letter"] = {
        "name": "dead-letter",
        "contentType": "application/json",
        "payload": {"$ref": "#/components/schemas/dead-letter"},
    }
    text = "That a record was refused."
    channels["dead-letters"] = _channel("mentoring.activity.dead-letters", text, ["dead-letter"])
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Badge engine",
            "version": "1.0.0",
            "description": "Facts in, awards out, on Kafka. docs/contract.md explains it.",
        },
        "defaultContentType": _CLOUD_EVENT,
        "channels": channels,
        "operations": {
            "readActivity": _operation("receive", "activity"),
            "readGovernance": _operation("receive", "governance"),
            "readDirectory": _operation("receive", "directory"),
            "announceAwards": _operation("send", "awards"),
            "signalDeadLetters": _operation("send", "dead-letters"),
        },
        "components": {"messages": messages, "schemas": dict(sorted(schemas.items()))},
    }


def _channel(address: str, text: str, names: list[str]) -> dict[str, Any]:
    return {
        "address": address,
        "description": text,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"kafka": {"topic": address, "bindingVersion": "0.5.0"}},
    }


def _message(model: type[Data], key: str) -> dict[str, Any]:
    return {
        "name": model.TYPE,
        "contentType": _CLOUD_EVENT,
        "payload": {"$ref": f"#/components/schemas/{model.TYPE}"},
        "bindings": {
            "kafka": {"key": {"type": "string", "description": key}, "bindingVersion": "0.5.0"}
        },
    }


def _operation(action: str, channel: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}


def _schemas(model: type[Data]) -> dict[str, Any]:
    """The schema of an event, and those that it refers to, each under a name of its own."""
    whole = schema_export.schema(model)
    definitions = whole.pop("$defs", {})
    assert isinstance(definitions, dict)
    for name in ("$schema", "$id", "title"):
        whole.pop(name)
    named = {model.TYPE: whole}
    named |= {f"{model.TYPE}.{name}": schema for name, schema in definitions.items()}
    text = json.dumps(named)
    return dict(json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{model.TYPE}.')))


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """JSON values as YAML, in blocks."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = key if _PLAIN_KEY.fullmatch(key) else json.dumps(key)
            yield from _entry(f"{indent}{name}:", inner, indent)
    else:
        for inner in value:
            if isinstance(inner, dict | list) and inner:
                first, *rest = _lines(inner, indent + "  ")
                yield f"{indent}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{indent}- {json.dumps(inner)}"


def _entry(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield name
        yield from _lines(value, indent + "  ")
    else:
        yield f"{name} {json.dumps(value)}"
