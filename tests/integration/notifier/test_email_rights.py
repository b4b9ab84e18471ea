"""E-mails are sent under the notifier's own role, which can read what they say and nothing else."""

from sqlalchemy import make_url

from engine.store.generations.live import start
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from tests.integration.notifier.mailing import PROGRAM, Mailing
from tests.integration.web.people_surface import PASSWORD
from tests.support.given import MENTORLOOP
from tests.support.mail_server import MailServer
from web.database import roles
from web.migrations import CHAIN as WEB


def test_the_role_of_the_notifier_is_enough(
    mailing: Mailing, mail: MailServer, migrated_url: str
) -> None:
    for chain in (GOVERNANCE, WEB):
        schema.migrate(mailing.engine, chain=chain)
    with transaction(mailing.engine) as tx:
        start(tx, MENTORLOOP)
        tx.execute("INSERT INTO programs SELECT %s, generation FROM default_generation", PROGRAM)
        roles.make(tx)
        tx.execute(f"ALTER ROLE badge_notify PASSWORD '{PASSWORD}'")
    mailing.describe("wen")
    mailing.describe("tomas")
    mailing.award("wen", "Trust", giver="tomas", kudos_id="k")
    mailing.award("ann")
    url = make_url(migrated_url).set(username="badge_notify", password=PASSWORD)
    owner = mailing.engine
    mailing.engine = connect(url.render_as_string(hide_password=False), "test")

    mail.rcpt = lambda _: "550 no"
    mailing.work(mail)
    mail.rcpt = lambda _: None
    Mailing(owner).describe("wen", email="wen@elsewhere.example")
    mailing.invite("wen", "tomas")
    mailing.pass_time(hours=21)
    mailing.work(mail)

    mailing.engine.dispose()
    mailing.engine = owner
    outcomes = mailing.rows(
        "SELECT kind, participant, state, error FROM notify.deliveries ORDER BY 1, 2"
    )
    assert outcomes == [
        ("award", "ann", "dropped", "unknown-person"),
        ("award", "wen", "failed", "550"),
        ("invitation", "wen", "sent", None),
    ]
