"""What somebody has chosen for themselves in a program."""

import zoneinfo
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from notifier.rules.preferences import Appearance, Preferences
from web.views.model import View


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """All there are: to list them takes 30 ms."""
    return frozenset(zoneinfo.available_timezones())


def is_known(zone: str) -> bool:
    """Whether a time zone is one of IANA's."""
    return zone in _zones()


def _known_zone(name: str) -> str:
    if not is_known(name):
        raise ValueError("must be the IANA name of a time zone, such as Europe/Berlin")
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class PreferencesShown(View):
    """`timezone`: null for the one the platform tells; `appearance` of pages."""

    timezone: str | None
    appearance: Appearance


class PreferencesChosen(BaseModel):
    """What somebody chooses; both members are needed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    timezone: Zone | None = Field(description="An IANA name; null for what the platform tells")
    appearance: Appearance


def shown(chosen: Preferences) -> PreferencesShown:
    """Preferences as an answer."""
    return PreferencesShown(timezone=chosen.timezone, appearance=chosen.appearance)
