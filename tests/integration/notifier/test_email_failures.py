"""Mail servers that refuse, hang, are away or cannot encrypt; and senders that die."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from engine.local.ports import free_ports
from notifier.channels.email.sender import EmailSender
from notifier.channels.email.server import SmtpServer
from notifier.channels.email.smtp import Reply, SmtpAway, SmtpSession
from notifier.rules.sending import RETRIES
from notifier.store import due_deliveries
from tests.integration.local.processes import wait_until
from tests.integration.notifier.mailing import DOMAIN, NOON, Mailing, options
from tests.project.security.certificates import Authority
from tests.support.mail_server import MailServer, mail_server


def test_what_is_refused_for_now_is_sent_later(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mail.rcpt = lambda to: f"451 4.7.1 greylisted, {to}"
    mailing.work(mail)
    stored = mailing.delivery(award)
    assert (stored["state"], stored["error"], stored["attempts"]) == ("waiting", "451 4.7.1", 1)
    assert mailing.due(award) == NOON + timedelta(minutes=1)

    mail.rcpt = lambda _: None
    mailing.pass_time(minutes=1)
    mailing.work(mail)
    assert mailing.state(award) == "sent"
    assert len(mail.arrived) == 1


def test_after_seven_attempts_it_is_given_up(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.choose("wen", quiet_from=None, quiet_to=None)
    award = mailing.award("wen")
    mail.data = lambda _: "452 4.3.1 full"
    waits = []
    while mailing.state(award) != "failed":
        before = mailing.now
        mailing.work(mail)
        if mailing.state(award) == "waiting":
            mailing.now = mailing.due(award)
            waits.append(mailing.now - before)
    assert tuple(waits) == RETRIES
    assert mailing.delivery(award)["attempts"] == 7


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_what_is_refused_for_ever(mailing: Mailing, mail: MailServer, step: str) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    setattr(mail, step, lambda to: f"550 5.1.1 no such thing, {to}")
    mailing.work(mail)
    # Who sends is the same for all mails: that is for an operator to mend.
    assert mailing.state(award) == ("waiting" if step == "mail" else "failed")
    bad = mailing.rows("SELECT participant, why FROM notify.bad_addresses")
    assert bad == ([("wen", "550 5.1.1")] if step == "rcpt" else [])


def test_a_full_mailbox_may_have_room_again(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mail.rcpt = lambda _: "552 5.2.2 over quota"
    mailing.work(mail)
    assert mailing.state(award) == "waiting"


def test_a_refused_address_gets_nothing_until_it_is_another(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    mail.rcpt = lambda _: "550 no"
    mailing.award("wen")
    mailing.work(mail)
    mail.rcpt = lambda _: None

    second = mailing.award("wen")
    mailing.work(mail)
    assert (mailing.state(second), mailing.delivery(second)["error"]) == ("dropped", "bad-address")

    mailing.describe("wen", email="wen@elsewhere.example")
    third = mailing.award("wen")
    mailing.work(mail)
    assert mailing.state(third) == "sent"
    assert [each.to for each in mail.arrived] == ["wen@elsewhere.example"]


@pytest.mark.parametrize(
    "address", ["wen", "a@b@c@", "wén@example.org", "a b@example.org", "@x.org"]
)
def test_what_is_no_address_for_a_mail_is_as_one_that_was_refused(
    mailing: Mailing, mail: MailServer, address: str
) -> None:
    mailing.describe("wen", email=address)
    award = mailing.award("wen")
    mailing.work(mail)
    assert (mail.arrived, mailing.state(award)) == ([], "failed")
    assert len(mailing.rows("SELECT FROM notify.bad_addresses")) == 1


def test_a_server_that_hangs_before_it_has_the_message_is_tried_again(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mail.hang = "rcpt"
    mailing.work(mail, seconds=0.5)
    stored = mailing.delivery(award)
    assert (stored["state"], stored["error"]) == ("waiting", "no answer in time")


def test_what_a_hanging_server_may_have_is_sent_again_as_the_same_message(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mail.hang = "data"
    mailing.work(mail, seconds=0.5)
    stored = mailing.delivery(award)
    assert (stored["state"], stored["error"]) == ("sending", "no answer in time")

    # What comes due meanwhile does not change the message that may have arrived.
    mail.hang = ""
    other = mailing.award("wen")
    mailing.pass_time(minutes=1)
    mailing.work(mail)
    first, *rest = mail.arrived
    assert [each.id for each in rest].count(first.id) == 1
    assert first.id == f"<{award}.email@{DOMAIN}>"
    assert f"<{other}.email@{DOMAIN}>" in [each.id for each in rest]
    assert mailing.states() == {"sent": 2}


def test_who_may_have_it_and_does_not_want_it_any_more_gets_it_no_second_time(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mail.hang = "data"
    mailing.work(mail, seconds=0.5)
    mail.hang = ""
    mailing.execute("UPDATE notify.notices SET standing = false")
    mailing.pass_time(minutes=1)
    mailing.work(mail)
    assert len(mail.arrived) == 1
    # Only "revoked" comes back when the award does: it was never mailed then.
    assert mailing.delivery(award)["error"] == "revoked-in-doubt"


@contextmanager
def dripping() -> Iterator[int]:
    """A server that says one byte after the other, and never a whole line; its port."""
    ended = threading.Event()

    def drip(connection: socket.socket) -> None:
        with suppress(OSError):
            while not ended.wait(0.05):
                connection.send(b"2")

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=drip, args=[connection], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        ended.set()


def test_a_server_that_drips_is_given_up_after_the_time_for_all(mailing: Mailing) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    with dripping() as port, pytest.raises(SmtpAway, match="no answer in time"):
        mailing.work(f"smtp://127.0.0.1:{port}", seconds=0.5)
    stored = mailing.delivery(award)
    assert (stored["state"], stored["attempts"]) == ("waiting", 0)


def test_while_the_server_is_away_nothing_is_used_up_and_then_it_goes(mailing: Mailing) -> None:
    (port,) = free_ports(1)
    mailing.describe("wen")
    award = mailing.award("wen")
    with mailing.sending(f"smtp://127.0.0.1:{port}"):
        with pytest.raises(SmtpAway, match="Connect call failed"):
            mailing.work(f"smtp://127.0.0.1:{port}")
        assert mailing.delivery(award)["attempts"] == 0
        with mail_server(port=port) as mail:
            mailing.wait_for(award, "sent")
            assert len(mail.arrived) == 1


def test_many_mails_go_over_one_connection(mailing: Mailing, mail: MailServer) -> None:
    for number in range(20):
        mailing.describe(f"p{number}")
        mailing.award(f"p{number}")
    mailing.work(mail)
    assert (len(mail.arrived), mail.conversations) == (20, 1)


def test_a_connection_that_was_lost_while_it_rested_is_made_again(mail: MailServer) -> None:
    given = options(mail.url)
    with SmtpSession(given.smtp, DOMAIN, 5) as session:
        assert session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n").outcome == "accepted"
        mail.mail = lambda _: "421 4.4.2 idle"
        assert session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n").outcome == "later"
        mail.mail = lambda _: None
        reply = session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n")
    assert reply == Reply("accepted", "")


def test_nothing_is_said_to_a_server_that_cannot_encrypt(mail: MailServer) -> None:
    with (
        SmtpSession(SmtpServer("127.0.0.1", mail.port, starttls=True), DOMAIN, 5) as session,
        pytest.raises(SmtpAway),
    ):
        session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n")
    assert mail.arrived == []


def test_it_encrypts_and_believes_only_a_server_that_can_prove_its_name(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    proof = authority.issue("mail", "IP:127.0.0.1")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(proof.certificate, proof.key)
    trusted = ssl.create_default_context(cafile=authority.certificate)
    with mail_server(tls) as mail:
        server = SmtpServer("127.0.0.1", mail.port, starttls=True)
        with SmtpSession(server, DOMAIN, 5) as session, pytest.raises(SmtpAway):
            session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n")
        with SmtpSession(server, DOMAIN, 5, trusted) as session:
            assert session.send("a@b.example", "c@d.example", b"x: y\r\n\r\n").why == ""
    assert len(mail.arrived) == 1


def test_one_that_was_killed_leaves_a_lease_and_the_same_message(
    mailing: Mailing, mail: MailServer
) -> None:
    # Given a sender that dies when the server has the message, and before it writes that down,
    mailing.describe("wen")
    awards = [mailing.award("wen"), mailing.award("wen")]
    sender = EmailSender(mailing.engine, options(mail.url), lambda: mailing.now, 5)
    sender._settle = lambda *_: None  # type: ignore[method-assign]
    with SmtpSession(options(mail.url).smtp, DOMAIN, 5) as session:
        assert sender.send_one(session)
    assert mailing.states() == {"sending": 2}

    # when its lease has not ended, nobody touches it,
    assert mailing.work(mail) == 0
    # and when it has, it is sent once more, under the same id.
    mailing.end_leases()
    mailing.work(mail)
    assert [each.id for each in mail.arrived] == [f"<{min(awards)}.email@{DOMAIN}>"] * 2
    assert mailing.states() == {"sent": 2}


def test_two_processes_make_one_message_of_what_one_person_gets(
    mailing: Mailing, mail: MailServer
) -> None:
    people = [f"p{number}" for number in range(10)]
    for name in people:
        mailing.describe(name)
        for _ in range(5):
            mailing.award(name)
    with mailing.sending(mail), mailing.sending(mail):
        wait_until(lambda: mailing.states() == {"sent": 50})
    assert sorted(each.to for each in mail.arrived) == [f"{name}@example.org" for name in people]


def test_no_address_and_no_note_is_logged_or_stored(
    mailing: Mailing, mail: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    mailing.describe("wen", email="secret.address@example.org")
    mailing.award("wen", "Trust", giver="tomas")
    mail.rcpt = lambda to: f"451 4.7.1 {to} try later"
    mailing.work(mail)
    mail.rcpt = lambda to: f"550 5.1.1 {to} unknown"
    mailing.pass_time(minutes=1)
    mailing.work(mail)
    stored = mailing.rows(
        "SELECT to_jsonb(d)::text FROM notify.deliveries d "
        "UNION ALL SELECT to_jsonb(b)::text FROM notify.bad_addresses b"
    )
    said = capsys.readouterr()
    assert "address" in said.out + said.err
    assert "secret" not in str(stored) + said.out + said.err


def test_a_lease_is_longer_than_a_message_may_take() -> None:
    from notifier.channels.email.smtp import SECONDS

    # Connecting, sending, connecting again and sending again.
    assert due_deliveries.LEASE.total_seconds() >= 2 * SECONDS
