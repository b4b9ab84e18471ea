"""What is under the address of a shared award, for anybody.

Whether it is still shared is decided here at each look, from the award itself: what follows
revocations may be behind.
"""

from dataclasses import dataclass
from typing import Literal

from credentials.achievement import Achievement
from directory import names, programs
from directory.programs import ProgramDescription
from engine.queries import award
from engine.store.awards.awards import Announced
from events.instants import Instant
from web.sharing import achievements, rules, share_ids
from web.store import credentials, shares
from web.store.credentials import StoredCredential
from web.views.moment import Moment

Ending = Literal["withdrawn", "revoked", "erased", "forbidden"]
"""Why a page is gone: by its holder, because the award is no longer held, because the person was
erased, or for as long as the program has no public pages."""


class UnknownShare(Exception):
    """Nothing was ever shared under this address."""


@dataclass(frozen=True, slots=True)
class ShownAward:
    """An award as anybody may see it: nothing of who gave it, in which loop, or why.

    `title`: of the badge, without a level; `category` and `is_levelled`: how it is drawn; `holder`:
    whose it is, None if they do not show their name; `valid_until`: None if it does not end.
    """

    program: ProgramDescription
    achievement: Achievement
    title: str
    category: str
    is_levelled: bool
    awarded_at: Instant
    holder: str | None
    valid_until: Instant | None = None


@dataclass(frozen=True, slots=True)
class PublicAward:
    """An award that is shared under an address, with its good credential."""

    share_id: str
    shown: ShownAward
    credential: StoredCredential


@dataclass(frozen=True, slots=True)
class EndedShare:
    """A page that is gone."""

    why: Ending


def look(moment: Moment, share_id: str) -> PublicAward | EndedShare:
    """What is under an address.

    Raises:
        UnknownShare, CatalogAltered
    """
    tx = moment.directory
    share = shares.find(tx, share_id) if share_ids.is_share_id(share_id) else None
    if share is None:
        raise UnknownShare("nothing was ever shared here")
    if share.why is not None:
        return EndedShare(share.why)
    assert share.award_id is not None, "an award that is shared is known"
    announced = award.of_id(moment.engine, share.award_id)
    held = announced.revision if announced is not None and announced.standing else None
    if announced is None or rules.is_lost(share.revision, held):
        return EndedShare("revoked")
    program = programs.described(tx, share.program)
    if not program.public_pages:
        return EndedShare("forbidden")
    credential = credentials.live(tx, share_id)
    if credential is None:  # it has ended since it was read
        return EndedShare("withdrawn")
    shown = shown_award(moment, program, announced, show_name=share.show_name)
    return PublicAward(share_id, shown, credential)


def shown_award(
    moment: Moment, program: ProgramDescription, announced: Announced, *, show_name: bool
) -> ShownAward:
    """What anybody would see of an award, in the words of the catalog that it was decided under.

    Raises:
        CatalogAltered
    """
    item, catalog = announced.award, moment.engine.catalog(announced.catalog)
    badge = catalog.badge[item.badge]
    achieved = achievements.achievement(program, catalog, item.badge, item.level)
    assert achieved is not None, "an award is of a badge of its catalog"
    return ShownAward(
        program=program,
        achievement=achieved,
        title=badge.title,
        category=badge.category,
        is_levelled=any(level.name for level in badge.levels),
        awarded_at=item.time,
        holder=_name(moment, item.program, item.recipient) if show_name else None,
        valid_until=item.valid_until,
    )


def _name(moment: Moment, program: str, participant: str) -> str | None:
    known = names.people(moment.directory, program, [participant])[participant]
    return known.display_name if known.described else None
