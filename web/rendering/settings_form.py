"""The form of somebody's settings: as it is shown, as it was sent, and what it chooses. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time

from notifier.rules.preferences import (
    APPEARANCES,
    CATEGORIES,
    DEFAULT_QUIET_HOURS,
    Appearance,
    Category,
    Preferences,
    QuietHours,
)
from web.rendering.texts import settings as texts
from web.views.preferences import is_known

_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class SentSettings:
    """What was sent; None: it was not in the form. `whole`: what is not checked was in it."""

    timezone: str | None = None
    appearance: str | None = None
    whole: bool = False
    in_app: Sequence[Category] = ()
    email: Sequence[Category] = ()
    quiet: bool = False
    quiet_from: str = ""
    quiet_to: str = ""


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """What stands in the form. `quiet_from`, `quiet_to`: as "20:00"; `faults`: texts by field."""

    timezone: str | None
    appearance: Appearance
    in_app: frozenset[Category]
    email: frozenset[Category]
    quiet: bool
    quiet_from: str
    quiet_to: str
    faults: Mapping[str, str] = field(default_factory=dict)

    def applied(self, before: Preferences) -> Preferences:
        """What it chooses; there are no faults."""
        hours = QuietHours(time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_to))
        return replace(
            before,
            timezone=self.timezone,
            appearance=self.appearance,
            in_app_off=frozenset(CATEGORIES) - self.in_app,
            email_off=frozenset(CATEGORIES) - self.email,
            quiet_hours=hours if self.quiet else None,
        )


def of(chosen: Preferences) -> SettingsForm:
    """What somebody has chosen. Without quiet hours it proposes the usual ones."""
    hours = chosen.quiet_hours or DEFAULT_QUIET_HOURS
    return SettingsForm(
        timezone=chosen.timezone,
        appearance=chosen.appearance,
        in_app=frozenset(CATEGORIES) - chosen.in_app_off,
        email=frozenset(CATEGORIES) - chosen.email_off,
        quiet=chosen.quiet_hours is not None,
        quiet_from=f"{hours.start:%H:%M}",
        quiet_to=f"{hours.end:%H:%M}",
    )


def sent_over(chosen: Preferences, sent: SentSettings) -> SettingsForm:
    """What was sent, over what somebody has chosen."""
    form, faults = of(chosen), dict(_faults(sent))
    if sent.timezone is not None and "timezone" not in faults:
        form = replace(form, timezone=sent.timezone or None)
    for appearance in APPEARANCES:
        if sent.appearance == appearance:
            form = replace(form, appearance=appearance)
    if sent.whole:
        form = replace(
            form, in_app=frozenset(sent.in_app), email=frozenset(sent.email), quiet=sent.quiet
        )
        if sent.quiet:
            form = replace(form, quiet_from=sent.quiet_from, quiet_to=sent.quiet_to)
    return replace(form, faults=faults)


def applied(chosen: Preferences, sent: SentSettings) -> Preferences:
    """What somebody has chosen after what was sent, which is without faults."""
    return sent_over(chosen, sent).applied(chosen)


def _faults(sent: SentSettings) -> list[tuple[str, str]]:
    faults = []
    if sent.timezone and not is_known(sent.timezone):
        faults.append(("timezone", texts.UNKNOWN_ZONE))
    if sent.appearance is not None and sent.appearance not in APPEARANCES:
        faults.append(("appearance", texts.UNKNOWN_APPEARANCE))
    if sent.whole and sent.quiet:
        hours = {"quiet_from": sent.quiet_from, "quiet_to": sent.quiet_to}
        faults += [
            (name, texts.BAD_TIME) for name, given in hours.items() if not _TIME.fullmatch(given)
        ]
    return faults
