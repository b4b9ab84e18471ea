"""What somebody chooses for themselves in a program."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from events.schemas.badge_awarded import BadgeAwarded

Category = Literal["achievement", "kudos", "invitation", "recognition"]
"""Of what people are notified; recognition: cases that a committee decides."""

AwardCategory = Literal["achievement", "kudos"]
"""Of which of these an award is: catalogs name categories as they like."""

CATEGORIES: tuple[Category, ...] = ("achievement", "kudos", "invitation", "recognition")


def category_of(award: BadgeAwarded) -> AwardCategory:
    """What somebody gave is kudos, as is what the catalog calls so; anything else is earned."""
    given = award.giver_id is not None or award.category == "kudos"
    return "kudos" if given else "achievement"


Appearance = Literal["auto", "light", "dark"]
"""How pages look; "auto": as the device does."""

APPEARANCES: tuple[Appearance, ...] = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No e-mail between these hours of the person's own day. `start` after `end` is over midnight;
    equal ones are all day."""

    start: time
    end: time


DEFAULT_QUIET_HOURS = QuietHours(time(20), time(8))


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody has chosen. `version` grows with each change; 0: nothing was chosen yet.
    `timezone`: an IANA name; None: the one that the directory has. `email_off`, `in_app_off`: of
    what they are not notified there. `quiet_hours`: None for e-mail at any hour."""

    version: int = 0
    timezone: str | None = None
    appearance: Appearance = "auto"
    email_off: frozenset[Category] = frozenset()
    in_app_off: frozenset[Category] = frozenset()
    quiet_hours: QuietHours | None = DEFAULT_QUIET_HOURS


NOTHING_CHOSEN = Preferences()
