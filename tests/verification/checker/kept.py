"""The content that the ledger keeps, by value: comparable with what the oracle reads."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.verification.checker.seen import Json
from tests.verification.checker.tables import LedgerRow
from tests.verification.oracle.reading import KEYS, RETRACTED, InputRecord, read_structured

FactKey = tuple[str, str, str, str, str]
"""Program, kind of place ("loop" or "participant"), place, type, natural key."""

FAR = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
"""A clock by which nothing lies in the future."""


def kept_by(row: LedgerRow) -> tuple[FactKey, Json]:
    """The fact that a row is about, and its content by value: id lists as sets, numbers as floats,
    the time as an instant.

    Raises ValueError or KeyError for what is not the JSON of a fact or a retraction.
    """
    content = json.loads(row.content, parse_int=float)
    if row.retraction and "loop_id" in content:
        content.pop("participant_id", None)  # the loop counts
    kind = "loop" if "loop_id" in content else "participant"
    if row.retraction:
        fact_type, name = content["fact_type"], content["fact_id"]
    else:
        fact_type = content["type"]
        name = content[KEYS[fact_type]]
    key = (content["program_id"], kind, content[f"{kind}_id"], fact_type, name)
    time = datetime.fromisoformat(content["time"])
    values = {name: _by_value(value) for name, value in content.items()}
    return key, {**values, "time": time}


def told_by(row: LedgerRow) -> InputRecord:
    """What a row says was told, for a record that Kafka has no more. Raises Refused if no record
    could say it."""
    content = json.loads(row.content)
    data = {name: value for name, value in content.items() if name not in ("type", "time")}
    event = {
        "specversion": "1.0",
        "id": "kept",
        "source": "/ledger",
        "type": content["type"],
        "time": content["time"],
        "data": data,
    }
    return read_structured(json.dumps(event).encode(), FAR)


def kept_of(told: InputRecord) -> Json:
    """What a row of the ledger must hold of what was told, by value."""
    program, kind, place, fact_type, name = told.key
    of_key = {"program_id": program, f"{kind}_id": place, "type": told.type}
    if told.type == RETRACTED:
        return {**of_key, "fact_type": fact_type, "fact_id": name, "time": told.time}
    return {**told.content, **of_key, KEYS[fact_type]: name, "time": told.time}


def _by_value(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value
