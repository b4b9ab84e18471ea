"""Giving kudos, and undoing it: what the API and the pages call.

A gift is a row first: who was answered has given, whether or not Kafka is there. The dispatcher
publishes it once it can no longer be undone.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory import programs
from engine.store.postgres.connection import Transaction
from events.instants import to_datetime
from events.schemas.kudos_given import KudosGiven
from events.schemas.registry import InvalidData
from web.kudos import facts, loops, rules, withdrawal
from web.kudos.fingerprints import fingerprint, key_hash
from web.kudos.rules import AskedGift
from web.problems import Fault, Problem
from web.store import gifts, invitations
from web.store.gifts import Gift, GiftState
from web.views.cursors import cursor, position
from web.views.gifts import GivenKudos, GivenPage, fates_of, shown
from web.views.moment import Moment, Readings

SealNote = Callable[[Gift, str], str | None]
"""Seals a note for the recipient of a gift; None if they can be sent no notes any more."""


@dataclass(frozen=True, slots=True)
class Giving:
    """Made once a process; it stands at `app.state.giving`.

    `undo`: how long a gift is held back. `topic`: where facts are published. `secret`: what
    fingerprints are made with. `wake`: called when something is to be published at once.
    """

    readings: Readings
    clock: Callable[[], datetime]
    undo: timedelta
    topic: str
    secret: bytes
    seal: SealNote
    wake: Callable[[], None]

    def give(self, program: str, giver: str, key: str, asked: AskedGift) -> Gift:
        """Give, once for each idempotency key: the same request gets the gift of the first. The
        gift is as it was made, whatever became of it since.

        Raises:
            Problem: in-progress, idempotency-key-reused, invalid, not-found, too-many-requests; the
                key is then not used up.
            CatalogAltered
        """
        hashed, print_ = key_hash(key), fingerprint(self.secret, asked)
        with self.readings.moment() as moment:
            tx = moment.directory
            if not gifts.lock(tx, program, giver, hashed):
                raise Problem("in-progress")
            before = gifts.of_key(tx, program, giver, hashed)
            if before is None:
                gift = self._new(moment, program, giver, key, asked)
                gifts.insert(tx, gift, hashed, print_, asked.invitation)
                if asked.invitation is not None:
                    invitations.mark_read(tx, program, giver, asked.invitation, gift.at)
                return gift
        gift, first = before
        if not hmac.compare_digest(first, print_):
            raise Problem("idempotency-key-reused")
        return gift

    def undo_gift(self, program: str, giver: str, kudos_id: str) -> GiftState:
        """Cancel a gift, or withdraw it; gives its state: cancelled, withdrawing or withdrawn.

        Raises:
            Problem: not-found, too-late, not-standing
        """
        now = _to_the_millisecond(self.clock())
        with self.readings.moment() as moment:
            tx = moment.directory
            gift = gifts.of_giver(tx, program, giver, kudos_id, to_change=True)
            if gift is None:
                raise Problem.not_found()
            fate = fates_of(moment, [gift], self.topic)[gift.award_id]
            hours = programs.described(tx, program).withdraw_hours
            match withdrawal.decide(gift, fate, hours, now):
                case "cancel":
                    gifts.cancel(tx, kudos_id, now)
                    return "cancelled"
                case "done":
                    return gift.state
                case "nothing stands":
                    raise Problem("not-standing")
                case "too late":
                    raise Problem("too-late")
            gifts.withdraw(tx, kudos_id, now)
        self.wake()
        return "withdrawing"

    def given(self, program: str, giver: str, after: str | None, limit: int) -> GivenPage:
        """What somebody gave, latest first, or what stands behind `after`.

        Raises:
            BadCursor, CatalogAltered
        """
        instant, kudos_id = position(after) if after else (None, None)
        before = (to_datetime(instant), kudos_id) if instant and kudos_id else None
        with self.readings.moment() as moment:
            listed = gifts.page(moment.directory, program, giver, before, limit + 1)
            items = shown(moment, program, listed[:limit], self.topic, self.clock())
        last = items[-1] if len(listed) > limit else None
        return GivenPage(items=items, next=cursor(last.at, last.kudos_id) if last else None)

    def state_of(self, program: str, giver: str, kudos_id: str) -> GivenKudos:
        """One gift of somebody.

        Raises:
            Problem: not-found
            CatalogAltered
        """
        with self.readings.moment() as moment:
            gift = gifts.of_giver(moment.directory, program, giver, kudos_id)
            if gift is None:
                raise Problem.not_found()
            return shown(moment, program, [gift], self.topic, self.clock())[0]

    def _new(self, moment: Moment, program: str, giver: str, key: str, asked: AskedGift) -> Gift:
        tx, now = moment.directory, _to_the_millisecond(self.clock())
        _check_invitation(tx, program, giver, asked.invitation)
        catalog = moment.engine.generation_for(program).catalog
        enabled = programs.described(tx, program).kudos_enabled
        kinds = catalog.kinds(KudosGiven.TYPE)
        wrong = list(rules.faults(asked, giver, kinds, enabled=enabled))
        if wrong:
            raise Problem.invalid(*wrong)
        loop = loops.of(moment, program, asked.loop)
        if loop is None or not rules.are_there(asked, giver, loop):
            raise Problem.not_found()
        if not loop.is_open:
            raise Problem.invalid(Fault("/loop_id", "must be a loop that is open"))
        self._check_limits(tx, program, giver, asked, now)
        kudos_id, award_id = facts.ids(
            catalog, program, asked.loop, giver, asked.recipient, asked.kind, key
        )
        gift = Gift(
            kudos_id, award_id, program, asked.loop, giver, asked.recipient, asked.kind,
            now, now + self.undo,
        )  # fmt: skip
        return self._sealed(gift, asked.note)

    def _check_limits(
        self, tx: Transaction, program: str, giver: str, asked: AskedGift, now: datetime
    ) -> None:
        since = now - rules.DAY
        before = gifts.given_since(tx, program, giver, asked.recipient, asked.kind, since)
        wait = rules.seconds_to_wait(before, now)
        if wait:
            raise Problem.too_many(wait)

    def _sealed(self, gift: Gift, note: str) -> Gift:
        """The gift with its note, of which only the recipient's key makes a text again. It is
        certain then that the engine can read the fact."""
        if note:
            sealed = self.seal(gift, note)
            if sealed is None:
                raise Problem.invalid(Fault("/note", "cannot be sent to this person any more"))
            gift = replace(gift, sealed=sealed)
        try:
            facts.of_gift(gift)
        except InvalidData:
            raise Problem.invalid(Fault("", "cannot be given under these names")) from None
        return gift


def _check_invitation(tx: Transaction, program: str, giver: str, invitation_id: str | None) -> None:
    """Raises Problem (not-found) for one that is not theirs; used or old, it is as good as none."""
    if invitation_id and not invitations.is_of(tx, program, giver, invitation_id):
        raise Problem.not_found()


def _to_the_millisecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1_000 * 1_000)
