"""People, awards and e-mails that are due, in real tables; and a sender that works them off."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

from sqlalchemy import Engine

from engine.store.postgres.connection import Row, transaction
from notifier import unsubscribe
from notifier.channels.email import server
from notifier.channels.email.options import EmailOptions
from notifier.channels.email.sender import EmailSender
from notifier.channels.email.smtp import SmtpSession
from tests.integration.local.processes import wait_until
from tests.support.mail_server import MailServer

PROGRAM = "acme"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SENDER = "recognition@badges.example"
PUBLIC = "https://badges.example"
KEY = unsubscribe.new_key()
DOMAIN = "badges.example"


def options(smtp: str, **changes: Any) -> EmailOptions:
    """Options for a server at this address."""
    known: dict[str, Any] = {"smtp": server.parse(smtp), "sender": SENDER, "public_url": PUBLIC}
    return EmailOptions(**{**known, "token_key": KEY, **changes})


@dataclass
class Mailing:
    """The tables, and the clock of those who send."""

    engine: Engine
    now: datetime = NOON
    ids: list[str] = field(default_factory=list)

    def describe(
        self,
        participant: str,
        name: str | None = None,
        email: str | None = "",
        timezone: str | None = "UTC",
        given_name: str | None = None,
    ) -> str:
        """Describe somebody; by default with an address. Gives the address."""
        address = f"{participant}@example.org" if email == "" else email
        self.execute(
            "INSERT INTO directory.participants (program, participant, display_name, given_name, "
            'email, timezone, roles, active, told_at, lane, "offset", published_at) '
            "VALUES (%s, %s, %s, %s, %s, %s, '{}', true, now(), 0, 0, now()) "
            "ON CONFLICT (program, participant) DO UPDATE SET email = excluded.email, "
            "display_name = excluded.display_name, given_name = excluded.given_name",
            PROGRAM, participant, name or participant.title(), given_name, address, timezone,
        )  # fmt: skip
        return address or ""

    def describe_program(self, name: str) -> None:
        """Give the program a name."""
        self.execute(
            'INSERT INTO directory.programs (program, described, told_at, lane, "offset", '
            "published_at) VALUES (%s, jsonb_build_object('name', %s::text), now(), 0, 0, now())",
            PROGRAM, name,
        )  # fmt: skip

    def award(
        self,
        participant: str,
        badge: str = "Momentum",
        level: str | None = None,
        giver: str | None = None,
        due: datetime | None = None,
        kudos_id: str | None = None,
    ) -> str:
        """An award whose e-mail is due; kudos if there is a giver. Gives its id."""
        award_id = str(uuid.uuid4())
        category = "achievement" if giver is None else "kudos"
        self.execute(
            "INSERT INTO notify.notices (award_id, revision, standing, program, loop, participant, "
            "badge, badge_name, level, category, giver, kudos_id, total, awarded_at, seen_at, "
            "baseline) VALUES (%s, 1, true, %s, 'l', %s, %s, %s, %s, %s, %s, %s, 1, %s, %s, false)",
            award_id, PROGRAM, participant, badge.lower(), badge, level, category, giver, kudos_id,
            self.now, self.now,
        )  # fmt: skip
        self.enqueue(award_id, "award", participant, due)
        return award_id

    def invite(self, respondent: str, *about: str, at: datetime | None = None) -> str:
        """An invitation whose e-mail is due. Gives its id."""
        invitation_id = str(uuid.uuid4())
        self.execute(
            "INSERT INTO notify.invitations (invitation_id, program, loop, respondent, about, "
            "survey_id, at) VALUES (%s, %s, 'l', %s, %s, 's', %s)",
            invitation_id, PROGRAM, respondent, list(about), at or self.now,
        )  # fmt: skip
        self.enqueue(invitation_id, "invitation", respondent)
        return invitation_id

    def enqueue(
        self, subject: str, kind: str, participant: str, due: datetime | None = None
    ) -> None:
        """Let an e-mail be due."""
        self.ids.append(subject)
        self.execute(
            "INSERT INTO notify.deliveries (subject, channel, kind, program, participant, state, "
            "due_at) VALUES (%s, 'email', %s, %s, %s, 'waiting', %s)",
            subject, kind, PROGRAM, participant, due or self.now,
        )  # fmt: skip

    def choose(self, participant: str, **columns: Any) -> None:
        """Set preferences by column."""
        self.execute(
            "INSERT INTO notify.preferences (program, participant, version, appearance) "
            "VALUES (%s, %s, 1, 'auto') ON CONFLICT DO NOTHING",
            PROGRAM, participant,
        )  # fmt: skip
        changes = ", ".join(f"{name} = %s" for name in columns)
        self.execute(f"UPDATE notify.preferences SET {changes}", *columns.values())

    def execute(self, statement: str, *parameters: Any) -> None:
        """One statement."""
        with transaction(self.engine) as tx:
            tx.execute(statement, *parameters)

    def rows(self, statement: str, *parameters: Any) -> list[Row]:
        """The rows of a query."""
        with transaction(self.engine) as tx:
            return tx.rows(statement, *parameters)

    def delivery(self, subject: str) -> dict[str, Any]:
        """A delivery as stored."""
        ((row,),) = self.rows(
            "SELECT to_jsonb(d) FROM notify.deliveries d WHERE subject = %s", subject
        )
        return dict(row)

    def state(self, subject: str) -> str:
        """The state of a delivery."""
        return str(self.delivery(subject)["state"])

    def states(self) -> dict[str, int]:
        """How many deliveries are in which state."""
        rows = self.rows("SELECT state, count(*)::int FROM notify.deliveries GROUP BY state")
        return dict(rows)

    def due(self, subject: str) -> datetime:
        """When a delivery is due."""
        return datetime.fromisoformat(self.delivery(subject)["due_at"])

    def pass_time(self, **by: float) -> None:
        """Move the clock: minutes=5, say."""
        self.now += timedelta(**by)

    def end_leases(self) -> None:
        """As if so much time had passed."""
        self.execute("UPDATE notify.deliveries SET lease = now() - interval '1 s'")

    def work(self, mail: MailServer | str, seconds: float = 5.0, **changes: Any) -> int:
        """Work off all that is due now; gives how many decisions that took."""
        given = options(mail if isinstance(mail, str) else mail.url, **changes)
        sender = EmailSender(self.engine, given, lambda: self.now, seconds)
        decided = 0
        with SmtpSession(given.smtp, DOMAIN, seconds) as session:
            while sender.send_one(session):
                decided += 1
        return decided

    @contextmanager
    def sending(self, mail: MailServer | str, seconds: float = 5.0) -> Iterator[EmailSender]:
        """A sender in a thread, stopped in the end."""
        given = options(mail if isinstance(mail, str) else mail.url)
        sender = EmailSender(self.engine, given, lambda: self.now, seconds)
        thread = Thread(target=sender.run)
        thread.start()
        try:
            yield sender
        finally:
            sender.stop()
            thread.join(20)
            assert not thread.is_alive()

    def wait_for(self, subject: str, state: str) -> None:
        """Return once a delivery is in this state."""
        wait_until(lambda: self.state(subject) == state)
