"""When an input is quiet for longer than it usually is. Pure.

An input is a type of event in a program. Its instants are Kafka's times of its records, here in
milliseconds since 1970. Gaps and silence are both measured in time of weekdays, Monday to Friday in
UTC: that nobody publishes at a weekend is no silence, and teaches nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

SECOND = 1_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
_WEEK = 7 * DAY
_WORKING_WEEK = 5 * DAY
_FIRST_MONDAY = 4 * DAY

LEAST_USUAL = HOUR
"""An input that comes all the time is not quiet after some seconds."""
HISTORY = 14 * DAY
"""For how long an input must have been heard before anything is usual for it."""
ENDED = 20 * DAY
_ENDED_GAPS = 6
"""An input that is silent for 20 weekdays, or for six of its longest gaps if that is more, has
ended: its program has, say."""


class Input(NamedTuple):
    """Events of one type in one program."""

    program: str
    type: str


@dataclass(frozen=True, slots=True)
class InputWindow:
    """What was heard of an input for a while: its first and last instant, and the longest gap, in
    milliseconds of weekdays, between records that followed one another."""

    first: int
    last: int
    longest: int = 0


def gap(since: int, until: int) -> int:
    """Milliseconds of weekdays between two instants, the first of which is not after the second."""
    return _of_weekdays(until) - _of_weekdays(since)


def window(instants: Iterable[int]) -> InputWindow:
    """What was heard at these instants, one at least, in any order."""
    ordered = sorted(instants)
    first = before = ordered[0]
    longest = 0
    for at in ordered[1:]:
        if at - before > longest:
            longest = max(longest, gap(before, at))
        before = at
    return InputWindow(first, before, longest)


def joined(
    earlier: InputWindow, later: InputWindow, unbroken_since: int | None = None
) -> InputWindow:
    """What was heard in two windows. The time between them is a gap, unless records may be missing
    in it: `unbroken_since` is the instant from which on none are, None if that is sure."""
    bridge = 0
    if later.first > earlier.last and (unbroken_since is None or earlier.last >= unbroken_since):
        bridge = gap(earlier.last, later.first)
    return InputWindow(
        min(earlier.first, later.first),
        max(earlier.last, later.last),
        max(earlier.longest, later.longest, bridge),
    )


def silence_ratio(heard: InputWindow, now: int) -> float | None:
    """How many times its usual longest gap an input has been silent. None: nothing is usual for it
    yet, or it has ended."""
    if heard.last - heard.first < HISTORY:
        return None
    silent = gap(heard.last, max(now, heard.last))
    if silent > max(ENDED, _ENDED_GAPS * heard.longest):
        return None
    return silent / max(heard.longest, LEAST_USUAL)


def _of_weekdays(at: int) -> int:
    weeks, rest = divmod(at - _FIRST_MONDAY, _WEEK)
    return weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)
