"""What is due of one person, decided now and made into one e-mail.

Nothing leaves here: that the message is being sent, and under which id, is committed first.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from notifier.channels.email import letter
from notifier.channels.email.letter import Letter
from notifier.channels.email.links import Links
from notifier.channels.email.message import MailEnvelope, domain_of
from notifier.channels.email.options import EmailOptions
from notifier.rules import sending
from notifier.rules.sending import Drop, Matter
from notifier.rules.wording import EndingNews, last_day
from notifier.store import case_news, due_deliveries, due_matters, recipients, reminders
from notifier.store.due_deliveries import Addressee, DueDelivery, Kind
from notifier.store.due_matters import StoredNotice
from notifier.store.recipients import Recipient
from notifier.store.reminders import EndingAward


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message that is being sent. `again`: it may have been sent before. `attempts`: this one
    too."""

    bundle: str
    kind: Kind
    subjects: tuple[str, ...]
    person: Addressee
    attempts: int
    again: bool
    letter: Letter = field(repr=False)
    envelope: MailEnvelope = field(repr=False)


class OutgoingMail:
    """Decides about what is due. Not for several threads."""

    def __init__(self, options: EmailOptions) -> None:
        self._options = options
        self._generations = Generations()

    def of(
        self, tx: Transaction, person: Addressee, due: Sequence[DueDelivery], now: datetime
    ) -> OutgoingMessage | None:
        """The message about what is due of somebody, of one kind. What is never sent, or later, is
        written down; None if nothing is left."""
        recipient = recipients.read(tx, person)
        kind = due[0].kind
        ids = [each.subject for each in due]
        notices = due_matters.notices(tx, ids) if kind == "award" else {}
        reminded = reminders.reminded(tx, ids) if kind == "reminder" else {}
        matters = self._matters(tx, kind, person, ids, notices, reminded, now)
        again = due[0].bundle is not None
        going = _settled(tx, matters, recipient, now, in_doubt=again)
        if not going:
            return None
        parts = [each for each in due if each.subject in going]
        links = Links(self._options.public_url, self._options.token_key, person)
        written = self._letter(tx, recipient, links, going, notices, reminded, kind, now)
        return self._begun(tx, recipient, links, parts, written, now)

    def _letter(
        self,
        tx: Transaction,
        recipient: Recipient,
        links: Links,
        going: set[str],
        notices: dict[str, StoredNotice],
        reminded: dict[str, EndingAward],
        kind: Kind,
        now: datetime,
    ) -> Letter:
        person = recipient.person
        if kind == "test":
            return letter.of_test(recipient.program_name, links)
        if kind == "invitation":
            return letter.of_invitations(
                due_matters.news_of_invitations(tx, person, going, now), links
            )
        if kind == "reminder":
            ends = sorted((reminded[id] for id in going), key=lambda award: award.valid_until)
            zone = recipient.reach.zone
            return letter.of_reminders(
                [EndingNews(e.category, e.title, last_day(e.valid_until, zone)) for e in ends],
                links,
            )
        if kind == "case":
            cases = case_news.cases(tx, going)
            return letter.of_cases(list(dict.fromkeys(cases.values())), links)
        held = [notice for award_id, notice in notices.items() if award_id in going]
        news = due_matters.news_of_awards(tx, self._generations, person.program, held)
        return letter.of_awards(news, links)

    def _matters(
        self,
        tx: Transaction,
        kind: Kind,
        person: Addressee,
        ids: Sequence[str],
        notices: dict[str, StoredNotice],
        reminded: dict[str, EndingAward],
        now: datetime,
    ) -> dict[str, Matter]:
        match kind:
            case "award":
                return {id: _of_award(notices.get(id)) for id in ids}
            case "invitation":
                open_ones = due_matters.open_invitations(tx, person, now)
                return {
                    id: Matter("invitation", id in open_ones, open_ones.get(id, now)) for id in ids
                }
            case "reminder":
                return {id: self._of_reminder(tx, reminded.get(id), now) for id in ids}
            case "case":
                known = case_news.cases(tx, ids)
                return {id: Matter("recognition", stands=id in known) for id in ids}
            case "test":
                return {id: Matter(None, stands=True) for id in ids}

    def _of_reminder(self, tx: Transaction, award: EndingAward | None, now: datetime) -> Matter:
        """It stands while the award does, has not ended, and no other goes on behind its end."""
        if award is None:
            return Matter("achievement", stands=False)
        over = award.valid_until <= now or reminders.is_covered(tx, self._generations, award)
        return Matter(award.category, stands=not over)

    def _begun(
        self,
        tx: Transaction,
        recipient: Recipient,
        links: Links,
        parts: Sequence[DueDelivery],
        written: Letter,
        now: datetime,
    ) -> OutgoingMessage:
        """Write down what is sent now, and as which message."""
        subjects = tuple(each.subject for each in parts)
        before = parts[0]
        domain = domain_of(self._options.sender)
        message_id = before.message_id or f"<{sending.first(subjects)}.email@{domain}>"
        bundle = before.bundle or str(uuid.uuid4())
        due_deliveries.begin(tx, subjects, bundle, message_id)
        envelope = MailEnvelope(
            sender=self._options.sender,
            program_name=recipient.program_name,
            recipient=recipient.address,
            recipient_name=recipient.name,
            message_id=message_id,
            date=now,
            settings_link=links.settings,
            mailto=self._options.unsubscribe_mailto,
        )
        return OutgoingMessage(
            bundle=bundle,
            kind=before.kind,
            subjects=subjects,
            person=recipient.person,
            attempts=max(each.attempts for each in parts) + 1,
            again=before.bundle is not None,
            letter=written,
            envelope=envelope,
        )


def _of_award(notice: StoredNotice | None) -> Matter:
    if notice is None:
        return Matter("achievement", stands=False)
    return Matter(notice.category, notice.standing)


def _settled(
    tx: Transaction,
    matters: dict[str, Matter],
    recipient: Recipient,
    now: datetime,
    *,
    in_doubt: bool,
) -> set[str]:
    """Which of these go now; the others are dropped, or due later."""
    going: set[str] = set()
    dropped: dict[Drop, list[str]] = {}
    later: dict[datetime, list[str]] = {}
    for subject, matter in matters.items():
        verdict = sending.decide(matter, recipient.reach, now)
        if isinstance(verdict, Drop):
            dropped.setdefault(verdict, []).append(subject)
        elif verdict > now:
            later.setdefault(verdict, []).append(subject)
        else:
            going.add(subject)
    for why, subjects in dropped.items():
        due_deliveries.drop(tx, sending.dropped(why, in_doubt=in_doubt), subjects, now)
    for until, subjects in later.items():
        due_deliveries.postpone(tx, until, subjects)
    return going
