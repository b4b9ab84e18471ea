"""Sets of whole numbers as their runs: (first, end, first, end, …), ascending, no two touching.

Of three years without a day missed it is two numbers, and to add a day looks at two of them.
"""

from bisect import bisect_left, bisect_right

Runs = tuple[int, ...]


def with_run(runs: Runs, first: int, end: int) -> Runs:
    """The same with the numbers from `first` up to, not including, `end`. The very same tuple if
    all of them are in it."""
    low = bisect_left(runs, first)
    own = low - low % 2  # the run that may have all of it
    if own < len(runs) and runs[own] <= first and end <= runs[own + 1]:
        return runs
    high = bisect_right(runs, end)
    middle = (() if low % 2 else (first,)) + (() if high % 2 else (end,))
    return runs[:low] + middle + runs[high:]


def union(one: Runs, other: Runs) -> Runs:
    """The numbers of both. The very same tuple as `one` if it has all of them."""
    if len(other) == 2 and one and one[-2] <= other[0] <= one[-1]:  # most often: the next day
        return one if other[1] <= one[-1] else (*one[:-1], other[1])
    for position in range(0, len(other), 2):
        one = with_run(one, other[position], other[position + 1])
    return one


def has(runs: Runs, number: int) -> bool:
    """Whether the number is in the set."""
    return bisect_right(runs, number) % 2 == 1


def run_of(runs: Runs, number: int) -> tuple[int, int]:
    """The run (first, end) that has a number of the set."""
    end = bisect_right(runs, number)
    return runs[end - 1], runs[end]


def total(runs: Runs) -> int:
    """How many numbers there are."""
    return sum(runs[1::2]) - sum(runs[::2])


def longest(runs: Runs) -> int:
    """The length of the longest run."""
    return max(map(int.__sub__, runs[1::2], runs[::2]), default=0)
