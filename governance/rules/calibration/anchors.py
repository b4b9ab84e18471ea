"""Which anchors a calibration has, and whether one may be kept."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from governance.rules.calibration.raters import Ratings

HIGHEST = 4
LONGEST_TITLE = 120
_SHORTEST_NAME = 2


def names_in(text: str, spoken: Iterable[str]) -> tuple[str, ...]:
    """The words of these names that stand in a text as they are written, sorted: it names somebody.
    A name that is part of a longer word is none."""
    words = set(re.findall(r"\w+", unicodedata.normalize("NFC", text)))
    names = {
        word
        for name in spoken
        for word in re.findall(r"\w+", unicodedata.normalize("NFC", name))
        if len(word) >= _SHORTEST_NAME
    }
    return tuple(sorted(words & names))


def rates_fully(rows: Sequence[str], ratings: Ratings) -> bool:
    """Whether there is a rating from 0 to 4 of each row, and of nothing else."""
    return set(ratings) == set(rows) and all(0 <= each <= HIGHEST for each in ratings.values())


@dataclass(frozen=True, slots=True)
class AnchorUse:
    """An anchor that may be rated: when it was kept, and in how many calibrations it was."""

    anchor_id: str
    kept_at: str
    uses: int


def chosen(anchors: Iterable[AnchorUse], number: int) -> tuple[str, ...]:
    """So many of them: those that were in the fewest calibrations, the earliest kept of these. In
    the order in which they are rated, which says nothing of it."""
    first = sorted(anchors, key=lambda each: (each.uses, each.kept_at, each.anchor_id))[:number]
    return tuple(sorted(each.anchor_id for each in first))


def asked_of(
    rater: str, anchors: Sequence[str], whose: Mapping[str, str | None]
) -> tuple[str, ...]:
    """The anchors that somebody rates: all that are there but their own work."""
    return tuple(each for each in anchors if each in whose and whose[each] != rater)


def took_part(asked: Collection[str], rated: Collection[str]) -> bool:
    """Whether somebody rated every anchor that they were asked to."""
    return bool(asked) and set(asked) <= set(rated)
