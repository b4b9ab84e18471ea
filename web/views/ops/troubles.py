"""What is wrong with the engine, in the words of who is woken by it: what, what to do, where to
read on. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.queries.inputs import InputStatus
from engine.queries.status import PartitionStatus
from engine.store.awards.outbox import Topic
from engine.store.cursors.halt import Halt, HaltKind
from web.ops.console import Sighting

OUTBOX_SECONDS = 60.0
"""For how long a message may wait before somebody should look."""
_WORKER, _RELAY = "badge-engine-worker", "badge-engine-relay"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`urgent`: something stands still; the others wait for a person, who may sleep first.
    `section`: of docs/operating.md. `topic`, `partition`: the one that may be resumed."""

    urgent: bool
    what: str
    do: str
    section: str
    topic: str | None = None
    partition: int | None = None


_HALTS: Mapping[HaltKind, tuple[str, str]] = {
    HaltKind.REFUSAL_LIMIT: (
        "See what was refused and have the publisher corrected, then resume it.",
        "A flood stopped a partition",
    ),
    HaltKind.BUG: (
        "Install an engine in which that is mended, then resume it.",
        "A record that fails",
    ),
    HaltKind.TOO_SLOW: (
        "See what the database does meanwhile, then resume it.",
        "Too slow",
    ),
    HaltKind.UNREADABLE: (
        "This engine refuses such a record: resume it.",
        "Unreadable record",
    ),
}


def of(
    sighting: Sighting, processes: Mapping[str, int], topic_of: Callable[[Topic], str]
) -> list[Trouble]:
    """All of them, the urgent ones first. `processes`: connections to the database."""
    there = [*_urgent(sighting, processes, topic_of), *_waiting(sighting)]
    return sorted(there, key=lambda trouble: not trouble.urgent)


def _urgent(
    sighting: Sighting, processes: Mapping[str, int], topic_of: Callable[[Topic], str]
) -> Iterator[Trouble]:
    status = sighting.status
    for partition, halt in status.halted:
        yield _halted(partition, halt)
    if sighting.away is not None:
        yield Trouble(
            True,
            f"Kafka does not answer: {sighting.away}",
            "Nothing is lost: workers wait for it and go on by themselves. See that it runs and "
            "can be reached from here.",
            "Kafka does not answer",
        )
    for partition in status.partitions:
        if partition.behind_open_transaction is not None:
            yield _behind(partition)
    if not processes.get(_WORKER):
        yield Trouble(
            True,
            "No worker is connected to the database, so nothing is read",
            "Start one, and see in its log why it ended.",
            "The worker ends with exit code 1",
        )
    for topic, waiting in status.outbox.items():
        if waiting.oldest_seconds > OUTBOX_SECONDS:
            yield Trouble(
                True,
                f"{_many(waiting.messages, 'message')} for {topic_of(topic)} cannot be published",
                "See the relay's log."
                if processes.get(_RELAY)
                else "No relay is connected: start it.",
                "Kafka does not take a message",
            )


def _waiting(sighting: Sighting) -> Iterator[Trouble]:
    refused = sum(sighting.status.open_dead_letters.values())
    if refused:
        yield Trouble(
            False,
            f"{_many(refused, 'refused record')} wait{'s' if refused == 1 else ''} for a decision",
            "Look at why, then redrive or discard them.",
            "Dead letters",
        )
    yield from map(_quiet, sighting.status.quiet)


def _quiet(quiet: InputStatus) -> Trouble:
    silent, usual = (round(of / 3_600) for of in (quiet.silent_seconds, quiet.longest_seconds))
    return Trouble(
        False,
        f"{quiet.type} of program {quiet.program} is quiet",
        f"Nothing came for {silent:,} h; the longest gap before was {usual:,} h. See whether its "
        "publisher works.",
        "QuietInput",
    )


def _halted(partition: PartitionStatus, halt: Halt) -> Trouble:
    do, section = _HALTS[halt.kind]
    what = f"Partition {partition.partition} of {partition.topic} is halted"
    return Trouble(True, what, do, section, partition.topic, partition.partition)


def _behind(partition: PartitionStatus) -> Trouble:
    behind = partition.behind_open_transaction
    assert behind is not None
    return Trouble(
        True,
        f"Partition {partition.partition} of {partition.topic}: {_many(behind.records, 'record')} "
        f"wait behind a publisher's transaction, open since {behind.since:%d %B %H:%M} UTC",
        "If its publisher is gone, abort it: “badge-engine doctor” prints the command.",
        "An open transaction",
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
