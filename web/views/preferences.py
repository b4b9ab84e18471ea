"""What somebody has chosen for themselves in a program."""

import zoneinfo
from dataclasses import replace
from datetime import time
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from notifier.rules.preferences import CATEGORIES, Appearance, Preferences, QuietHours
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


ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["20:00"])]
"""A time of day, to the minute."""


class QuietHoursChosen(BaseModel):
    """No e-mail from one time of day to another, where the person is. `from` after `to` is over
    midnight; equal ones are all day."""

    model_config = ConfigDict(extra="forbid", strict=True)

    start: ClockTime = Field(alias="from")
    end: ClockTime = Field(alias="to")


EmailTiming = Literal["now", "off"]


class EmailsChosen(BaseModel):
    """Of what somebody gets e-mails. Of cases, what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    achievement: EmailTiming
    kudos: EmailTiming
    invitation: EmailTiming
    recognition: EmailTiming = "now"


class InAppChosen(BaseModel):
    """Of what somebody is notified on their pages. Of cases, what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    achievement: bool
    kudos: bool
    invitation: bool
    recognition: bool = True


_Chosen = TypeVar("_Chosen", EmailsChosen, InAppChosen)


class PreferencesShown(View):
    """`timezone`: null for the one the platform tells; `appearance` of pages; `quiet_hours`: null
    for e-mail at any hour."""

    timezone: str | None
    appearance: Appearance
    email: EmailsChosen
    in_app: InAppChosen
    quiet_hours: QuietHoursChosen | None


class PreferencesChosen(BaseModel):
    """What somebody chooses. Of notifications, what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    timezone: Zone | None = Field(description="An IANA name; null for what the platform tells")
    appearance: Appearance
    email: EmailsChosen | None = None
    in_app: InAppChosen | None = None
    quiet_hours: QuietHoursChosen | None = Field(None, description="null for none")


def shown(chosen: Preferences) -> PreferencesShown:
    """Preferences as an answer."""
    quiet = chosen.quiet_hours
    off, unseen = chosen.email_off, chosen.in_app_off
    return PreferencesShown(
        timezone=chosen.timezone,
        appearance=chosen.appearance,
        email=EmailsChosen.model_validate(
            {name: "off" if name in off else "now" for name in CATEGORIES}
        ),
        in_app=InAppChosen.model_validate({name: name not in unseen for name in CATEGORIES}),
        quiet_hours=None if quiet is None else _hours(quiet),
    )


def applied(before: Preferences, chosen: PreferencesChosen) -> Preferences:
    """What somebody has chosen after a change."""
    given = chosen.model_fields_set
    quiet = before.quiet_hours if "quiet_hours" not in given else quiet_hours(chosen.quiet_hours)
    stored = shown(before)
    email = _over(stored.email, chosen.email)
    in_app = _over(stored.in_app, chosen.in_app)
    return replace(
        before,
        timezone=chosen.timezone,
        appearance=chosen.appearance,
        email_off=frozenset(name for name in CATEGORIES if getattr(email, name) == "off"),
        in_app_off=frozenset(name for name in CATEGORIES if not getattr(in_app, name)),
        quiet_hours=quiet,
    )


def _over(stored: _Chosen, chosen: _Chosen | None) -> _Chosen:
    """What is stored, with what was sent over it."""
    return (
        stored
        if chosen is None
        else stored.model_copy(update=chosen.model_dump(exclude_unset=True))
    )


def quiet_hours(chosen: QuietHoursChosen | None) -> QuietHours | None:
    """Quiet hours as they are obeyed."""
    if chosen is None:
        return None
    return QuietHours(time.fromisoformat(chosen.start), time.fromisoformat(chosen.end))


def _hours(quiet: QuietHours) -> QuietHoursChosen:
    hours = {"from": f"{quiet.start:%H:%M}", "to": f"{quiet.end:%H:%M}"}
    return QuietHoursChosen.model_validate(hours)
