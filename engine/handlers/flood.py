"""A flood of refusals stops its partition: then the reader is what is broken, not the records.

Single bad records never stop anything. By default a flood is: of the last 1,000 records of a
partition more than half refused, and at least 500.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.intake.refusal import WHAT_HELPS
from engine.store.cursors import Window
from engine.store.dead_letter_list import Spread


@dataclass(frozen=True, slots=True)
class FloodRule:
    """When refusals are a flood. `records`: how many of the last ones are looked at."""

    records: int = 1000
    at_least: int = 500

    def after(self, window: Window, refused: bool) -> Window:
        """The window with one more record."""
        size = min(window.size + 1, self.records)
        bits = ((window.bits << 1) | refused) & ((1 << size) - 1)
        return Window(size, bits)

    def broken(self, window: Window) -> bool:
        """Whether the window shows a flood."""
        refused = window.bits.bit_count()
        return refused >= self.at_least and 2 * refused > window.size


def told(window: Window, partition: int, end: int, refusals: Sequence[Spread]) -> str:
    """What an operator is told of a flood: how bad, mostly what and where, and what to do.

    `end`: the first offset that was not read. `refusals`: those in the window, the commonest
    reason first.
    """
    most = refusals[0]
    return (
        f"flood: {window.bits.bit_count()} of the last {window.size} records refused, mostly "
        f"{most.reason} ({most.number}, offsets {most.first} to {most.last}); stopped before "
        f"offset {end}. What helps: {WHAT_HELPS[most.reason]}. See them by `badge-engine "
        f"dead-letters list --partition {partition} --reason {most.reason}`, and then go on by "
        f"`badge-engine dead-letters resume {partition}`"
    )
