"""What becomes of an e-mail that is due: it goes, it waits, or it is dropped. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from notifier.rules import quiet_hours
from notifier.rules.preferences import Category, Preferences

RETRIES: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""After how long an attempt follows one that did not succeed."""


class Drop(StrEnum):
    """Why an e-mail never goes; stored, and shown to operators."""

    REVOKED = "revoked"
    """The award is no longer held; of a reminder also: it was renewed, or has ended."""
    CLOSED = "closed"
    """The invitation is no longer open."""
    OFF = "off"
    """E-mails of this category are off."""
    UNKNOWN = "unknown-person"
    """Nobody described this person."""
    NO_ADDRESS = "no-address"
    BAD_ADDRESS = "bad-address"
    """A mail server has refused it."""
    ALWAYS_QUIET = "always-quiet"
    """All hours are quiet."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached now. `described`, `address`, `bad`: whether they are known, have
    an address, and whether it was refused. `mailed`: when they last got invitations."""

    described: bool
    address: bool
    bad: bool
    zone: ZoneInfo
    preferences: Preferences
    mailed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What is due. `category` None: a test, which no preference turns off. `stands`: the award is
    held, the invitation is open. `invited`: when, of an invitation."""

    category: Category | None
    stands: bool
    invited: datetime | None = None


Verdict = Drop | datetime
"""Why it never goes, or the instant from which it may: now, or later."""


def decide(matter: Matter, reach: Reach, now: datetime) -> Verdict:
    """What becomes of it. Decided when it is due, not when it was enqueued: much may be different
    by then."""
    drop = _drop(matter, reach)
    if drop is not None:
        return drop
    if matter.category is None:
        return now
    quiet = reach.preferences.quiet_hours
    if matter.invited is not None:
        at = quiet_hours.invitation_may_go(matter.invited, reach.mailed, now, quiet, reach.zone)
    else:
        at = quiet_hours.may_go(now, quiet, reach.zone)
    return Drop.ALWAYS_QUIET if at is None else at


def retry_at(now: datetime, attempts: int) -> datetime | None:
    """When to try again after so many attempts; None after the last."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def zone_of(*names: str | None) -> ZoneInfo:
    """The first of these zones that there is; UTC if there is none."""
    for name in names:
        try:
            if name:
                return ZoneInfo(name)
        except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError is one
            continue
    return ZoneInfo("UTC")


def dropped(why: Drop, *, in_doubt: bool) -> str:
    """What is stored of it. An award that was revoked and is awarded again gets its e-mail, but not
    if that may have been sent."""
    return f"{why}-in-doubt" if in_doubt else why.value


def first(ids: Sequence[str]) -> str:
    """Of a bundle, the subject that its Message-ID is made of."""
    return min(ids)


def _drop(matter: Matter, reach: Reach) -> Drop | None:
    if not matter.stands:
        return Drop.CLOSED if matter.category == "invitation" else Drop.REVOKED
    if matter.category in reach.preferences.email_off:
        return Drop.OFF
    if not reach.described:
        return Drop.UNKNOWN
    if not reach.address:
        return Drop.NO_ADDRESS
    return Drop.BAD_ADDRESS if reach.bad else None
