"""What people decide about dead letters, each decision with its entry in the audit log."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.intake.refusal import Reason
from engine.store import audit_log
from engine.store.dead_letters import entries
from engine.store.dead_letters.entries import DeadLetter
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class Discarding:
    """What became of entries that were to be discarded: ids, and how many were resolved before."""

    done: list[int]
    already: int
    unknown: list[int]


def reveal(tx: Transaction, number: int, by: str, reason: str) -> DeadLetter | None:
    """An entry with its bytes; None if there is none. To be shown once this is committed."""
    entry = entries.get(tx, number)
    if entry is not None:
        audit_log.note(tx, "reveal", by, reason, {"dead_letter": number})
    return entry


def discard(
    tx: Transaction,
    because: str,
    by: str,
    numbers: Iterable[int] = (),
    reason: Reason | None = None,
) -> Discarding:
    """Close open entries, by id or all of a reason, without taking them in."""
    chosen = set(numbers)
    done = entries.discard(tx, because, sorted(chosen), reason)
    if done:
        audit_log.note(tx, "discard", by, because, {"dead_letters": done})
    unknown = sorted(chosen - entries.known(tx, chosen))
    already = len(chosen) - len(done) - len(unknown) if chosen else 0
    return Discarding(done, already, unknown)
