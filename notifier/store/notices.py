"""The table notify.notices: the latest revision of each award that was ever announced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction
from events.instants import Instant, to_datetime
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.kudos_invited import KudosInvited
from events.subscriber import AwardsMessage
from notifier.rules.preferences import category_of
from notifier.store import invitations

_KNOWN = """
SELECT award_id::text, revision, baseline FROM notify.notices WHERE award_id = ANY(%b::uuid[])
UNION ALL
SELECT invitation_id::text, 1, false FROM notify.invitations WHERE invitation_id = ANY(%b::uuid[])
"""

# A revocation does not say all that the award did: that stays.
_UPSERT = """
INSERT INTO notify.notices AS n (award_id, revision, standing, program, loop, participant, badge,
  badge_name, level, category, giver, kudos_id, total, awarded_at, valid_until, seen_at, baseline)
SELECT award_id::uuid, revision, standing, program, loop, participant, badge, badge_name, level,
  category, giver, kudos_id, total, awarded_at, valid_until, %s, %s
FROM unnest(%b::text[], %b::bigint[], %b::bool[], %b::text[], %b::text[], %b::text[], %b::text[],
  %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::timestamptz[],
  %b::timestamptz[])
  r (award_id, revision, standing, program, loop, participant, badge, badge_name, level, category,
     giver, kudos_id, total, awarded_at, valid_until)
ON CONFLICT (award_id) DO UPDATE SET
  revision = excluded.revision, standing = excluded.standing, total = excluded.total,
  badge_name = coalesce(excluded.badge_name, n.badge_name),
  category = coalesce(excluded.category, n.category),
  giver = coalesce(excluded.giver, n.giver),
  kudos_id = coalesce(excluded.kudos_id, n.kudos_id),
  awarded_at = coalesce(excluded.awarded_at, n.awarded_at),
  valid_until = coalesce(excluded.valid_until, n.valid_until)
"""


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """What is kept of an award, or of an invitation. `baseline`: it was announced before the
    notifier first started."""

    revision: int
    baseline: bool


class KeptNotices:
    """The revisions kept, in the transaction that also moves the cursors. `now`: when new ones are
    seen; `baseline`: whether they are from before the notifier first started."""

    def __init__(self, tx: Transaction, now: datetime, *, baseline: bool) -> None:
        self._tx = tx
        self._now = now
        self._baseline = baseline
        self.known: dict[str, KnownNotice] = {}
        """What was kept of the subjects last asked for."""

    def kept(self, subjects: Collection[str]) -> Mapping[str, int]:
        """The revisions kept of these awards and invitations."""
        ids = list(subjects)
        rows = self._tx.rows(_KNOWN, ids, ids)
        self.known = {id: KnownNotice(revision, baseline) for id, revision, baseline in rows}
        return {id: notice.revision for id, notice in self.known.items()}

    def keep(self, messages: Collection[AwardsMessage]) -> None:
        """Keep what these messages say."""
        invited = [
            (each.data, to_datetime(each.time))
            for each in messages
            if isinstance(each.data, KudosInvited)
        ]
        if invited:
            invitations.add(self._tx, invited)
        revisions = [
            each.data for each in messages if isinstance(each.data, BadgeAwarded | BadgeRevoked)
        ]
        if revisions:
            self._upsert(revisions)

    def _upsert(self, revisions: Collection[BadgeAwarded | BadgeRevoked]) -> None:
        awarded = [each if isinstance(each, BadgeAwarded) else None for each in revisions]
        self._tx.execute(
            _UPSERT,
            self._now, self._baseline,
            [each.award_id for each in revisions], [each.revision for each in revisions],
            [each is not None for each in awarded], [each.program_id for each in revisions],
            [each.loop_id for each in revisions], [each.recipient_id for each in revisions],
            [each.badge for each in revisions],
            [each and each.badge_name for each in awarded], [each.level for each in revisions],
            [each and category_of(each) for each in awarded],
            [each and each.giver_id for each in awarded],
            [each and _kudos_id(each) for each in awarded], [each.total for each in revisions],
            [each and to_datetime(Instant(each.awarded_at)) for each in awarded],
            [
                to_datetime(Instant(each.valid_until)) if each and each.valid_until else None
                for each in awarded
            ],
        )  # fmt: skip


def _kudos_id(award: BadgeAwarded) -> str | None:
    """Of kudos: the key of the fact, which an award of a level has not."""
    return award.occurrence if category_of(award) == "kudos" and award.level is None else None
