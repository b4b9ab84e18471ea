"""News about a case: an item at once, an e-mail that does not say what moved, each once."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from engine.store.postgres.connection import transaction
from notifier.rules import case_news as rules
from notifier.rules.case_news import News
from notifier.store import case_news
from notifier.store.case_news import CaseNotice
from tests.integration.notifier.mailing import NOON, PROGRAM, PUBLIC, Mailing
from tests.support.mail_server import MailServer

CASE, OTHER = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def notice(
    participant: str, news: News = "decided", case_id: str = CASE, *, in_app: bool = True
) -> CaseNotice:
    """News of a step of a case."""
    news_id = rules.news_id(case_id, participant, news, "decided", 1)
    return CaseNotice(news_id, case_id, PROGRAM, participant, news, own=True, in_app=in_app)


def add(mailing: Mailing, *news: CaseNotice) -> None:
    """Notify people."""
    with transaction(mailing.engine) as tx:
        case_news.add(tx, news, mailing.now)


def items(mailing: Mailing) -> list[tuple[Any, ...]]:
    """Whom pages notify of which case."""
    rows = mailing.rows(
        "SELECT i.participant, i.what, n.case_id::text, n.news FROM notify.items i "
        "JOIN notify.case_news n USING (news_id) ORDER BY i.participant, i.id"
    )
    return [tuple(row) for row in rows]


def test_what_is_repeated_is_one_item_and_one_e_mail(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("imani", "Imani Otieno")
    for _ in range(2):
        add(mailing, notice("imani"))
        mailing.work(mail)
    assert items(mailing) == [("imani", "case", CASE, "decided")]
    assert len(mail.arrived) == 1


def test_an_e_mail_says_that_a_case_has_moved_and_where_and_nothing_else(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("imani", "Imani Otieno")
    add(mailing, notice("imani"))
    mailing.work(mail)
    (arrived,) = mail.arrived
    assert arrived.message["Subject"] == "A case has moved"
    assert f"{PUBLIC}/p/{PROGRAM}/cases/{CASE}" in arrived.text
    assert "/u/" in arrived.message["List-Unsubscribe"]
    written = f"{arrived.message['Subject']} {arrived.text}".lower()
    assert not [word for word in ("decided", "granted", "declined", "stage") if word in written]


def test_news_of_one_case_are_one_line_and_of_two_cases_one_e_mail(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("ruth", "Ruth Adler")
    add(mailing, notice("ruth", "on_desk"), notice("ruth", "seat"), notice("ruth", "seat", OTHER))
    mailing.work(mail)
    (arrived,) = mail.arrived
    assert arrived.message["Subject"] == "2 cases have moved"
    assert arrived.text.count(CASE) == arrived.text.count(OTHER) == 1


@pytest.mark.parametrize(("late", "mails"), [({"days": 7}, 1), ({"days": 7, "minutes": 1}, 0)])
def test_what_is_older_than_a_week_when_a_mail_server_is_there_needs_no_e_mail(
    mailing: Mailing, mail: MailServer, late: dict[str, float], mails: int
) -> None:
    mailing.describe("imani", "Imani Otieno")
    add(mailing, notice("imani"))
    mailing.pass_time(**late)
    mailing.work(mail)
    assert len(mail.arrived) == mails
    assert len(items(mailing)) == 1


def test_quiet_hours_and_what_somebody_turned_off_are_respected(
    mailing: Mailing, mail: MailServer
) -> None:
    for name in ("imani", "wei"):
        mailing.describe(name)
    mailing.choose("wei", email_off=["recognition"])
    mailing.now = NOON.replace(hour=23)
    add(mailing, notice("imani", in_app=False), notice("wei"))
    mailing.work(mail)
    assert mail.arrived == []
    mailing.pass_time(hours=9, minutes=1)
    mailing.work(mail)
    assert [arrived.to for arrived in mail.arrived] == ["imani@example.org"]
    assert [item[0] for item in items(mailing)] == ["wei"]


def test_who_was_erased_before_the_e_mail_went_gets_none(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("imani")
    mailing.now = NOON.replace(hour=23)
    add(mailing, notice("imani"))
    mailing.work(mail)
    mailing.execute("DELETE FROM notify.case_news")
    mailing.pass_time(hours=10)
    mailing.work(mail)
    assert (mail.arrived, mailing.states()) == ([], {"dropped": 1})


def test_every_step_has_news_of_its_own() -> None:
    """Given one case and person, news differ by what moved, by the state and by the pack."""
    steps: Sequence[tuple[News, str, int]] = [
        ("overdue", "applied", 0), ("overdue", "acknowledged", 0), ("frozen", "settling", 1),
        ("frozen", "settling", 2), ("seat", "on_desk", 1),
    ]  # fmt: skip
    ids = {rules.news_id(CASE, who, *step) for who in ("imani", "wei") for step in steps}
    assert len(ids) == 10
