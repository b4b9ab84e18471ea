"""Messages in PostgreSQL: whatever the order, the repeats and the batches, they come to the same
as what a naive reader says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from notifier.rules.telling import TellingOptions
from tests.integration.notifier.reading import Reading
from tests.support.award_records import id_of, invitation_of, later, revision_of
from tests.support.examples import examples

Step = tuple[str, int]  # who, revision

steps = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), max_size=20)


@pytest.mark.parametrize("with_baseline", [False, True])
def test_the_tables_hold_what_the_highest_revisions_say(
    database: Engine, with_baseline: bool
) -> None:
    @examples(60)
    @given(steps, st.integers(1, 8), st.integers(0, 20), st.integers(0, 20))
    def in_batches(history: list[Step], size: int, cut: int, back: int) -> None:
        already = min(cut, len(history)) if with_baseline else 0
        reading = Reading(database, already)
        records = [revision_of(who, revision) for who, revision in history]
        # The end comes twice, as a relay repeats it after a crash.
        for part in (records, records[max(already, len(records) - back) :]):
            for start in range(0, len(part), size):
                reading.read(*part[start : start + size])
        items, sends, notices = reading.items(), reading.deliveries(), reading.notices()
        people = {who for who, _ in history}
        assert notices.keys() == {id_of(who) for who in people}
        for who in people:
            before = [revision for name, revision in history[:already] if name == who]
            highest = max(revision for name, revision in history if name == who)
            standing = highest % 2 == 1
            assert notices[id_of(who)] == (highest, standing, bool(before))
            live = highest > max(before, default=0)
            assert (items.get(id_of(who)) is False) == (standing and live)
            assert (sends.get(id_of(who)) == "waiting") == (standing and live and not before)

    in_batches()


def test_an_award_is_an_item_at_once_and_an_e_mail_after_the_grace(database: Engine) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann", at=later(seconds=60)), revision_of("ben", giver="ann"))

    assert reading.rows(
        "SELECT program, participant, what, award_id::text, at, read, gone FROM notify.items "
        "ORDER BY id"
    ) == [
        ("acme", "ann", "achievement", id_of("ann"), reading.now, None, False),
        ("acme", "ben", "kudos", id_of("ben"), reading.now, None, False),
    ]
    due = reading.now + timedelta(minutes=2)
    assert sorted(
        reading.rows(
            "SELECT participant, subject::text, kind, channel, state, due_at FROM notify.deliveries"
        )
    ) == [
        ("ann", id_of("ann"), "award", "email", "waiting", due),
        ("ben", id_of("ben"), "award", "email", "waiting", due),
    ]
    assert reading.rows(
        "SELECT program, loop, participant, badge, badge_name, level, category, giver, total, "
        "awarded_at, seen_at FROM notify.notices WHERE participant = 'ben'"
    ) == [
        ("acme", "l", "ben", "momentum", "Momentum", None, "kudos", "ann", 1, later(), reading.now)
    ]


def test_revoked_before_the_e_mail_went_it_is_dropped_and_sent_if_it_is_awarded_again(
    database: Engine,
) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann", 1, giver="ben"))
    reading.move_clock(minutes=1)
    reading.read(revision_of("ann", 2, total=0))

    assert reading.items() == {id_of("ann"): True}
    assert reading.deliveries() == {id_of("ann"): "dropped"}
    assert reading.rows("SELECT error, settled_at FROM notify.deliveries") == [
        ("revoked", reading.now)
    ]
    # What the award said is kept: the revocation does not repeat it.
    kept = "SELECT badge_name, category, giver, total, awarded_at FROM notify.notices"
    assert reading.rows(kept) == [("Momentum", "kudos", "ben", 0, later())]

    reading.move_clock(hours=1)
    reading.read(revision_of("ann", 3, giver="ben"))
    assert reading.items() == {id_of("ann"): False}
    assert reading.rows("SELECT state, error, settled_at, due_at FROM notify.deliveries") == [
        ("waiting", None, None, reading.now + timedelta(minutes=2))
    ]


@pytest.mark.parametrize("state", ["claimed", "sending", "sent", "failed"])
def test_what_was_sent_or_is_being_sent_is_never_sent_again(database: Engine, state: str) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann", 1))
    reading.execute("UPDATE notify.deliveries SET state = %s", state)

    reading.read(revision_of("ann", 2))
    assert reading.items() == {id_of("ann"): True}
    assert reading.deliveries() == {id_of("ann"): state}
    reading.read(revision_of("ann", 3))
    assert reading.items() == {id_of("ann"): False}
    assert reading.deliveries() == {id_of("ann"): state}


def test_what_was_dropped_for_another_reason_stays_dropped(database: Engine) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann", 1))
    reading.execute("UPDATE notify.deliveries SET state = 'dropped', error = 'no address'")

    reading.read(revision_of("ann", 2))
    reading.read(revision_of("ann", 3))
    assert reading.deliveries() == {id_of("ann"): "dropped"}


def test_an_item_that_was_read_and_comes_back_is_not_unread(database: Engine) -> None:
    reading = Reading(database)
    reading.read(revision_of("ann", 1))
    reading.execute("UPDATE notify.items SET read = at")

    reading.read(revision_of("ann", 2))
    reading.read(revision_of("ann", 3))
    assert reading.rows("SELECT read IS NOT NULL, gone FROM notify.items") == [(True, False)]


def test_old_news_and_what_was_switched_off_are_not_mailed(database: Engine) -> None:
    reading = Reading(database)
    choose = (
        "INSERT INTO notify.preferences (program, participant, version, appearance, "
        "email_off, in_app_off) VALUES ('acme', %s, 1, 'auto', %s, %s)"
    )
    reading.execute(choose, "ben", ["achievement"], [])
    reading.execute(choose, "cy", ["kudos"], ["achievement"])
    reading.read(
        revision_of("ann", at=later(days=-8)),
        revision_of("ben"),
        revision_of("cy"),
        revision_of("cy", badge="trust", occurrence="k", giver="ann"),
    )

    assert reading.items().keys() == {
        id_of("ann"),
        id_of("ben"),
        id_of("cy", "trust", "k"),
    }
    assert reading.deliveries() == {id_of("cy"): "waiting"}


def test_without_a_mail_server_there_are_items_only(database: Engine) -> None:
    reading = Reading(database, options=TellingOptions(email=False))
    reading.read(revision_of("ann"), invitation_of("ben", "ann"))
    assert (len(reading.items()), reading.deliveries()) == (2, {})


def test_an_invitation_is_kept_shown_and_due_once(database: Engine) -> None:
    reading = Reading(database)
    reading.read(invitation_of("ann", "ben", "cy"), invitation_of("ann", "ben", "cy"))
    reading.move_clock(days=1)
    reading.read(invitation_of("ann", "ben", "cy"))

    assert reading.rows(
        "SELECT loop, respondent, about, survey_id, at FROM notify.invitations"
    ) == [("l", "ann", ["ben", "cy"], "s", later())]
    assert reading.rows("SELECT participant, what, gone FROM notify.items") == [
        ("ann", "invitation", False)
    ]
    assert reading.rows("SELECT participant, kind, state, due_at FROM notify.deliveries") == [
        ("ann", "invitation", "waiting", reading.now - timedelta(days=1))
    ]


def test_what_was_there_before_the_first_start_is_kept_and_announced_to_nobody(
    database: Engine,
) -> None:
    reading = Reading(database, already=3)
    reading.read(
        revision_of("ann"),
        revision_of("ben"),
        invitation_of("ann", "ben"),
        revision_of("cy"),
        invitation_of("cy", "ben"),
    )

    assert {id: rest[2] for id, rest in reading.notices().items()} == {
        id_of("ann"): True,
        id_of("ben"): True,
        id_of("cy"): False,
    }
    assert reading.rows("SELECT count(*) FROM notify.invitations") == [(2,)]
    assert reading.rows("SELECT DISTINCT participant FROM notify.items") == [("cy",)]
    assert reading.rows("SELECT DISTINCT participant FROM notify.deliveries") == [("cy",)]


def test_an_award_of_the_baseline_that_is_lost_and_earned_again_is_an_item_and_no_e_mail(
    database: Engine,
) -> None:
    reading = Reading(database, already=1)
    reading.read(revision_of("ann", 1))
    reading.read(revision_of("ann", 2))
    reading.read(revision_of("ann", 3))

    assert reading.notices() == {id_of("ann"): (3, True, True)}
    assert (reading.items(), reading.deliveries()) == ({id_of("ann"): False}, {})


def test_bad_records_are_counted_and_passed_whatever_is_wrong_with_them(database: Engine) -> None:
    reading = Reading(database)
    bad = [
        None,
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"specversion":"1.0"}',
        revision_of("x", award_id="no-uuid"),
        revision_of("x", revision=2, reason="other"),
        revision_of("x", badge_name="\0"),
        revision_of("x", badge_name="\ud800"),
        revision_of("x", revision=2**31 + 1),
        revision_of("x", total=2**31),
        revision_of("x", awarded_at="2026-13-41T00:00:00.000000Z"),
        revision_of("x").replace(b"badge.awarded.v1", b"badge.awarded.v9"),
        revision_of("x").replace(b'"data": {', b'"data": 1, "was": {'),
        revision_of("x").replace(b'"time": "2', b'"time": "x'),
        invitation_of("x"),
        invitation_of("x", "y", "y"),
    ]

    assert reading.read(*bad, revision_of("ann"), *bad) == 2 * len(bad)
    assert reading.items() == {id_of("ann"): False}


def test_a_thousand_awards_of_one_person_are_a_thousand_items(database: Engine) -> None:
    reading = Reading(database)
    awards = [
        revision_of("ann", badge="trust", occurrence=f"k{number}", giver="ben")
        for number in range(1_000)
    ]
    reading.read(*awards)
    reading.read(*awards)

    assert len(reading.items()) == len(reading.deliveries()) == 1_000
