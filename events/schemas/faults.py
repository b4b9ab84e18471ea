"""What is wrong with an event's data, field by field, in words that never quote a value."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.schemas.directory.values import PATTERNS
from events.schemas.model import Data, FieldFault

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
}


def faults_in(
    model: type[Data], data: Mapping[str, Any], error: ValidationError
) -> list[FieldFault]:
    """Every bad field once, in the model's order; `error` is what validating `data` raised."""
    faults: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        if detail["loc"]:
            faults.setdefault(str(detail["loc"][0]), _reason(detail))
    # Checks between fields run in the model only when every field is good by itself.
    good = {
        name: data[name]
        for name in model.model_fields
        if name not in faults and data.get(name) is not None
    }
    for field, why in model.between(good):
        faults.setdefault(field, why)
    return [FieldFault(name, faults[name]) for name in model.model_fields if name in faults]


def _reason(detail: ErrorDetails) -> str:
    _field, *inside = detail["loc"]
    item = "".join(f"[{part}] " if isinstance(part, int) else f"{part} " for part in inside)
    context = detail.get("ctx", {})
    reason = _REASONS.get(detail["type"], "is not valid").format(**context)
    return item + PATTERNS.get(context.get("pattern", ""), reason)
