"""A cutover: what the policy says happens, in one instant, and nothing else."""

import pytest

from engine.store import audit_log
from engine.store.generations import replays
from engine.store.generations.replays import NotReady
from replay.diff import summary
from replay.switch.cutover import CutoverBusy, DiffMoved
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import all_milestones, champion, meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at, changed, gold_at
from tests.integration.replay.rebuilt import NOON, approved, cut_over, ready
from tests.support.given import MEETING, MENTORLOOP, kudos, meeting, retracted
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


def test_the_same_catalog_changes_nothing_and_says_nothing(harness: Harness) -> None:
    harness.tell(*history(3, 500))
    before, _ = rebuilt.digest(harness), harness.hear()
    number = approved(harness, MENTORLOOP)
    done = cut_over(harness, number)
    assert (done.gained, done.lost, done.kept, done.messages) == (0, 0, 0, 0)
    assert rebuilt.digest(harness) == before
    assert harness.messages() == []
    assert rebuilt.status(harness, number) == "live"
    assert rebuilt.status(harness, 1) == "replaced"


def test_the_digest_of_what_was_built_is_the_digest_when_it_is_live(harness: Harness) -> None:
    harness.tell(*history(3, 500))
    number = approved(harness, bronze_at(4))
    with harness.transaction() as tx:
        verified = replays.get(tx, number).details["verified"]
    cut_over(harness, number)
    assert rebuilt.digest(harness) == verified["digest"]


@pytest.mark.parametrize("seed", range(3))
def test_after_a_cutover_the_worker_goes_on_as_if_it_had_always_been_so(
    harness: Harness, seed: int
) -> None:
    """Given half a history, a cutover to the same rules under another digest, and the other half,
    then awards and measures are those of the whole."""
    lines = history(seed + 20, 600, conflicts=False)
    harness.tell(*lines[:300])
    same = changed(("silver: {at_least: {top_ratings: 6}}", "silver: {at_least: {top_ratings: 5}}"))
    cut_over(harness, approved(harness, same))
    harness.tell(*lines[300:400])
    rebuilt.cut_over(harness, approved(harness, MENTORLOOP))
    harness.tell(*lines[400:])
    agreement.check_awards(harness, answer(lines, NOW))
    agreement.check_measures(harness)


def test_who_gains_hears_it_with_date_and_evidence(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    harness.hear()
    done = cut_over(harness, approved(harness, bronze_at(4)))
    (heard,) = harness.hear()
    assert heard.what == "+ ann momentum bronze"
    assert heard.data["awarded_at"] == heard.time == "2026-03-04T10:00:00.000000Z"
    assert [item["id"] for item in heard.data["evidence"]] == ["m1", "m2", "m3", "m4"]
    assert heard.data["catalog"]["digest"] == bronze_at(4).digest
    assert (done.gained, done.messages) == (1, 1)


def test_who_loses_hears_it_as_recomputed_at_the_time_of_the_cutover(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()
    cut_over(harness, approved(harness, bronze_at(6)))
    (heard,) = harness.hear()
    assert heard.what == "- ann momentum bronze"
    assert (heard.time, heard.data["reason"], heard.data["evidence"]) == (NOON, "recomputed", [])
    assert heard.data["revision"] == 2


def test_silent_changes_nobody_hears_of_and_advances_revisions(harness: Harness) -> None:
    harness.tell(*meetings(1, 5), *[meeting(f"n{n}", "cleo", at=n) for n in range(1, 5)])
    harness.hear()
    cut_over(harness, approved(harness, bronze_at(4), gained="silent"))
    assert harness.messages() == []
    assert harness.award("cleo", "momentum", "bronze").silent
    cut_over(harness, approved(harness, bronze_at(6), lost="silent"))
    assert harness.messages() == []
    assert harness.held("ann") == set()
    harness.tell(meeting("m6", "ann", at=6))
    (heard,) = harness.hear()
    assert (heard.what, heard.data["revision"]) == ("+ ann momentum bronze", 3)


def test_what_is_kept_stays_by_decision_until_facts_justify_it_again(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()
    done = cut_over(harness, approved(harness, bronze_at(6), lost="keep"))
    assert done.kept == 1
    assert harness.award("ann", "momentum", "bronze").decided
    harness.tell(retracted(MEETING, "m5"))
    assert harness.held("ann") == {"momentum bronze"}
    harness.tell(*meetings(6, 7))
    assert not harness.award("ann", "momentum", "bronze").decided
    assert harness.messages() == []


def test_a_later_replay_counts_what_was_kept_as_unchanged(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    cut_over(harness, approved(harness, bronze_at(6), lost="keep"))
    number = ready(harness, bronze_at(7))
    with harness.transaction() as tx:
        found = summary.summary(tx, replays.get(tx, number))
    assert (found.total("added"), found.total("lost"), found.unchanged) == (0, 0, 1)
    rebuilt.approve(harness, number)
    cut_over(harness, number)
    assert harness.award("ann", "momentum", "bronze").decided
    cut_over(harness, approved(harness, MENTORLOOP))
    assert not harness.award("ann", "momentum", "bronze").decided


@pytest.mark.parametrize(("moved", "day"), [("keep", 6), ("restate", 5)])
def test_what_late_facts_moved_stays_or_is_restated(harness: Harness, moved: str, day: int) -> None:
    harness.tell(*meetings(2, 6))
    harness.tell(*meetings(1, 1))
    harness.hear()
    done = cut_over(harness, approved(harness, MENTORLOOP, moved=moved))
    award = harness.award("ann", "momentum", "bronze").award
    assert award.time == f"2026-03-{day:02}T10:00:00.000000Z"
    assert done.restated == (moved == "restate")
    assert harness.messages() == []


def test_a_proof_that_names_what_is_lost_is_put_right(harness: Harness) -> None:
    """Given a champion by milestones whose stored proof names momentum gold, when a replay takes
    the gold away, then the proof names the milestones."""
    harness.tell(*champion())
    harness.tell(*all_milestones())
    harness.hear()
    cut_over(harness, approved(harness, gold_at(16)))
    assert [heard.what for heard in harness.hear()] == ["- ann momentum gold"]
    proof = harness.award("ann", "mentorloop-champion").award.evidence
    assert {item.type for item in proof} == {"mentoring.milestone.completed.v1"}


def test_a_new_kind_of_kudos_is_counted_from_the_first_on(harness: Harness) -> None:
    kind = "  wisdom:\n    name: Wisdom\n    description: Being wise\n    repeatable:\n"
    kind += "      event: mentoring.meeting.completed.v1\n      who: attendee_ids\n\neffects:\n"
    harness.tell(*meetings(1, 3))
    harness.hear()
    cut_over(harness, approved(harness, changed(("\neffects:\n", kind))))
    heard = harness.hear()
    assert [(item.what, item.data["total"]) for item in heard] == [
        (f"+ ann wisdom m{n}", n) for n in (1, 2, 3)
    ]


def test_kudos_that_a_replay_takes_away_count_down(harness: Harness) -> None:
    harness.tell(*[kudos(f"k{n}", "ben", "ann", "trust", at=n) for n in (1, 2)])
    harness.hear()
    text = MENTORLOOP.text
    begin, end = text.index("  trust:\n"), text.index("  networking:\n")
    cut_over(harness, approved(harness, changed((text[begin:end], ""))))
    assert [item.data["total"] for item in harness.hear()] == [1, 0]


def test_late_facts_that_change_the_diff_ask_for_approval_again(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(4))
    for who in range(11):
        harness.tell(*[meeting(f"{who}-{n}", f"cleo-{who}", at=n) for n in range(1, 5)])
    harness.hear()
    before = harness.dump()
    with pytest.raises(DiffMoved, match="momentum: 11 added, approved were 0"):
        cut_over(harness, number)
    after = harness.dump()
    assert {k: v for k, v in after.items() if before[k] != v}.keys() <= {
        "generations",
        *(name for name in after if name.endswith(f"_{number}")),
    }
    assert rebuilt.status(harness, number) == "ready"
    rebuilt.approve(harness, number)
    assert cut_over(harness, number).gained == 11


def test_a_few_more_than_approved_are_tolerated(harness: Harness) -> None:
    number = approved(harness, bronze_at(4))
    harness.tell(*meetings(1, 4))
    assert cut_over(harness, number).gained == 1


def test_batches_that_would_wait_for_too_long_do_not_wait_at_all(harness: Harness) -> None:
    """Given no time at all for batches to wait, then nothing is switched; given some, it is."""
    harness.tell(*meetings(1, 4))
    number = approved(harness, bronze_at(4))
    with pytest.raises(CutoverBusy, match=r"Nothing was changed.*--longest-pause"):
        cut_over(harness, number, longest_pause=0)
    assert rebuilt.status(harness, number) == "approved"
    assert cut_over(harness, number, longest_pause=30).gained == 1


def test_nothing_is_switched_that_nobody_approved(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    number = ready(harness, bronze_at(4))
    with pytest.raises(NotReady, match=f"badge-replay approve {number}"):
        cut_over(harness, number)


def test_other_programs_stay_as_they_are(harness: Harness) -> None:
    here, there = (
        meetings(1, 4),
        [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, 5)],
    )
    harness.tell(*here, *there)
    harness.hear()
    cut_over(harness, approved(harness, bronze_at(4), "other"))
    (heard,) = harness.hear()
    assert heard.data["program_id"] == "other"
    harness.tell(meeting("m5", "ann", at=5))
    assert harness.said() == ["+ ann momentum bronze"]
    assert rebuilt.status(harness, 1) == "live"


def test_new_programs_start_under_the_generation_of_all(harness: Harness) -> None:
    cut_over(harness, approved(harness, bronze_at(4)))
    harness.tell(*meetings(1, 4))
    assert harness.held("ann") == {"momentum bronze"}


def test_approval_and_cutover_are_audited(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    number = approved(harness, bronze_at(4))
    cut_over(harness, number)
    with harness.transaction() as tx:
        entries = list(audit_log.entries(tx))
    assert [(e.action, e.by, e.reason) for e in entries] == [
        ("approve", "coordinator", "better so"),
        ("cutover", "coordinator", "better so"),
    ]
    assert entries[1].details["gained"] == 1
