"""Sharing an award and ending that: what the API and the pages call.

One transaction each, under the lock of the person: who asks twice at once shares once. The page,
its credential and the bit of the credential before change together.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from credentials.achievement import Achievement
from credentials.credential import CredentialSubject, StatusEntry
from directory import profile, programs
from engine.queries import award
from engine.store.awards.awards import Announced
from engine.store.postgres.connection import Transaction
from events.instants import to_datetime
from web.problems import Fault, Problem
from web.sharing import public, rules, share_ids
from web.sharing.public import PublicAward, ShownAward
from web.store import credentials, shares, status_lists
from web.store.credentials import StoredCredential
from web.store.shares import StoredShare
from web.views.moment import Moment, Readings

SignCredential = Callable[
    [Achievement, CredentialSubject, UUID, datetime, StatusEntry, datetime | None], str
]
"""From what was achieved, by whom, under which id, since when, with which bit, until when: a signed
credential."""

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Shared:
    """An award that is shared, as its holder sees it. `is_new`: this request began it."""

    award: PublicAward
    show_name: bool
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Shareable:
    """An award of somebody: what others would see of it, with its holder's name; how it is shared,
    None if it is not. `is_held`: it may be shared, if the program has public pages."""

    shown: ShownAward
    is_held: bool
    shared: Shared | None


@dataclass(frozen=True, slots=True)
class Sharing:
    """Made once a process; it stands at `app.state.sharing`."""

    readings: Readings
    clock: Callable[[], datetime]
    sign: SignCredential

    def share(self, program: str, participant: str, award_id: str, *, show_name: bool) -> Shared:
        """Share an award, or change whether its holder's name is shown; otherwise nothing changes.

        Raises:
            Problem: invalid (the program has no public pages), not-found, not-standing
            CatalogAltered
        """
        with self.readings.moment() as moment:
            tx = moment.directory
            shares.lock(tx, program, participant)
            described = programs.described(tx, program)
            if not described.public_pages:
                raise Problem.invalid(Fault("", "is not possible: the program has no public pages"))
            announced = _award(moment, program, participant, award_id)
            if shares.is_erased(tx, program, participant):
                raise Problem.not_found()
            before = shares.live(tx, program, participant, award_id, to_change=True)
            step = rules.step(before, _held(announced), show_name)
            if step == "refuse":
                raise Problem("not-standing")
            shown = public.shown_award(moment, described, announced, show_name=show_name)
            if before is not None and step == "begin again":
                shares.end(tx, [before.share_id], "revoked", self.clock())
                before = None
            share = before or self._begin(tx, announced, show_name=show_name)
            if step == "show otherwise":
                shares.set_show_name(tx, share.share_id, show_name)
            credential = credentials.live(tx, share.share_id) if step == "keep" else None
            if credential is None:
                credential = self._next_credential(tx, share.share_id, shown, announced)
        award = PublicAward(share.share_id, shown, credential)
        return Shared(award, show_name, is_new=before is None)

    def stop(self, program: str, participant: str, award_id: str) -> None:
        """Share an award no longer. Safe to repeat."""
        with self.readings.moment() as moment:
            tx = moment.directory
            shares.lock(tx, program, participant)
            share = shares.live(tx, program, participant, award_id)
            if share is not None:
                shares.end(tx, [share.share_id], "withdrawn", self.clock())

    def look(self, moment: Moment, program: str, participant: str, award_id: str) -> Shareable:
        """An award of somebody, and how it is shared.

        Raises:
            Problem: not-found
            CatalogAltered
        """
        announced = _award(moment, program, participant, award_id)
        described = programs.described(moment.directory, program)
        shown = public.shown_award(moment, described, announced, show_name=True)
        return Shareable(shown, announced.standing, shared_now(moment, announced, shown))

    def _begin(self, tx: Transaction, announced: Announced, *, show_name: bool) -> StoredShare:
        item = announced.award
        share = StoredShare(
            share_ids.new(), item.program, item.recipient, item.id, announced.revision, show_name,
            self.clock(),
        )  # fmt: skip
        shares.insert(tx, share)
        return share

    def _next_credential(
        self, tx: Transaction, share_id: str, shown: ShownAward, announced: Announced
    ) -> StoredCredential:
        """A new credential of a share; the one before is revoked."""
        item, now = announced.award, self.clock()
        known = profile.read(tx, item.program, item.recipient)
        email = None if known is None else known.email
        credential_id, salt = uuid4(), token_urlsafe(_SALT_BYTES)
        subject = CredentialSubject(uuid4(), email, salt, shown.holder)
        place = status_lists.draw(tx, item.program)
        since = to_datetime(item.time)
        until = None if item.valid_until is None else to_datetime(item.valid_until)
        status = StatusEntry(*place)
        signed = self.sign(shown.achievement, subject, credential_id, since, status, until)
        credentials.revoke(tx, [share_id], now)
        credential = StoredCredential(
            str(credential_id), share_id, str(subject.id), *place, now, salt, signed
        )
        credentials.insert(tx, credential)
        return credential


def shared_now(
    moment: Moment, announced: Announced, shareable: ShownAward | None = None
) -> Shared | None:
    """How an award is shared; None if it is not, or its program has no public pages. `shareable`:
    the award with its holder's name, where that was read before.

    Raises:
        CatalogAltered
    """
    item, tx = announced.award, moment.directory
    share = shares.live(tx, item.program, item.recipient, item.id)
    if share is None or rules.is_lost(share.revision, _held(announced)):
        return None
    program = shareable.program if shareable else programs.described(tx, item.program)
    credential = credentials.live(tx, share.share_id)
    if credential is None or not program.public_pages:
        return None
    if shareable is None:
        shown = public.shown_award(moment, program, announced, show_name=share.show_name)
    else:
        shown = shareable if share.show_name else replace(shareable, holder=None)
    return Shared(PublicAward(share.share_id, shown, credential), share.show_name)


def _award(moment: Moment, program: str, participant: str, award_id: str) -> Announced:
    """An award of somebody as it was announced last. Raises Problem (not-found)."""
    announced = award.of_id(moment.engine, award_id)
    if announced is None:
        raise Problem.not_found()
    item = announced.award
    if (item.program, item.recipient) != (program, participant):
        raise Problem.not_found()
    return announced


def _held(announced: Announced) -> int | None:
    """The revision of an award that stands."""
    return announced.revision if announced.standing else None
