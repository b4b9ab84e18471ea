"""Writes what messages mean for people: items on their pages, and e-mails that are due."""

from collections.abc import Collection, Mapping
from datetime import datetime

from engine.store.postgres.connection import Transaction
from events.instants import Instant, to_datetime
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.kudos_invited import KudosInvited
from events.subscriber import AwardsMessage
from notifier.rules import telling
from notifier.rules.preferences import NOTHING_CHOSEN, Category, Preferences, category_of
from notifier.rules.telling import Telling, TellingOptions
from notifier.store import deliveries, items, preferences
from notifier.store.deliveries import DeliveryKind, NewDelivery
from notifier.store.items import NewItem
from notifier.store.notices import KnownNotice

Person = tuple[str, str]


def announce(
    tx: Transaction,
    messages: Collection[AwardsMessage],
    known: Mapping[str, KnownNotice],
    options: TellingOptions,
    now: datetime,
) -> None:
    """Each message is news about its subject; `known`: what was kept of the subjects before."""
    chosen = preferences.of_people(tx, {_person(message) for message in messages})
    tellings = [(message, _telling(message, known, chosen, options, now)) for message in messages]
    items.add(
        tx,
        [
            NewItem(*_person(message), _category(message), message.subject)
            for message, each in tellings
            if each.in_app
        ],
        now,
    )
    items.mark(
        tx,
        {
            message.subject: isinstance(message.data, BadgeAwarded)
            for message in messages
            if message.subject in known
        },
    )
    deliveries.drop(
        tx, [each.subject for each in messages if isinstance(each.data, BadgeRevoked)], now
    )
    deliveries.enqueue(
        tx,
        [
            NewDelivery(message.subject, _kind(message), *_person(message), each.email_at)
            for message, each in tellings
            if each.email_at is not None
        ],
    )


def _telling(
    message: AwardsMessage,
    known: Mapping[str, KnownNotice],
    chosen: Mapping[Person, Preferences],
    options: TellingOptions,
    now: datetime,
) -> Telling:
    theirs = chosen.get(_person(message), NOTHING_CHOSEN)
    match message.data:
        case BadgeAwarded() as data:
            notice = known.get(message.subject)
            return telling.of_award(
                category_of(data),
                to_datetime(Instant(data.awarded_at)),
                announced_before=notice is not None and notice.baseline,
                chosen=theirs,
                options=options,
                now=now,
            )
        case BadgeRevoked():
            return telling.of_revocation()
        case KudosInvited():
            return telling.of_invitation(
                to_datetime(message.time), chosen=theirs, options=options, now=now
            )


def _person(message: AwardsMessage) -> Person:
    data = message.data
    whose = data.respondent_id if isinstance(data, KudosInvited) else data.recipient_id
    return data.program_id, whose


def _category(message: AwardsMessage) -> Category:
    return category_of(message.data) if isinstance(message.data, BadgeAwarded) else "invitation"


def _kind(message: AwardsMessage) -> DeliveryKind:
    return "award" if isinstance(message.data, BadgeAwarded) else "invitation"
