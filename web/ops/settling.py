"""What operators do about refused records and halted partitions, each with its reason in the audit
log: little of it at once, more as a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.queries.dead_letters import RefusalReason
from engine.queries.revealed_record import RevealedRecord, revealed
from engine.store.cursors import resuming
from engine.store.cursors.cursors import Cursor
from engine.store.dead_letters import decisions, listing
from engine.store.dead_letters.decisions import Discarding
from engine.store.dead_letters.listing import DeadLetterFilter
from engine.store.postgres.connection import transaction
from web.ops.console import Console

MOST_AT_ONCE = 5_000
_REDRIVEN = "given in again from the console"


class TooManyChosen(Exception):
    """More dead letters fit a choice than one command takes by their ids."""


class NothingChosen(Exception):
    """No open dead letter fits a choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which open dead letters: these by id, or all that fit a filter."""

    ids: tuple[int, ...] = ()
    reason: RefusalReason | None = None
    topic: str | None = None
    partition: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def filter(self) -> DeadLetterFilter:
        """It without the ids."""
        return DeadLetterFilter(self.reason, self.topic, self.partition, self.since, self.until)

    @property
    def of_reason(self) -> bool:
        """Whether it is all of one reason, which commands take however many they are."""
        others = (self.topic, self.partition, self.since, self.until)
        return self.reason is not None and others == (None,) * 4


def reveal(
    console: Console, number: int, by: str, reason: str
) -> tuple[listing.Listed, RevealedRecord] | None:
    """What a dead letter holds, private notes hidden; None if there is none. That somebody looked
    is committed before this returns."""
    with transaction(console.pool) as tx:
        entry = decisions.reveal(tx, number, by, reason)
        listed = listing.one(tx, number) if entry is not None else None
    if entry is None or listed is None:
        return None
    return listed, revealed(entry.refused)


def discard(console: Console, ids: Sequence[int], by: str, because: str) -> Discarding:
    """Close these at once."""
    with transaction(console.pool) as tx:
        return decisions.discard(tx, because, by, ids)


def discard_all(console: Console, choice: Choice, by: str, because: str) -> str:
    """Close all that fit; gives the job's id. Raises JobRunning, TooManyChosen, NothingChosen."""
    which = _arguments(console, choice)
    arguments = ["dead-letters", "discard", f"--because={because}", f"--by={by}", *which]
    # The command writes the entry of what it has closed.
    return console.jobs.start("discard", by, because, {"chosen": _in_words(choice)}, arguments)


def redrive(console: Console, choice: Choice, by: str, because: str = _REDRIVEN) -> str:
    """Give them to the same rules again; gives the job's id. Raises as `discard_all` does."""
    which = _arguments(console, choice)
    arguments = ["dead-letters", "redrive", *which]
    return console.jobs.start("redrive", by, because, {"chosen": _in_words(choice)}, arguments)


def resume(
    console: Console, topic: str, partition: int, by: str, because: str, until: int | None = None
) -> Cursor:
    """Let a halted partition go on. Raises NotStopped, AlreadyPassed."""
    with transaction(console.pool) as tx:
        return resuming.resume(tx, topic, partition, by, because, until)


def _arguments(console: Console, choice: Choice) -> list[str]:
    if choice.ids:
        return [str(number) for number in choice.ids]
    if choice.of_reason:
        return [f"--reason={choice.reason}"]
    with transaction(console.pool) as tx:
        there = listing.numbers(tx, choice.filter, MOST_AT_ONCE + 1)
    if len(there) > MOST_AT_ONCE:
        raise TooManyChosen
    if not there:
        raise NothingChosen
    return [str(number) for number in there]


def _in_words(choice: Choice) -> object:
    if choice.ids:
        return list(choice.ids)
    given = {
        "reason": choice.reason,
        "topic": choice.topic,
        "partition": choice.partition,
        "since": choice.since.isoformat() if choice.since else None,
        "until": choice.until.isoformat() if choice.until else None,
    }
    return {name: value for name, value in given.items() if value is not None} or "all open"
