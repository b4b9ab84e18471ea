"""A flood of refusals stops its partition: then the reader is what is broken, not the records.

Single bad records never stop anything. By default a flood is: of the last 1,000 records of a
partition more than half refused, and at least 500.
"""

from dataclasses import dataclass

from engine.store.cursors import Window


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
