"""Who may give which kudos to whom, and how often. Pure."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from events.schemas.values import CONTROLS_IN_TEXT, MOST_OF_A_NOTE
from web.problems import Fault
from web.store.gifts import GivenBefore

MOST_NOTE = MOST_OF_A_NOTE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_AN_HOUR = 20
"""Kudos of one giver, of all kinds and to all people."""
MOST_A_DAY = 3
"""Kudos of one kind to one person."""

_KEY = re.compile(r"[\x21-\x7e]{16,64}")
_NOT_IN_NOTES = re.compile(rf"[{CONTROLS_IN_TEXT}\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class AskedGift:
    """What somebody wants to give. `note`: "" for none. `invitation`: the id of the one that it
    answers."""

    loop: str
    recipient: str
    kind: str
    note: str = field(default="", repr=False)
    invitation: str | None = None


@dataclass(frozen=True, slots=True)
class LoopOfGift:
    """A loop as giving sees it: who is in it, and who of them can be given to."""

    members: frozenset[str]
    active: frozenset[str]
    is_open: bool


def is_key(text: str) -> bool:
    """Whether a text can be an idempotency key."""
    return _KEY.fullmatch(text) is not None


def faults(
    asked: AskedGift, giver: str, kinds: Collection[str], *, enabled: bool
) -> Iterator[Fault]:
    """What is wrong with a gift whatever the loop is. `enabled`: whether the program has kudos."""
    if not enabled:
        yield Fault("", "kudos are not given in this program")
    if asked.recipient == giver:
        yield Fault("/recipient_id", "must not be oneself")
    if asked.kind not in kinds:
        yield Fault("/kind", f"must be one of {', '.join(kinds)}")
    if len(asked.note) > MOST_NOTE:
        yield Fault("/note", f"must have at most {MOST_NOTE} characters")
    if _NOT_IN_NOTES.search(asked.note):
        yield Fault("/note", "must have no control characters but tabs and line ends")


def are_there(asked: AskedGift, giver: str, loop: LoopOfGift | None) -> bool:
    """Whether the loop is the giver's and has the recipient; all else is as if it were absent."""
    return loop is not None and giver in loop.members and asked.recipient in loop.active


def seconds_to_wait(before: Sequence[GivenBefore], now: datetime) -> int:
    """0 if somebody may give once more; else the seconds until they may. `before`: what they gave
    in the last day, latest first, and of which what was the same."""
    limits = (
        (MOST_AN_HOUR, HOUR, [gift.at for gift in before if gift.at > now - HOUR]),
        (MOST_A_DAY, DAY, [gift.at for gift in before if gift.same and gift.at > now - DAY]),
    )
    waits = [
        (instants[most - 1] + window - now).total_seconds()
        for most, window, instants in limits
        if len(instants) >= most
    ]
    return max(1, math.ceil(max(waits))) if waits else 0
