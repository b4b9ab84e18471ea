"""What is looked at of e-mails; each gives what is wrong, in sentences.

E1 a message has one id, however often it is sent · E2 who sends is alone with it · E3 what is not
to be sent is not · E4 quiet hours are quiet · E5 one click ends them · E6 no note is in them ·
E7 an award is mailed once · E8 no address is stored.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from engine.fact import Place
from engine.intake.keys import key
from engine.store.postgres.connection import transaction
from events.schemas.kudos_given import KudosGiven
from notifier.channels.email.sender import EmailSender
from notifier.channels.email.smtp import SmtpSession
from notifier.store import deliveries
from notifier.store.deliveries import NewDelivery
from tests.integration.notifier.mailing import DOMAIN, NOON, PROGRAM, Mailing, options
from tests.integration.web.privacy import Planted
from tests.support.mail_server import MailServer, mail_server

_ME = "somebody-mailed"
_NOTE = "a note that only its recipient reads"


@contextmanager
def _mailing(planted: Planted) -> Iterator[tuple[Mailing, MailServer]]:
    """Somebody with an address, and a mail server; nothing is left of it."""
    mailing = Mailing(planted.surface.harness.engine)
    mailing.execute("DELETE FROM notify.case_news")  # what is planted about cases is mailed too
    mailing.describe(_ME)
    with mail_server() as mail:
        yield mailing, mail
    for table in ("deliveries", "notices", "preferences", "bad_addresses"):
        mailing.execute(f"DELETE FROM notify.{table} WHERE participant = %s", _ME)
    mailing.execute("DELETE FROM directory.participants WHERE participant = %s", _ME)
    mailing.execute("DELETE FROM messages WHERE message = %s", _NOTE)


def _ids(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        mailing.award(_ME)
        mail.hang = "data"
        mailing.work(mail, seconds=0.3)
        mail.hang = ""
        mailing.pass_time(minutes=2)
        mailing.work(mail)
        ids = [each.id for each in mail.arrived]
        if len(ids) != 2 or len(set(ids)) != 1:
            yield f"what was in doubt came as {len(ids)} mails of {len(set(ids))} ids"


def _leases(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        mailing.award(_ME)
        given = options(mail.url)
        sender = EmailSender(mailing.engine, given, lambda: mailing.now, 5)
        sender._settle = lambda *_: None  # type: ignore[method-assign]
        with SmtpSession(given.smtp, DOMAIN, 5) as session:
            sender.send_one(session)
        mailing.work(mail)
        if len(mail.arrived) != 1:
            yield f"what one process sends is sent by another too: {len(mail.arrived)} mails"


def _not_wanted(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        revoked = mailing.award(_ME)
        mailing.execute("UPDATE notify.notices SET standing = false WHERE award_id = %s", revoked)
        mailing.work(mail)
        mailing.choose(_ME, email_off=["kudos"])
        mailing.award(_ME, "Trust", giver="gwen")
        mailing.work(mail)
        if mail.arrived:
            yield f"{len(mail.arrived)} mails of what was revoked, or is off"
        mail.rcpt = lambda _: "550 no"
        mailing.award(_ME)
        mailing.work(mail)
        mail.rcpt = lambda _: None
        mailing.award(_ME)
        mailing.work(mail)
        if mail.arrived:
            yield "an address that was refused is tried again"


def _quiet(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        mailing.now = NOON + timedelta(hours=9)
        mailing.award(_ME)
        mailing.work(mail)
        if mail.arrived:
            yield "a mail comes at nine in the evening"


def _unsubscribing(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        mailing.award(_ME)
        mailing.work(mail)
        for name in ("List-Unsubscribe", "List-Unsubscribe-Post"):
            if any(each.message[name] is None for each in mail.arrived):
                yield f"there is no {name}"


def _notes(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        mailing.award(_ME, "Trust", giver="gwen", kudos_id="of-the-checks")
        fact = key(Place(PROGRAM, "l", None), KudosGiven.TYPE, "of-the-checks")
        mailing.execute(
            "INSERT INTO messages (place, fact, message) VALUES (%s, %s, %s)", *fact, _NOTE
        )
        mailing.work(mail)
        (arrived,) = mail.arrived
        if _NOTE in arrived.text + arrived.html + str(arrived.message["Subject"]):
            yield "a note is in an e-mail"
        if "with a personal note" not in arrived.text:
            yield "nothing says that there is a note"


def _once(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        award = mailing.award(_ME)
        mailing.work(mail)
        with transaction(mailing.engine) as tx:
            again = NewDelivery(award, "award", PROGRAM, _ME, mailing.now)
            deliveries.enqueue(tx, [again])
        mailing.work(mail)
        if len(mail.arrived) != 1:
            yield f"an award that was awarded again is mailed {len(mail.arrived)} times"


def _stored(planted: Planted) -> Iterator[str]:
    with _mailing(planted) as (mailing, mail):
        award = mailing.award(_ME)
        mail.rcpt = lambda to: f"451 4.7.1 not now, {to}"
        mailing.work(mail)
        if "@example.org" in str(mailing.delivery(award)):
            yield "an address is stored with a delivery"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {
    "E1": _ids,
    "E2": _leases,
    "E3": _not_wanted,
    "E4": _quiet,
    "E5": _unsubscribing,
    "E6": _notes,
    "E7": _once,
    "E8": _stored,
}
