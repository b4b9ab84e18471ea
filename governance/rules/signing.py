"""Whether somebody may sign a pack now. One that may not gets the first reason that holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.errors import RefusalKind
from governance.rules.states import NEEDS_STATEMENT, Outcome

FRESH = timedelta(minutes=5)
"""How long ago somebody may have authenticated who signs."""
_AHEAD = timedelta(minutes=1)
"""By how much the clock of who authenticates people may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who wants to sign. `seated`: has a seat that is not left; `opened`: opened this pack in this
    number; `authenticated_at` is None where nobody knows."""

    member: str
    subject: str
    seated: bool
    recused: bool
    opened: bool
    authenticated_at: datetime | None


def refusal_of(signer: Signer, now: datetime) -> RefusalKind | None:
    """Why somebody may not sign this pack now, whatever they sign; None if they may."""
    if signer.member == signer.subject:
        return "is-subject"
    if signer.recused:
        return "recused"
    if not signer.seated:
        return "not-seated"
    if not signer.opened:
        return "pack-not-opened"
    return None if is_fresh(signer.authenticated_at, now) else "authenticate-again"


def refusal_of_vote(
    outcome: str, offered: Collection[Outcome], *, has_statement: bool
) -> RefusalKind | None:
    """Why an outcome may not be signed; None if it may."""
    if outcome not in offered:
        return "outcome-not-offered"
    if outcome in NEEDS_STATEMENT and not has_statement:
        return "statement-needed"
    return None


def is_fresh(authenticated_at: datetime | None, now: datetime) -> bool:
    """Whether somebody authenticated within the last five minutes."""
    return authenticated_at is not None and -_AHEAD <= now - authenticated_at <= FRESH
