"""Who holds what ends is reminded 90 and 14 days before: once each, on pages and by e-mail."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from engine.catalog.loader import parse
from engine.store import policies
from engine.store.generations.live import start
from engine.store.postgres.connection import transaction
from notifier.reminders import Reminders
from tests.integration.notifier.mailing import NOON, PROGRAM, Mailing
from tests.support.mail_server import MailServer

GRANTED = NOON - timedelta(days=700)


def held(
    mailing: Mailing,
    participant: str,
    until: datetime | None,
    badge: str = "Licence",
    since: datetime = GRANTED,
) -> str:
    """An award of which people were told long ago. Gives its id."""
    award_id = str(uuid.uuid4())
    mailing.execute(
        "INSERT INTO notify.notices (award_id, revision, standing, program, participant, badge, "
        "badge_name, category, total, awarded_at, valid_until, seen_at, baseline) "
        "VALUES (%s, 1, true, %s, %s, %s, %s, 'achievement', 1, %s, %s, %s, false)",
        award_id, PROGRAM, participant, badge.lower(), badge, since, until, since,
    )  # fmt: skip
    return award_id


def look(mailing: Mailing, *, by_email: bool = True) -> int:
    """What a look now makes."""
    return Reminders(mailing.engine, lambda: mailing.now, by_email=by_email).look()


def items(mailing: Mailing) -> list[tuple[Any, ...]]:
    """Whom pages remind, and whether of what is gone."""
    rows = mailing.rows("SELECT participant, what, gone FROM notify.items ORDER BY id")
    return [tuple(row) for row in rows]


def test_one_reminder_at_90_days_and_one_at_14_each_once(
    mailing: Mailing, mail: MailServer
) -> None:
    mailing.describe("imani", "Imani Otieno", timezone="Europe/Berlin")
    held(mailing, "imani", NOON + timedelta(days=90))
    assert [look(mailing), look(mailing)] == [1, 0]
    mailing.work(mail)
    mailing.pass_time(days=75)
    assert look(mailing) == 0
    mailing.pass_time(days=1)
    assert [look(mailing), look(mailing)] == [1, 0]
    mailing.work(mail)
    mailing.pass_time(days=30)
    assert look(mailing) == 0
    mailing.work(mail)
    subjects = [arrived.message["Subject"] for arrived in mail.arrived]
    assert subjects == ["Licence is valid until 2 August 2026"] * 2
    assert "Ask your program how it is renewed." in mail.arrived[0].text
    assert "/u/" in mail.arrived[0].message["List-Unsubscribe"]
    assert len({arrived.id for arrived in mail.arrived}) == 2
    assert items(mailing) == [("imani", "ending", False)] * 2


def test_who_was_away_when_the_first_was_due_gets_only_the_second(mailing: Mailing) -> None:
    held(mailing, "imani", NOON + timedelta(days=10))
    assert [look(mailing), look(mailing)] == [1, 0]
    assert mailing.states() == {"waiting": 1}


def test_what_has_ended_or_does_not_end_reminds_nobody(mailing: Mailing) -> None:
    held(mailing, "imani", NOON)
    held(mailing, "wei", None)
    assert look(mailing) == 0


def test_who_renewed_is_not_reminded_and_is_once_the_renewal_is_revoked(mailing: Mailing) -> None:
    held(mailing, "imani", NOON + timedelta(days=60))
    renewal = held(mailing, "imani", NOON + timedelta(days=700), since=NOON)
    held(mailing, "imani", None, badge="Other", since=NOON)
    assert look(mailing) == 0
    mailing.execute("UPDATE notify.notices SET standing = false WHERE award_id = %s", renewal)
    assert look(mailing) == 1


def test_a_renewal_before_the_e_mail_went_drops_it(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("imani")
    held(mailing, "imani", NOON + timedelta(days=60))
    look(mailing)
    held(mailing, "imani", NOON + timedelta(days=700), since=NOON)
    mailing.work(mail)
    assert (mail.arrived, mailing.states()) == ([], {"dropped": 1})


def test_a_revocation_before_the_e_mail_went_drops_it(mailing: Mailing, mail: MailServer) -> None:
    mailing.describe("imani")
    award = held(mailing, "imani", NOON + timedelta(days=60))
    look(mailing)
    mailing.execute("UPDATE notify.notices SET standing = false WHERE award_id = %s", award)
    mailing.work(mail)
    assert (mail.arrived, mailing.states()) == ([], {"dropped": 1})


def test_a_higher_stage_that_goes_on_covers_the_one_below_and_not_the_other_way(
    mailing: Mailing,
) -> None:
    with transaction(mailing.engine) as tx:
        start(tx, parse(STAGES))
        tx.execute("INSERT INTO programs SELECT %s, generation FROM default_generation", PROGRAM)
    held(mailing, "imani", NOON + timedelta(days=60), badge="Proficient")
    held(mailing, "imani", NOON + timedelta(days=700), badge="Master")
    assert look(mailing) == 0
    held(mailing, "wei", NOON + timedelta(days=60), badge="Master")
    held(mailing, "wei", NOON + timedelta(days=700), badge="Proficient")
    assert look(mailing) == 1


def test_the_order_of_stages_is_that_of_the_policy_that_was_adopted_last(mailing: Mailing) -> None:
    with transaction(mailing.engine) as tx:
        start(tx, parse(STAGES))
        tx.execute("INSERT INTO programs SELECT %s, generation FROM default_generation", PROGRAM)
        policies.adopt(tx, parse(STAGES_TURNED), "ada", "masters begin")
    held(mailing, "imani", NOON + timedelta(days=60), badge="Proficient")
    held(mailing, "imani", NOON + timedelta(days=700), badge="Master")
    assert look(mailing) == 1


def test_quiet_hours_and_what_somebody_turned_off_are_respected(
    mailing: Mailing, mail: MailServer
) -> None:
    for name in ("imani", "wei", "noor"):
        mailing.describe(name)
        held(mailing, name, NOON + timedelta(days=60))
    mailing.choose("wei", email_off=["achievement"])
    mailing.execute(
        "INSERT INTO notify.preferences (program, participant, version, appearance, in_app_off) "
        "VALUES (%s, 'noor', 1, 'auto', '{achievement}')",
        PROGRAM,
    )
    mailing.now = NOON.replace(hour=23)
    assert look(mailing) == 3
    mailing.work(mail)
    assert mail.arrived == []
    mailing.pass_time(hours=9, minutes=1)
    mailing.work(mail)
    assert sorted(arrived.to for arrived in mail.arrived) == [
        "imani@example.org",
        "noor@example.org",
    ]
    assert sorted(item[0] for item in items(mailing)) == ["imani", "wei"]


def test_without_a_mail_server_pages_remind_all_the_same(mailing: Mailing) -> None:
    held(mailing, "imani", NOON + timedelta(days=60))
    assert look(mailing, by_email=False) == 1
    assert mailing.states() == {}
    assert items(mailing) == [("imani", "ending", False)]


def _stage(name: str) -> str:
    return f"""\
  {name}:
    name: {name.title()}
    description: A stage
    valid_for: {{months: 24}}
    repeatable:
      event: mentoring.milestone.completed.v1
      who: participant_id
      where: {{milestone: {{equals: {name}}}}}
"""


STAGES = f"""\
catalog: stages
version: 1
measures:
  milestones:
    event: mentoring.milestone.completed.v1
    who: participant_id
    aggregate: count
badges:
{_stage("proficient")}{_stage("master")}stages:
"""
_ASKED = "{{badge: {0}, approvers: 2, given: {{at_least: {{milestones: 1}}}}}}"
_PROFICIENT, _MASTER = (f"  {n}: {_ASKED.format(n)}\n" for n in ("proficient", "master"))
STAGES_TURNED = STAGES + _MASTER + _PROFICIENT
STAGES += _PROFICIENT + _MASTER
