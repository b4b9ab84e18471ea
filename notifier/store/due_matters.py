"""What due deliveries are about: awards with all that an e-mail says of them, and invitations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory import names
from directory.names import DirectoryPerson
from engine.fact import Place
from engine.intake.keys import key
from engine.store.facts import messages
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from events.schemas.kudos_given import KudosGiven
from notifier.rules.preferences import Category
from notifier.rules.wording import AwardNews, InvitationNews, PersonNamed
from notifier.store import invitations
from notifier.store.due_deliveries import Addressee


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """The latest revision of an award. `badge`: its name in the catalog; `title`: for people."""

    award_id: str
    standing: bool
    loop: str | None
    badge: str
    title: str
    level: str | None
    category: Category
    giver: str | None
    kudos_id: str | None


def notices(tx: Transaction, award_ids: Collection[str]) -> dict[str, StoredNotice]:
    """What is known of awards, by id, the earliest first."""
    rows = tx.rows(
        "SELECT award_id::text, standing, loop, badge, coalesce(badge_name, badge), level, "
        "coalesce(category, 'achievement'), giver, kudos_id FROM notify.notices "
        "WHERE award_id = ANY(%s::uuid[]) ORDER BY awarded_at, award_id",
        sorted(award_ids),
    )
    return {row[0]: StoredNotice(*row) for row in rows}


def news_of_awards(
    tx: Transaction, generations: Generations, program: str, those: Sequence[StoredNotice]
) -> list[AwardNews]:
    """What an e-mail says of these awards, with what people and badges are called now. `those` are
    of one program; at most five statements, however many they are."""
    givers = names.people(tx, program, [each.giver for each in those if each.giver])
    described = _descriptions(tx, generations, program)
    noted = _noted(tx, program, those)
    return [
        AwardNews(
            award_id=each.award_id,
            category=each.category,
            badge=each.title,
            level=each.level,
            description=described.get(each.badge),
            giver=_named(givers[each.giver]) if each.giver else None,
            noted=each.award_id in noted,
            kudos_id=each.kudos_id,
        )
        for each in those
    ]


def open_invitations(tx: Transaction, person: Addressee, now: datetime) -> dict[str, datetime]:
    """When each invitation of somebody that is open was made, by id."""
    open_ones = invitations.open_of(tx, person.program, person.participant, now)
    return {each.invitation_id: each.at for each in open_ones}


def news_of_invitations(
    tx: Transaction, person: Addressee, ids: Collection[str], now: datetime
) -> list[InvitationNews]:
    """What an e-mail says of these invitations, of those that are open."""
    wanted = [
        each
        for each in invitations.open_of(tx, person.program, person.participant, now)
        if each.invitation_id in ids
    ]
    called = names.people(tx, person.program, [name for each in wanted for name in each.about])
    return [
        InvitationNews(each.invitation_id, tuple(_named(called[name]) for name in each.about))
        for each in wanted
    ]


def mailed(tx: Transaction, invitation_ids: Collection[str], now: datetime) -> None:
    """These invitations were mailed."""
    tx.execute(
        "UPDATE notify.invitations SET mailed = %s WHERE invitation_id = ANY(%s::uuid[])",
        now, sorted(invitation_ids),
    )  # fmt: skip


def _named(person: DirectoryPerson) -> PersonNamed:
    return PersonNamed(person.display_name, person.given_name or person.display_name)


def _descriptions(tx: Transaction, generations: Generations, program: str) -> Mapping[str, str]:
    """What badges are for, by their names; nothing if the live catalog cannot be read."""
    try:
        live = generations.live_of(tx, program)
    except CatalogAltered:
        return {}
    return {} if live is None else {b.name: b.description for b in live.catalog.badges}


def _noted(tx: Transaction, program: str, those: Sequence[StoredNotice]) -> set[str]:
    """The awards that came with a private note."""
    facts = {
        each.award_id: key(Place(program, each.loop, None), KudosGiven.TYPE, each.kudos_id)
        for each in those
        if each.kudos_id is not None and each.loop is not None
    }
    existing = messages.existing(tx, facts.values()) if facts else set()
    return {award_id for award_id, fact in facts.items() if fact in existing}
