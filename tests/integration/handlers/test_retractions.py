"""What a retraction does to facts, awards, and what subscribers hear."""

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import AWARDED
from tests.integration.handlers.stories import meetings
from tests.support.given import (
    KUDOS,
    MEETING,
    RETRACTED,
    SURVEY,
    instant,
    kudos,
    meeting,
    retracted,
    survey,
)


def test_a_fact_and_its_retraction_in_one_batch_announce_nothing(harness: Harness) -> None:
    harness.tell(
        *meetings(1, 5),
        kudos("k", "ben", "ann", "trust", message="PRIVATE-m"),
        survey("s", "ann", "ben"),
        retracted(MEETING, "m3"),
        retracted(KUDOS, "k"),
        retracted(SURVEY, "s"),
    )
    assert harness.messages() == []
    assert harness.held("ann") == set()
    assert harness.rows("SELECT * FROM messages") == []


def test_a_fact_replaced_within_one_batch_restates_the_award_without_a_word(
    harness: Harness,
) -> None:
    harness.tell(*meetings(1, 5))
    assert harness.said() == ["+ ann momentum bronze"]

    harness.tell(retracted(MEETING, "m2"), meeting("m2-again", "ann", at=9))

    assert harness.messages() == []
    bronze = harness.award("ann", "momentum", "bronze")
    assert [e.id for e in bronze.award.evidence] == ["m1", "m3", "m4", "m5", "m2-again"]
    assert (bronze.award.time, bronze.revision) == (instant(9), 1)
    assert harness.rows("SELECT award_id::text, awarded_at FROM restatements") == [
        (bronze.award.id, instant(5))
    ]


def test_late_facts_move_no_announced_date(harness: Harness) -> None:
    harness.tell(*meetings(4, 8))
    harness.tell(*meetings(1, 3))
    assert harness.award("ann", "momentum", "bronze").award.time == instant(8)
    assert harness.rows("SELECT * FROM restatements") == []


def test_losing_an_award_is_said_once_with_the_retraction_that_caused_it(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()

    harness.tell(retracted(MEETING, "m2", at=17), retracted(MEETING, "m2", at=18))

    (lost,) = harness.hear()
    assert lost.what == "- ann momentum bronze"
    assert lost.time == instant(17)
    assert lost.data["evidence"] == [{"type": RETRACTED, "id": "m2"}]
    assert (lost.data["reason"], lost.data["revision"]) == ("fact_retracted", 2)


def test_the_cause_is_the_last_retraction_of_a_fact_of_the_proof(harness: Harness) -> None:
    harness.tell(*meetings(1, 6))
    harness.hear()

    # m6 is no part of bronze's proof, so its retraction is no cause, though it is the last
    harness.tell(
        retracted(MEETING, "m3", at=19),
        retracted(MEETING, "m1", at=18),
        retracted(MEETING, "m6", at=25),
    )

    (lost,) = harness.hear()
    assert lost.data["evidence"] == [{"type": RETRACTED, "id": "m3"}]
    assert lost.time == instant(19)


def test_earned_again_an_award_comes_back_as_its_third_revision(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.tell(retracted(MEETING, "m5"))
    harness.tell(meeting("m6", "ann", at=6))

    messages = harness.hear()

    assert [(m.what[0], m.data["revision"]) for m in messages] == [("+", 1), ("-", 2), ("+", 3)]
    assert len({m.data["award_id"] for m in messages}) == 1
    assert messages[2].time == instant(6)


def test_a_retraction_may_come_before_its_fact(harness: Harness) -> None:
    harness.tell(*meetings(1, 4), retracted(MEETING, "m5"))
    (cursor, *_) = harness.cursors().values()
    assert cursor.counts.unmet_retractions == 1

    triage = harness.tell(
        meeting("m5", "ann", at=5), retracted(SURVEY, "s"), survey("s", "ann", "b")
    )

    assert (triage.counts.applied, triage.counts.retractions) == (2, 1)
    assert harness.messages() == []
    (cursor, *_) = harness.cursors().values()
    assert cursor.counts.unmet_retractions == 0


def test_a_retraction_told_twice_is_a_duplicate_whatever_its_reason_and_time(
    harness: Harness,
) -> None:
    harness.tell(*meetings(1, 5))
    harness.tell(retracted(MEETING, "m5", at=20, reason="one"))
    harness.hear()

    triage = harness.tell(retracted(MEETING, "m5", at=21, reason="another"))

    assert (triage.counts.duplicates, triage.counts.retractions) == (1, 0)
    assert harness.messages() == []


def test_a_retracted_key_stays_taken(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.tell(retracted(MEETING, "m5"))
    harness.hear()

    again = harness.tell(meeting("m5", "ann", at=5))
    other = harness.tell(meeting("m5", "ann", at=6))

    assert again.counts.duplicates == 1
    assert [refusal.reason for _, refusal in other.refused] == ["conflict"]
    assert [m.topic for m in harness.messages()] == ["dead-letters"]
    assert harness.held("ann") == set()


def test_kudos_retracted_take_their_message_along_and_lower_the_total(harness: Harness) -> None:
    harness.tell(
        kudos("k1", "ben", "ann", "trust", at=2, message="PRIVATE-1"),
        kudos("k2", "ben", "ann", "trust", at=1, message="PRIVATE-2"),
        kudos("k3", "ben", "ann", "expertise", at=1),
    )
    first = [(m.data["occurrence"], m.data["total"]) for m in harness.hear()]
    assert first == [("k2", 1), ("k3", 1), ("k1", 2)]

    harness.tell(retracted(KUDOS, "k2"))

    (lost,) = harness.hear()
    assert (lost.what, lost.data["total"]) == ("- ann trust", 1)
    assert harness.notes() == ["PRIVATE-1"]

    harness.tell(kudos("k4", "ben", "ann", "trust", loop_id="other-loop"))

    (gained,) = harness.hear()
    assert (gained.type, gained.data["total"]) == (AWARDED, 2)
    assert gained.data["giver_id"] == "ben"


def test_a_message_told_again_otherwise_is_not_kept(harness: Harness) -> None:
    harness.tell(kudos("k1", "ben", "ann", "trust", message="PRIVATE-1"))
    triage = harness.tell(kudos("k1", "ben", "ann", "trust", message="PRIVATE-2"))
    assert triage.counts.duplicates == 1
    assert harness.notes() == ["PRIVATE-1"]


def test_a_message_of_kudos_retracted_beforehand_is_not_kept(harness: Harness) -> None:
    harness.tell(retracted(KUDOS, "k1"))
    harness.tell(kudos("k1", "ben", "ann", "trust", message="PRIVATE-1"))
    assert harness.rows("SELECT * FROM messages") == []
    assert harness.messages() == []
