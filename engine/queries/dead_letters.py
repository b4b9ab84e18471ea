"""How many refused records concern a program. What else they hold is not looked at."""

import json
from collections import Counter
from dataclasses import dataclass

import msgspec

from engine.intake.refusal import REASONS, WHAT_HELPS, Reason
from engine.queries.snapshot import Snapshot
from engine.store.dead_letters import entries, listing

RefusalReason = Reason
REFUSAL_REASONS = REASONS
"""In the order of precedence."""

_UNREADABLE: tuple[Reason, ...] = ("oversize", "malformed")


@dataclass(frozen=True, slots=True)
class OpenDeadLetters:
    """By reason: those `of_program`, and those whose program cannot be read."""

    of_program: dict[Reason, int]
    unreadable: dict[Reason, int]


def open_of_program(snapshot: Snapshot, program: str) -> OpenDeadLetters:
    """The open dead letters that name a program, and those that name none that can be read."""
    names = {json.dumps(program, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    counts: Counter[Reason] = Counter()
    for reason, value in listing.holding(snapshot.tx, (name.encode() for name in names)):
        if _program(value) == program:
            counts[reason] += 1
    every = entries.counts(snapshot.tx)
    unreadable = {name: every.get(name, 0) - counts[name] for name in _UNREADABLE}
    return OpenDeadLetters(dict(counts), {name: n for name, n in unreadable.items() if n})


def what_helps(reason: Reason) -> str:
    """What operators do about records that were refused for a reason."""
    return WHAT_HELPS[reason]


def _program(value: bytes) -> object:
    """The program that a record names, in structured or in binary mode; None if none can be
    read."""
    try:
        record = msgspec.json.decode(value)
        data = record.get("data", record)
        return data.get("program_id")
    except (msgspec.DecodeError, AttributeError, RecursionError):
        return None
