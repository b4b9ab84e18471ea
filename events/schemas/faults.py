"""What is wrong with an event's data, field by field, in words that never quote a value."""

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.instants import Instant
from events.schemas.directory.values import PATTERNS
from events.schemas.model import Data, EventData, FieldFault
from events.schemas.values import DAY, HEX64

# By pydantic's error type; {} takes from the rule that was broken, never from the value.
_REASONS = {
    "missing": "is required",
    "string_type": "must be a string",
    "string_unicode": "must be a string without lone surrogates",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must not contain control characters",
    "float_type": "must be a number",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a finite number",
    "int_parsing_size": "is out of range",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "tuple_type": "must be a list",
    "too_short": "must not be empty",
    "too_long": "must have at most {max_length} items",
    "literal_error": "must be one of {expected}",
    "bool_type": "must be true or false",
    "model_type": "must be an object",
    "zone": "must be the name of a time zone",
    "repeats": "must not name anyone twice",
    "instant": "{why}",
    "day": "must be a date that exists, in the years 1 to 9999",
    "dict_type": "must be an object",
}
_PATTERNS = {
    **PATTERNS,
    DAY: "must be a date, like 2025-01-31",
    HEX64: "must be 64 hexadecimal digits in lower case",
}


def faults_in(
    model: type[Data],
    data: Mapping[str, Any],
    error: ValidationError,
    time: Instant | None = None,
) -> list[FieldFault]:
    """Every bad field once, in the model's order; `error` is what validating `data` raised.
    `time`: the event's, if it is known."""
    faults: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        if detail["loc"]:
            field = str(detail["loc"][0])
            faults.setdefault(field, _reason(detail, _is_mapping(model, field)))
    # Checks between fields run in the model only when every field is good by itself.
    good = {
        name: data[name]
        for name in model.model_fields
        if name not in faults and data.get(name) is not None
    }
    for field, why in model.between(good):
        faults.setdefault(field, why)
    if time is not None and issubclass(model, EventData):
        for field, why in model.against(good, time):
            faults.setdefault(field, why)
    return [FieldFault(name, faults[name]) for name in model.model_fields if name in faults]


def _is_mapping(model: type[Data], field: str) -> bool:
    return get_origin(model.model_fields[field].annotation) is dict


def _reason(detail: ErrorDetails, in_mapping: bool) -> str:
    _field, *inside = detail["loc"]
    item = "".join(f"[{part}] " if isinstance(part, int) else f"{part} " for part in inside)
    if in_mapping and inside:  # by keys that are the publisher's, and so are not repeated
        item = "in a name " if inside[-1] == "[key]" else "in an entry "
    context = detail.get("ctx", {})
    reason = _REASONS.get(detail["type"], "is not valid").format(**context)
    return item + _PATTERNS.get(context.get("pattern", ""), reason)
