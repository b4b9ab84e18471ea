"""E-mails as they arrive at a real mail server: what goes, to whom, and what it says."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

import pytest

from engine.fact import Place
from engine.intake.keys import key
from engine.store.generations.live import start
from engine.store.postgres.connection import transaction
from events.schemas.kudos_given import KudosGiven
from notifier import unsubscribe
from notifier.unsubscribe import Unsubscription
from tests.integration.notifier.mailing import DOMAIN, KEY, NOON, PROGRAM, PUBLIC, Mailing
from tests.support.given import MENTORLOOP
from tests.support.mail_server import MailServer


def test_one_award_is_one_e_mail_in_text_and_html(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe_program("Northfield Alumni")
    mailing.describe("wen", "Wen Zhao")
    mailing.describe("tomas", "Tomas Herrera", given_name="Tomas")
    award = mailing.award("wen", "Trust", giver="tomas")

    mailing.work(mail, unsubscribe_mailto="stop@badges.example")

    (arrived,) = mail.arrived
    message = arrived.message
    assert (arrived.to, arrived.id) == ("wen@example.org", f"<{award}.email@{DOMAIN}>")
    assert message["Subject"] == "Tomas gave you Trust"
    assert message["From"] == "Northfield Alumni <recognition@badges.example>"
    assert message["To"] == "Wen Zhao <wen@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]) == NOON
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    for part in (arrived.text, arrived.html):
        assert "Tomas Herrera gave you Trust." in part
        assert f"{PUBLIC}/p/{PROGRAM}/kudos" in part
        assert f"{PUBLIC}/p/{PROGRAM}/settings" in part
    assert mailing.state(award) == "sent"


def test_it_says_what_for_and_that_there_is_a_note_and_never_what_is_in_it(
    mailing: Mailing, mail: MailServer
) -> None:
    with transaction(mailing.engine) as tx:
        start(tx, MENTORLOOP)
        tx.execute("INSERT INTO programs SELECT %s, generation FROM default_generation", PROGRAM)
        place = Place(PROGRAM, "l", None)
        noted = key(place, KudosGiven.TYPE, "k/1")
        tx.execute("INSERT INTO messages (place, fact, message) VALUES (%s, %s, 'CANARY')", *noted)
    mailing.describe("wen")
    mailing.describe("tomas", "Tomas Herrera")
    mailing.award("wen", "Trust", giver="tomas", kudos_id="k/1")
    mailing.award("wen", "Expertise", giver="tomas", kudos_id="k/2")

    mailing.work(mail)

    (arrived,) = mail.arrived
    for part in (arrived.text, arrived.html):
        assert (
            "Tomas Herrera recognised you for building safe, trusted, empathetic relationships, "
            "with a personal note." in part
        )
        assert "Tomas Herrera recognised you for sharing knowledge with impact." in part
        assert f"{PUBLIC}/p/{PROGRAM}/notes/k%2F1" in part
        assert "k%2F2" not in part
    assert b"CANARY" not in arrived.raw
    assert "CANARY" not in arrived.text + arrived.html


def test_it_can_be_ended_with_one_click(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.award("wen", "Trust", giver="tomas")
    mailing.work(mail, unsubscribe_mailto="stop@badges.example")

    (arrived,) = mail.arrived
    ways = re.findall(r"<([^>]*)>", str(arrived.message["List-Unsubscribe"]))
    assert arrived.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ways[1] == "mailto:stop@badges.example?subject=unsubscribe"
    prefix, _, token = ways[0].rpartition("/")
    assert prefix == f"{PUBLIC}/u"
    assert unsubscribe.read(KEY, token) == Unsubscription(PROGRAM, "wen", "kudos")
    # Mail programs read the header as it is on the wire: no line of it is encoded.
    assert f"List-Unsubscribe: <{ways[0]}>".encode() in arrived.raw
    assert ways[0] in arrived.text


def test_without_an_address_for_it_only_the_link_ends_e_mails(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    mailing.award("wen")
    mailing.work(mail)
    assert "mailto" not in str(mail.arrived[0].message["List-Unsubscribe"])


def test_all_that_is_due_of_somebody_goes_in_one_e_mail(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.describe("ann")
    mailing.describe("tomas", "Tomas Herrera", given_name="Tomas")
    awards = [mailing.award("wen", "Trust", giver="tomas")]
    awards += [mailing.award("wen", "Momentum", "gold") for _ in range(999)]
    other = mailing.award("ann")

    mailing.work(mail)

    assert mailing.states() == {"sent": 1_001}
    to_wen = next(each for each in mail.arrived if each.to == "wen@example.org")
    assert len(mail.arrived) == 2
    assert to_wen.id == f"<{min(awards)}.email@{DOMAIN}>"
    assert other in "".join(each.id for each in mail.arrived)
    assert str(to_wen.message["Subject"]).endswith(", and 998 more")
    assert "And 980 more." in to_wen.text
    assert len(to_wen.raw) < 60_000


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("nobody described them", "unknown-person"),
        ("they have no address", "no-address"),
        ("e-mails are off", "off"),
        ("it was revoked", "revoked"),
        ("all hours are quiet", "always-quiet"),
    ],
)
def test_what_is_not_to_be_sent_is_dropped_when_it_is_due(
    mailing: Mailing, mail: MailServer, where: str, why: str
) -> None:
    if where != "nobody described them":
        mailing.describe("wen", email=None if where == "they have no address" else "")
    award = mailing.award("wen")
    if where == "e-mails are off":
        mailing.choose("wen", email_off=["achievement"])
    if where == "all hours are quiet":
        mailing.choose("wen", quiet_from="07:00", quiet_to="07:00")
    if where == "it was revoked":
        mailing.execute("UPDATE notify.notices SET standing = false")

    mailing.work(mail)

    assert mail.arrived == []
    assert (mailing.state(award), mailing.delivery(award)["error"]) == ("dropped", why)


def test_of_a_bundle_only_what_is_off_is_left_out(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.choose("wen", email_off=["kudos"])
    kudos, badge = mailing.award("wen", "Trust", giver="tomas"), mailing.award("wen")
    mailing.work(mail)
    assert (mailing.state(kudos), mailing.state(badge)) == ("dropped", "sent")
    assert "Trust" not in mail.arrived[0].text


def test_what_is_revoked_after_the_mail_changes_nothing(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    award = mailing.award("wen")
    mailing.work(mail)
    mailing.execute("UPDATE notify.notices SET standing = false")
    mailing.work(mail)
    assert len(mail.arrived) == 1
    assert mailing.state(award) == "sent"


def test_in_quiet_hours_it_waits_until_they_are_over(mailing: Mailing, mail: MailServer) -> None:
    # Berlin goes to summer time in this night: 08:00 there is 06:00 UTC, not 07:00.
    mailing.now = datetime(2026, 3, 28, 22, tzinfo=UTC)
    mailing.describe("wen", timezone="Europe/Berlin")
    award = mailing.award("wen")

    mailing.work(mail)
    assert (mail.arrived, mailing.state(award)) == ([], "waiting")
    assert mailing.due(award) == datetime(2026, 3, 29, 6, tzinfo=UTC)

    mailing.now = mailing.due(award)
    mailing.work(mail)
    assert len(mail.arrived) == 1


def test_the_zone_that_somebody_chose_decides(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen", timezone="No/Where")
    mailing.choose("wen", timezone="Asia/Kolkata")
    mailing.now = datetime(2026, 5, 4, 15, tzinfo=UTC)
    award = mailing.award("wen")
    mailing.work(mail)
    assert mailing.due(award) == datetime(2026, 5, 5, 2, 30, tzinfo=UTC)


def test_invitations_go_in_the_morning_once_a_day_together(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("wen")
    mailing.describe("tomas", "Tomas Herrera", given_name="Tomas")
    first, second = mailing.invite("wen", "tomas"), mailing.invite("wen", "tomas", "ana.silva")
    mailing.work(mail)
    assert mail.arrived == []
    assert mailing.due(first) == mailing.due(second) == NOON + timedelta(hours=21)

    mailing.now = mailing.due(first)
    mailing.work(mail)
    (arrived,) = mail.arrived
    assert arrived.id == f"<{min(first, second)}.email@{DOMAIN}>"
    assert arrived.message["Subject"] == (
        "Would you recognise Tomas and Participant ilva for something?"
    )
    assert f"{PUBLIC}/p/{PROGRAM}/give?invitation={first}" in arrived.text

    # Another one from before, read late: not today, though it is morning.
    third = mailing.invite("wen", "tomas", at=NOON - timedelta(days=1))
    mailing.pass_time(minutes=1)
    mailing.work(mail)
    assert mailing.due(third) == NOON + timedelta(hours=21 + 24)


def test_an_invitation_that_was_answered_is_dropped(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.describe("tomas")
    invitation = mailing.invite("wen", "tomas")
    mailing.pass_time(hours=1)
    mailing.award("tomas", "Trust", giver="wen", due=NOON + timedelta(days=9))
    mailing.pass_time(hours=20)
    mailing.work(mail)
    assert (mail.arrived, mailing.delivery(invitation)["error"]) == ([], "closed")


def test_a_test_goes_at_any_hour_and_has_nothing_to_end(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("wen")
    mailing.choose("wen", email_off=["achievement", "kudos", "invitation"])
    mailing.now = NOON + timedelta(hours=11)
    mailing.enqueue("00000000-0000-4000-8000-000000000001", "test", "wen")
    mailing.work(mail)
    (arrived,) = mail.arrived
    assert arrived.message["Subject"] == f"A test from {PROGRAM}"
    assert arrived.message["List-Unsubscribe"] is None


def test_names_are_escaped_and_make_no_header(mailing: Mailing, mail: MailServer) -> None:
    hostile = 'Eve" <script>alert(1)</script>\r\nBcc: all@example.org\u202e'
    mailing.describe_program("<b>Acme</b>\r\nX-Evil: 1")
    mailing.describe("wen", hostile)
    mailing.describe("eve", hostile)
    mailing.award("wen", "Trust <img src=x>", giver="eve")
    mailing.award("wen", "Momentum")

    mailing.work(mail)

    (arrived,) = mail.arrived
    assert set(arrived.message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert "<script" not in arrived.html
    assert "<img" not in arrived.html
    assert "&lt;script&gt;" in arrived.html
    assert "\u202e" not in arrived.html + arrived.text
    assert [line for line in arrived.text.splitlines() if line.startswith("Bcc")] == []
    assert arrived.to == "wen@example.org"


def test_ids_stand_in_links_percent_encoded(mailing: Mailing, mail: MailServer) -> None:
    mailing.execute("INSERT INTO directory.programs VALUES ('a/b', '{\"name\": \"AB\"}', now(), "
                    "0, 0, now())")  # fmt: skip
    mailing.describe("wen")
    mailing.award("wen")
    for table in ("directory.participants", "notify.notices", "notify.deliveries"):
        mailing.execute(f"UPDATE {table} SET program = 'a/b'")
    mailing.work(mail)
    link = re.search(r"Your badges: (\S+)", mail.arrived[0].text)
    assert link is not None
    assert link.group(1) == f"{PUBLIC}/p/a%2Fb/kudos"
    assert unquote(link.group(1)) == f"{PUBLIC}/p/a/b/kudos"
