"""What people were notified of, put into the notifier's tables as it would."""

import uuid
from datetime import datetime, timedelta

from notifier.rules.case_news import News
from notifier.store import case_news
from notifier.store.case_news import CaseNotice
from tests.integration.web.people_surface import PeopleSurface

PROGRAM = "acme"


def name_of(number: int) -> str:
    """An id of an award or an invitation."""
    return str(uuid.UUID(int=number))


def clear(surface: PeopleSurface) -> None:
    """Nobody was notified of anything."""
    with surface.harness.transaction() as tx:
        for table in (
            "items",
            "notices",
            "invitations",
            "preferences",
            "bad_addresses",
            "case_news",
        ):
            tx.execute(f"DELETE FROM notify.{table}")


def add_award(
    surface: PeopleSurface,
    number: int,
    person: str,
    badge: str = "momentum",
    *,
    giver: str | None = None,
    level: str | None = None,
    ago: timedelta = timedelta(hours=1),
    late: timedelta = timedelta(0),
    gone: bool = False,
    award_id: str | None = None,
) -> int:
    """Notify somebody of an award, seen so long `ago`, `late` after it was earned; gives the id of
    the notification."""
    seen = surface.now - ago
    category = "achievement" if giver is None else "kudos"
    with surface.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.notices (award_id, revision, standing, program, loop, participant, "
            "badge, badge_name, level, category, giver, awarded_at, seen_at, baseline) "
            "VALUES (%s, 1, %s, %s, 'a', %s, %s, initcap(%s), %s, %s, %s, %s, %s, false)",
            award_id or name_of(number), not gone, PROGRAM, person, badge, badge, level, category,
            giver, seen - late, seen,
        )  # fmt: skip
        row = tx.one(
            "INSERT INTO notify.items (program, participant, what, award_id, at, gone) "
            "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            PROGRAM, person, category, award_id or name_of(number), seen, gone,
        )  # fmt: skip
    assert row is not None
    return int(row[0])


def add_invitation(
    surface: PeopleSurface,
    number: int,
    person: str,
    *about: str,
    loop: str = "a",
    at: datetime | None = None,
) -> str:
    """Invite somebody to thank others, and notify them; gives the id of the invitation."""
    invited = at or surface.now - timedelta(days=1)
    with surface.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.invitations (invitation_id, program, loop, respondent, about, "
            "survey_id, at) VALUES (%s, %s, %s, %s, %b::text[], 's', %s)",
            name_of(number), PROGRAM, loop, person, list(about), invited,
        )  # fmt: skip
        tx.execute(
            "INSERT INTO notify.items (program, participant, what, invitation_id, at) "
            "VALUES (%s, %s, 'invitation', %s, %s)",
            PROGRAM, person, name_of(number), invited,
        )  # fmt: skip
    return name_of(number)


def add_case_news(
    surface: PeopleSurface, number: int, person: str, news: News, *, own: bool = True
) -> str:
    """Notify somebody of a case that has moved; gives the id of the case."""
    notice = CaseNotice(name_of(number), name_of(number), PROGRAM, person, news, own, in_app=True)
    with surface.harness.transaction() as tx:
        case_news.add(tx, [notice], surface.now)
    return name_of(number)
