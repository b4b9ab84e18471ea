"""Too many refusals halt a partition: then the reader is what is broken, not the records.

Single bad records never halt anything. By default the limit is: of the last 1,000 records of a
partition more than half refused, and at least 500.
"""

from collections.abc import Sequence

from engine.intake.refusal import WHAT_HELPS
from engine.intake.refusal_window import RefusalWindow
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.dead_letters.listing import Spread


def halt(
    window: RefusalWindow, topic: str, partition: int, end: int, refusals: Sequence[Spread]
) -> Halt:
    """The halt by the refusal limit, for an operator: how bad, mostly what and where, what to do.

    `end`: the first offset that was not read. `refusals`: those in the window, the commonest
    reason first.
    """
    most, number = refusals[0], f"{partition} --topic {topic}"
    return Halt(
        HaltKind.REFUSAL_LIMIT,
        f"flood: {window.bits.bit_count()} of the last {window.size} records refused, mostly "
        f"{most.reason} ({most.number}, offsets {most.first} to {most.last}); stopped before "
        f"offset {end}. What helps: {WHAT_HELPS[most.reason]}. See them by `badge-engine "
        f"dead-letters list --partition {number} --reason {most.reason}`, and then go on by "
        f"`badge-engine dead-letters resume {number}`; where more are known to follow, "
        f"`--until OFFSET` lets it pass them up to there",
    )
