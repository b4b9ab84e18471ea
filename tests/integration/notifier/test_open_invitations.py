"""Which invitations somebody may still answer."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from engine.store.postgres.connection import Transaction, transaction
from events.schemas.kudos_invited import KudosInvited
from notifier.store import invitations

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
ASKED = NOW - timedelta(days=2)


@pytest.fixture
def tx(database: Engine) -> Iterator[Transaction]:
    with transaction(database) as opened:
        yield opened


def invited(*about: str, loop: str = "l", respondent: str = "ann") -> KudosInvited:
    """An invitation of the program acme."""
    return KudosInvited(
        invitation_id=str(uuid.uuid4()),
        program_id="acme",
        loop_id=loop,
        respondent_id=respondent,
        about_ids=about,
        survey_id="s",
    )


def kudos(
    tx: Transaction, to: str, *, loop: str = "l", ago: int = 1, standing: bool = True
) -> None:
    """What Ann gave, so many days before now."""
    tx.execute(
        "INSERT INTO notify.notices (award_id, revision, standing, program, loop, participant, "
        "badge, badge_name, category, giver, awarded_at, seen_at, baseline) "
        "VALUES (gen_random_uuid(), 1, %s, 'acme', %s, %s, 'trust', 'Trust', 'kudos', 'ann', "
        "%s, %s, false)",
        standing, loop, to, NOW - timedelta(days=ago), NOW,
    )  # fmt: skip


def open_ids(tx: Transaction) -> list[str]:
    return [each.invitation_id for each in invitations.open_of(tx, "acme", "ann", NOW)]


def test_an_invitation_is_open_to_its_respondent_only_and_the_latest_comes_first(
    tx: Transaction,
) -> None:
    earlier, later, others = invited("ben", "cy"), invited("ben"), invited("ann", respondent="ben")
    new = invitations.add(
        tx, [(earlier, ASKED), (later, ASKED + timedelta(hours=1)), (others, ASKED)]
    )

    assert new == {each.invitation_id for each in (earlier, later, others)}
    assert open_ids(tx) == [later.invitation_id, earlier.invitation_id]
    (_, open_) = invitations.open_of(tx, "acme", "ann", NOW)
    assert (open_.loop, open_.about, open_.at) == ("l", ("ben", "cy"), ASKED)


def test_an_invitation_that_is_read_again_is_not_new_and_stays_dismissed(tx: Transaction) -> None:
    invitation = invited("ben")
    invitations.add(tx, [(invitation, ASKED)])
    tx.execute("UPDATE notify.invitations SET dismissed = %s", NOW)

    assert invitations.add(tx, [(invitation, ASKED), (invitation, ASKED)]) == set()
    assert open_ids(tx) == []


def test_it_is_open_until_everybody_it_is_about_got_kudos_from_the_respondent_since(
    tx: Transaction,
) -> None:
    invitation = invited("ben", "cy")
    invitations.add(tx, [(invitation, ASKED)])
    kudos(tx, "ben")
    kudos(tx, "cy", ago=3)  # before the survey
    kudos(tx, "cy", loop="other")
    kudos(tx, "cy", standing=False)  # withdrawn
    assert open_ids(tx) == [invitation.invitation_id]

    kudos(tx, "cy")
    assert open_ids(tx) == []


def test_it_is_open_for_thirty_days(tx: Transaction) -> None:
    month = timedelta(days=30)
    young = invited("ben")
    invitations.add(
        tx, [(invited("ben"), NOW - month), (young, NOW - month + timedelta(seconds=1))]
    )

    assert open_ids(tx) == [young.invitation_id]


@pytest.mark.parametrize(("state", "open_"), [("open", True), ("closed", False)])
def test_it_is_open_while_its_loop_is(tx: Transaction, state: str, open_: bool) -> None:
    invitations.add(tx, [(invited("ben"), ASKED)])
    tx.execute(
        'INSERT INTO directory.loops (program, loop, kind, state, told_at, lane, "offset", '
        "published_at) VALUES ('acme', 'l', 'group', %s, %s, 1, 1, %s)",
        state, NOW, NOW,
    )  # fmt: skip

    assert bool(open_ids(tx)) is open_
