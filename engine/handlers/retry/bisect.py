"""Which record of a batch fails: the last one of the shortest beginning that fails, by halving."""

from collections.abc import Callable
from dataclasses import replace

from engine.handlers.batch import Batch


def beginning(batch: Batch, records: int) -> Batch:
    """The batch up to, not including, its record of this index."""
    if records >= len(batch.records):
        return batch
    return replace(batch, end=batch.records[records].offset, records=batch.records[:records])


def first_failing(batch: Batch, fails: Callable[[Batch], bool]) -> int | None:
    """The index of the first record that a batch fails with, asking `fails` about O(log n)
    beginnings. None if no record causes it: the batch fails no more, or without any record.
    """
    if not batch.records or not fails(batch) or fails(beginning(batch, 0)):
        return None
    good, bad = 0, len(batch.records)  # how many records pass, how many fail
    while bad - good > 1:
        middle = (good + bad) // 2
        if fails(beginning(batch, middle)):
            bad = middle
        else:
            good = middle
    return bad - 1
