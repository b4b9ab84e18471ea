"""What a message means for each channel. Pure.

An award is announced on pages at once, and by e-mail after a while: what is revoked until then
needs no e-mail. That a message repeats, or is overtaken, was settled before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from notifier.rules.preferences import AwardCategory, Preferences


@dataclass(frozen=True, slots=True)
class TellingOptions:
    """`email`: whether there is a mail server; `grace`: for how long the e-mail about an award
    waits; `old`: an award earned longer ago is old news, for pages only."""

    email: bool
    grace: timedelta = timedelta(minutes=2)
    old: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Telling:
    """`in_app`: an item is due, unless there is one; `email_at`: an e-mail is due then, unless
    there was one."""

    in_app: bool
    email_at: datetime | None


NOTHING = Telling(in_app=False, email_at=None)


def of_award(
    category: AwardCategory,
    awarded_at: datetime,
    *,
    announced_before: bool,
    chosen: Preferences,
    options: TellingOptions,
    now: datetime,
) -> Telling:
    """A revision that awards. `announced_before`: an earlier revision is from before the notifier
    first started, so that its person knows of it."""
    in_app = category not in chosen.in_app_off
    by_email = (
        options.email
        and not announced_before
        and category not in chosen.email_off
        and now - awarded_at <= options.old
    )
    return Telling(in_app, now + options.grace if by_email else None)


def of_revocation() -> Telling:
    """A revision that revokes: nobody is notified; what was due is not any more."""
    return NOTHING


def of_invitation(
    asked_at: datetime, *, chosen: Preferences, options: TellingOptions, now: datetime
) -> Telling:
    """An invitation. When its e-mail goes, the sender decides."""
    in_app = "invitation" not in chosen.in_app_off
    by_email = (
        options.email and "invitation" not in chosen.email_off and now - asked_at <= options.old
    )
    return Telling(in_app, now if by_email else None)
