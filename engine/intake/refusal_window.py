"""How many of a partition's last records were refused, and how many are too many.

Single bad records never stop anything. By default the limit is: of the last 1,000 records of a
partition more than half refused, and at least 500.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusalWindow:
    """Of the last records of a partition, which were refused: a bit each, the newest lowest."""

    size: int = 0
    bits: int = 0


@dataclass(frozen=True, slots=True)
class RefusalLimit:
    """When refusals are a flood. `records`: how many of the last ones are looked at."""

    records: int = 1000
    at_least: int = 500

    def after(self, window: RefusalWindow, refused: bool) -> RefusalWindow:
        """The window with one more record."""
        size = min(window.size + 1, self.records)
        bits = ((window.bits << 1) | refused) & ((1 << size) - 1)
        return RefusalWindow(size, bits)

    def broken(self, window: RefusalWindow) -> bool:
        """Whether the window shows a flood."""
        refused = window.bits.bit_count()
        return refused >= self.at_least and 2 * refused > window.size
