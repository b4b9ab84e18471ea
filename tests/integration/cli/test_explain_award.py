"""`explain AWARD_ID`: what was announced, what the facts say now, and what became of it."""

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from events.award_ids import award_id
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.people import STORY
from tests.support.given import MEETING, MENTORLOOP, QUIZ, meeting, quiz, retracted

GOLD = award_id("program", "loop", "ann", "momentum", "gold")
BRONZE = award_id("program", "loop", "ann", "momentum", "bronze")
CHAMPION = award_id("program", "loop", "ann", "mentorloop-champion", "")
CERTIFIED = award_id("program", None, "ann", "mentorloop-certified", "")
TRUST = award_id("program", "loop", "ann", "trust", "k-trust")


def test_a_standing_award_names_its_dates_evidence_and_catalog(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    out = badge_engine("explain", GOLD).out
    assert f"award {GOLD}: stands (revision 1)" in out
    catalog = f"under mentorloop version 1 ({MENTORLOOP.digest[:12]})"
    assert f"announced   2026-03-15T10:00:00.000000Z {catalog}" in out
    assert "recomputed  2026-03-15T10:00:00.000000Z, as announced" in out
    assert "evidence: 15" in out
    assert "2026-03-15T10:00:00.000000Z  mentoring.meeting.completed.v1 m15" in out
    assert "✓ gold: meetings_attended at least 15" in out
    assert "silver" not in out


def test_an_award_for_a_kudos_names_the_giver(store: Engine, badge_engine: Command) -> None:
    tell_all(store, STORY)
    out = badge_engine("explain", TRUST.upper()).out
    assert "from        dan" in out
    assert "each mentoring.kudos.given.v1 where kind is trust" in out
    assert "recomputed  2026-03-06T10:00:00.000000Z, as announced" in out


def test_awards_that_are_evidence_are_named(store: Engine, badge_engine: Command) -> None:
    tell_all(store, [record for record in STORY if b"c-" not in record])
    out = badge_engine("explain", CHAMPION).out
    assert f"award {GOLD}  momentum gold" in out
    assert f"award {CERTIFIED}  mentorloop-certified" in out


def test_a_revoked_award_names_the_retraction_it_fell_with(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    tell(store, retracted(MEETING, "m9", at=25), retracted(MEETING, "b1", at=28))
    out = badge_engine("explain", GOLD).out
    assert f"award {GOLD}: revoked (revision 2)" in out
    assert (
        "revoked     because mentoring.meeting.completed.v1 m9, which it rested on, was retracted "
        "as of 2026-03-25T10:00:00.000000Z" in out
    )
    assert "recomputed  not earned" in out
    assert "✗ gold: meetings_attended at least 15" in out


def test_an_award_revoked_by_a_cascade_names_the_cause_at_its_root(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, [record for record in STORY if b"c-" not in record])
    tell(store, retracted(QUIZ, "q1", at=26, loop_id=None, participant_id="ann"))
    out = badge_engine("explain", CHAMPION).out
    assert f"award {CHAMPION}: revoked (revision 2)" in out
    assert "because mentoring.quiz.passed.v1 q1, which it rested on" in out


def test_an_award_earned_again_stands_at_a_higher_revision(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, quiz("q1", "ann"))
    tell(store, retracted(QUIZ, "q1", at=26, loop_id=None, participant_id="ann"))
    tell(store, quiz("q2", "ann", at=28))
    assert f"award {CERTIFIED}: stands (revision 3)" in badge_engine("explain", CERTIFIED).out


def test_a_proof_that_was_put_right_shows_the_date_before(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(1, 7)])
    tell(store, retracted(MEETING, "m2"))
    out = badge_engine("explain", BRONZE).out
    assert "announced   2026-03-06T10:00:00.000000Z" in out
    assert "before: 2026-03-05T10:00:00.000000Z" in out


def test_an_award_kept_by_decision_says_so(store: Engine, badge_engine: Command) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(1, 6)])
    with transaction(store) as tx:
        tx.execute("UPDATE awards SET decided = true")
    out = badge_engine("explain", BRONZE).out
    assert "stands, kept by decision (revision 1)" in out
    assert "kept        by a replay's decision" in out


def test_an_award_never_announced_is_said(store: Engine, badge_engine: Command) -> None:
    ran = badge_engine("explain", GOLD)
    assert (ran.code, ran.out) == (1, "")
    assert f"no award {GOLD} was ever announced" in ran.err
