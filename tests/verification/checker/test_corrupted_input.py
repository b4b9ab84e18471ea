"""I5: an offset with no disposition, or two, or the wrong one, is caught."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import changed, dropped, in_database
from tests.verification.checker.seen import Observations
from tests.verification.checker.tables import LedgerRow
from tests.verification.oracle.reading import KUDOS, MEETING


def counter(**by: int) -> Spoil:
    def corrupt(seen: Observations) -> Observations:
        rows = seen.database.cursors
        at = next(n for n, row in enumerate(rows) if row.partition == 1)
        fields = {name: getattr(rows[at], name) + more for name, more in by.items()}
        return in_database(seen, cursors=changed(rows, at, **fields))

    return corrupt


def of_ledger(seen: Observations, kind: str) -> int:
    """A row about a fact of a kind that stands in a partition."""
    return next(
        n
        for n, row in enumerate(seen.database.ledger)
        if kind in row.content and not row.retraction and row.lane >= 0
    )


def ledger(kind: str = MEETING, **fields: object) -> Spoil:
    return lambda seen: in_database(
        seen, ledger=changed(seen.database.ledger, of_ledger(seen, kind), **fields)
    )


def other_content(seen: Observations) -> Observations:
    at = of_ledger(seen, MEETING)
    row = seen.database.ledger[at]
    content = json.loads(row.content)
    content["attendee_ids"] = [*content["attendee_ids"], "somebody"]
    return ledger(content=json.dumps(content))(seen)


def from_its_duplicate(seen: Observations) -> Observations:
    """The ledger says that it took the second telling of a fact."""
    told: dict[str, tuple[int, int]] = {}
    for record in seen.activity.records:
        try:
            event = json.loads(record.value or b"")
            named = [event["data"][name] for name in ("program_id", "loop_id", "meeting_id")]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if event["type"] != MEETING:
            continue
        first = told.setdefault(json.dumps(named), (record.partition, record.offset))
        if first != (record.partition, record.offset) and first[0] == record.partition:
            for n, row in enumerate(seen.database.ledger):
                if (row.lane, row.offset) == first and not row.retraction:
                    rows = changed(seen.database.ledger, n, offset=record.offset)
                    return in_database(seen, ledger=rows)
    raise LookupError("nothing was told twice in one partition")


def from_nowhere(seen: Observations) -> Observations:
    row = seen.database.ledger[of_ledger(seen, MEETING)]
    made_up = json.loads(row.content) | {"meeting_id": "made-up"}
    more = LedgerRow(False, row.lane, row.offset, json.dumps(made_up))
    return in_database(seen, ledger=(*seen.database.ledger, more))


def from_elsewhere(seen: Observations) -> Observations:
    """A fact of a lane that no partition has, so nobody can look what was told there."""
    row = seen.database.ledger[of_ledger(seen, MEETING)]
    content = json.loads(row.content) | {"meeting_id": "other", "duration_minutes": -1}
    more = LedgerRow(False, 77, 0, json.dumps(content))
    return in_database(seen, ledger=(*seen.database.ledger, more))


def redriven(seen: Observations) -> Observations:
    rows = seen.database.dead_letters
    at = next(n for n, row in enumerate(rows) if row.reason == "malformed")
    return in_database(seen, dead_letters=changed(rows, at, resolution="redriven"))


def note(**otherwise: Any) -> Spoil:
    """The first private note is another one; without anything, it is lost."""

    def corrupt(seen: Observations) -> Observations:
        rows = seen.database.ledger
        at, kept = next((n, row.note) for n, row in enumerate(rows) if row.note is not None)
        other = replace(kept, **otherwise) if otherwise else None
        return in_database(seen, ledger=changed(rows, at, note=other))

    return corrupt


def good_refused(seen: Observations) -> Observations:
    row = seen.database.ledger[of_ledger(seen, KUDOS)]
    rows = seen.database.dead_letters
    copy = replace(rows[0], partition=row.lane, offset=row.offset)
    return in_database(seen, dead_letters=(*rows, copy))


def erased_with_a_key(seen: Observations) -> Observations:
    return in_database(
        seen, erased=frozenset({("program", "zed")}), keyed=frozenset({("program", "zed")})
    )


SPOILED: dict[str, tuple[str, Spoil]] = {
    "a good record is a dead letter too": (
        "though it may be read",
        good_refused,
    ),
    "a record is counted as another thing": ("applied are", counter(applied=1, duplicates=-1)),
    "a record is counted twice": ("counters account for", counter(applied=1)),
    "a hole is made up": ("holes are", counter(holes=1, applied=-1)),
    "an offset is lost, and nobody gave it up": ("are lost", counter(lost=1, applied=-1)),
    "an unmet retraction is forgotten": ("met no fact", counter(unmet_retractions=1)),
    "a fact is not in the ledger": (
        "is not in the ledger",
        lambda seen: in_database(
            seen, ledger=dropped(seen.database.ledger, of_ledger(seen, MEETING))
        ),
    ),
    "a fact in the ledger is told by nobody": ("which no record tells", from_nowhere),
    "a fact in the ledger is from elsewhere": ("where nobody tells it", ledger(offset=10_000)),
    "the ledger has other content": ("is not what", other_content),
    "the ledger holds what is no fact": ("is no fact", ledger(content="{}")),
    "the second telling is in the ledger": ("told before at", from_its_duplicate),
    "a private note is lost": ("its private note is not kept", note()),
    "a private note is another": ("its private note is not kept", note(text="PRIVATE-other")),
    "somebody who was erased has a key": ("an erased person has a key", erased_with_a_key),
    "a private note does not open": ("its private note is not kept", note(text=None)),
    "a private note is bound to another kudos": (
        "belongs to another kudos",
        note(bound_to=("program", "loop", "another", "ann")),
    ),
    "a private note is sealed to another's key": (
        "not sealed to its recipient's key",
        note(reader=("program", "ben")),
    ),
    "a redriven dead letter was never taken in": (
        "were taken in",
        lambda seen: in_database(
            seen, cursors=tuple(row for row in seen.database.cursors if row.partition >= 0)
        ),
    ),
    "what cannot be read is redriven": ("redriven, though it is still", redriven),
    "the ledger holds a fact twice": (
        "twice: also from",
        lambda seen: in_database(
            seen, ledger=(*seen.database.ledger, seen.database.ledger[of_ledger(seen, MEETING)])
        ),
    ),
    "the ledger holds what nobody may tell": ("which is invalid", from_elsewhere),
    "a partition has no cursor": (
        "has records and no cursor",
        lambda seen: in_database(
            seen, cursors=tuple(row for row in seen.database.cursors if row.partition != 1)
        ),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_disposition_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I5", words)
