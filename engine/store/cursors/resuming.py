"""A halted partition, let go on: a decision, with its entry in the audit log."""

from engine.store import audit_log
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor
from engine.store.postgres.connection import Transaction


class NotStopped(Exception):
    """A partition that reads on, or is not known."""


class AlreadyPassed(Exception):
    """The offset up to which no refusal stops a partition was read already."""


def resume(
    tx: Transaction, topic: str, partition: int, by: str, because: str, until: int | None = None
) -> Cursor:
    """Let a halted partition go on; gives its cursor as it was. Running workers notice. `until`: no
    refusal before this offset stops it again.

    Raises:
        NotStopped, AlreadyPassed
    """
    cursor = cursors.read(tx, topic).get(partition)
    if cursor is None or cursor.halted is None:
        raise NotStopped(f"partition {partition} of {topic} is not stopped")
    at = cursor.next_offset
    if until is not None and until <= at:
        raise AlreadyPassed(f"partition {partition} of {topic} stands at {at}, not before {until}")
    if not cursors.resume(tx, topic, partition, until):
        raise NotStopped(f"partition {partition} of {topic} was let go on by somebody else")
    details: dict[str, object] = {"topic": topic, "partition": partition, "offset": at}
    details |= {} if until is None else {"until": until}
    audit_log.note(tx, "resume", by, because, details | {"stopped": cursor.halted.text})
    return cursor
