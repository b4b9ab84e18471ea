"""Spoiling copies of what was seen: one thing made wrong, everything else left as it is."""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tests.verification.checker.ids import message_id
from tests.verification.checker.seen import Json, Observations, PublishedRecord

Edit = Callable[[Json], None]
Where = Callable[[Json], bool]


def always(_data: Json) -> bool:
    """Whatever comes first."""
    return True


def event(record: PublishedRecord) -> Json:
    """The event in a record of the topic of awards."""
    found: Json = json.loads(record.value or b"")
    return found


def index(seen: Observations, event_type: str, where: Where = always) -> int:
    """Where the first event of a type stands whose data are such. Told once: its repeats would
    make up for what is done to it."""
    events = [event(record) for record in seen.awards.records]
    ids = [found["id"] for found in events]
    for number, found in enumerate(events):
        such = found["type"].endswith(event_type) and where(found["data"])
        if such and ids.count(found["id"]) == 1:
            return number
    raise LookupError(f"no {event_type} is such")


def on_topic(seen: Observations, records: Sequence[PublishedRecord]) -> Observations:
    """Other records on the topic of awards, in this order."""
    numbered = tuple(replace(record, offset=n) for n, record in enumerate(records))
    return replace(seen, awards=replace(seen.awards, records=numbered))


def without(seen: Observations, number: int) -> Observations:
    """One record of the topic of awards never published."""
    records = seen.awards.records
    return on_topic(seen, records[:number] + records[number + 1 :])


def on_record(seen: Observations, number: int, **fields: Any) -> Observations:
    """One record of the topic of awards with another key or other headers."""
    return on_topic(seen, changed(seen.awards.records, number, **fields))


def also(seen: Observations, record: PublishedRecord, at: int | None = None) -> Observations:
    """One record more, at the end or before another."""
    records = list(seen.awards.records)
    records.insert(len(records) if at is None else at, record)
    return on_topic(seen, records)


def moved(seen: Observations, number: int, to: int) -> Observations:
    """One record published at another place in the order."""
    records = list(seen.awards.records)
    records.insert(to, records.pop(number))
    return on_topic(seen, records)


def edited(
    seen: Observations, number: int, edit: Edit, envelope: Edit | None = None
) -> Observations:
    """One event that says something else. Its id is that of what it says."""
    records = list(seen.awards.records)
    records[number] = saying(records[number], edit, envelope)
    return on_topic(seen, records)


def saying(record: PublishedRecord, edit: Edit, envelope: Edit | None = None) -> PublishedRecord:
    """A record with other data, and the id that follows from them."""
    found = event(record)
    edit(found["data"])
    data = found["data"]
    if "award_id" in data:
        found["id"] = message_id(data["award_id"], data["revision"])
    else:
        found["id"] = message_id(data["invitation_id"], 1)
    if envelope is not None:
        envelope(found)
    return replace(record, value=json.dumps(found).encode())


def setting(**fields: Any) -> Edit:
    """An edit that gives fields other values."""
    return lambda data: data.update(fields)


def in_database(seen: Observations, **tables: Any) -> Observations:
    """Other rows in some tables."""
    return replace(seen, database=replace(seen.database, **tables))


def in_exports(seen: Observations, **files: Any) -> Observations:
    """Other lines in some exports."""
    return replace(seen, exports=replace(seen.exports, **files))


def lines(file: str, edit: Edit, where: Where = always) -> Callable[[Observations], Observations]:
    """One line of an export changed: the first that is such."""

    def corrupt(seen: Observations) -> Observations:
        found = copy.deepcopy(list(getattr(seen.exports, file)))
        edit(next(line for line in found if where(line)))
        return in_exports(seen, **{file: tuple(found)})

    return corrupt


def changed(rows: Sequence[Any], number: int, **fields: Any) -> tuple[Any, ...]:
    """Rows, of which one has other values."""
    return (*rows[:number], replace(rows[number], **fields), *rows[number + 1 :])


def dropped(rows: Sequence[Any], number: int) -> tuple[Any, ...]:
    """Rows without one of them."""
    return (*rows[:number], *rows[number + 1 :])
