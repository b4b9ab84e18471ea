"""The pictures of shared awards: drawn when first asked for, and kept by what stands on them.

A picture takes some 200 ms to draw, so a process draws one at a time and keeps a few dozen.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from credentials import card
from credentials.artwork.drawing import Art
from credentials.card import CardText
from engine.version import VERSION
from events.instants import to_datetime
from web.sharing.public import ShownAward

_KEPT = 48


class CardOfAward(NamedTuple):
    """What a picture shows."""

    text: CardText
    art: Art

    @property
    def version(self) -> str:
        """Of what it shows: another picture has another one."""
        seen = repr((VERSION, self.text, self.art))
        return blake2b(seen.encode(), digest_size=8).hexdigest()


def of(award: ShownAward) -> CardOfAward:
    """The picture of a shared award."""
    achievement, program = award.achievement, award.program
    text = CardText(
        name=award.title,
        level=achievement.level,
        holder=award.holder,
        program=program.name,
        day=_day(to_datetime(award.awarded_at), program.timezone),
        criterion=achievement.criterion,
    )
    return CardOfAward(text, art_of(award))


def art_of(award: ShownAward) -> Art:
    """How the badge of an award is drawn."""
    achievement = award.achievement
    return Art(
        achievement.badge,
        award.category,
        achievement.badge,
        level=achievement.level,
        levelled=award.is_levelled,
    )


class CardMemory:
    """The pictures that were drawn last, for any number of threads."""

    def __init__(
        self, draw: Callable[[CardText, Art], bytes] = card.card, kept: int = _KEPT
    ) -> None:
        self._draw = draw
        self._kept = kept
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._drawing = threading.Lock()

    def png(self, wanted: CardOfAward) -> bytes:
        """A picture as PNG. Others who want one meanwhile wait: it may be the same."""
        version = wanted.version
        picture = self._known.get(version)
        if picture is not None:
            return picture
        with self._drawing:
            picture = self._known.get(version)
            if picture is None:
                picture = self._known[version] = self._draw(*wanted)
                while len(self._known) > self._kept:
                    self._known.popitem(last=False)
        return picture


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
