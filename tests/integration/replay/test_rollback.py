"""Back to what was before a cutover: the same awards and measures as if it had never been."""

import pytest

from engine.store.generations import live, pointers, replays
from engine.store.generations.replays import NotReady, ReplayBusy
from replay.build import verify
from replay.switch import rollback
from replay.switch.rollback import RollbackPlan
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at, gold_at
from tests.integration.replay.rebuilt import approved, cut_over, ready, rolled_back
from tests.support.given import MENTORLOOP, meeting
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer


@pytest.mark.parametrize("seed", range(3))
def test_after_a_rollback_all_is_as_without_the_cutover(harness: Harness, seed: int) -> None:
    """Given a third of a history, a cutover, another third, a rollback and the rest, then awards
    and measures are those of the whole under the first catalog."""
    lines = history(seed + 40, 600, conflicts=False)
    harness.tell(*lines[:200])
    number = approved(harness, bronze_at(3))
    cut_over(harness, number)
    harness.tell(*lines[200:400])
    rolled_back(harness, number)
    harness.tell(*lines[400:])
    agreement.check_awards(harness, answer(lines, NOW))
    agreement.check_measures(harness)


def test_what_was_gained_is_revoked_and_what_was_lost_comes_back(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    number = approved(harness, bronze_at(4))
    cut_over(harness, number)
    harness.hear()
    rolled_back(harness, number)
    (heard,) = harness.hear()
    assert (heard.what, heard.data["revision"]) == ("- ann momentum bronze", 2)
    assert heard.data["reason"] == "recomputed"


def test_what_changed_without_a_word_changes_back_without_a_word(harness: Harness) -> None:
    harness.tell(*meetings(1, 15), meeting("x1", "cleo", at=1))
    harness.tell(*[meeting(f"x{n}", "cleo", at=n) for n in range(2, 5)])
    harness.hear()
    number = approved(harness, gold_at(16), lost="silent")
    cut_over(harness, number)
    rolled_back(harness, number)
    assert harness.messages() == []
    assert "momentum gold" in harness.held("ann")
    assert harness.award("ann", "momentum", "gold").revision == 3


def test_what_was_kept_is_an_award_like_any_other_again(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    harness.hear()
    number = approved(harness, bronze_at(6), lost="keep")
    cut_over(harness, number)
    rolled_back(harness, number)
    assert harness.messages() == []
    assert not harness.award("ann", "momentum", "bronze").decided


def test_programs_go_back_each_to_where_it_was(harness: Harness) -> None:
    """Given two programs under different catalogs, and a cutover of both to a third, when it is
    rolled back, then each is under its own; and one first seen meanwhile, under the default."""
    there = [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, 5)]
    harness.tell(*meetings(1, 4), *there)
    cut_over(harness, approved(harness, bronze_at(4), "other"))
    number = approved(harness, bronze_at(9))
    cut_over(harness, number)
    harness.tell(*[meeting(f"l{n}", "ann", at=n, program_id="late") for n in range(1, 6)])
    rolled_back(harness, number)
    with harness.transaction() as tx:
        under = {
            program: live.Generations().get(tx, generation).catalog.digest
            for program, generation in pointers.live(tx).items()
        }
    old, four = MENTORLOOP.digest, bronze_at(4).digest
    assert under == {"program": old, "other": four, "late": old}
    standing = {(a.award.program, a.award.occurrence) for a in harness.standing().values()}
    assert standing == {("other", "bronze"), ("late", "bronze")}


def test_a_program_first_seen_while_the_way_back_is_built_goes_back_too(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6))
    cut_over(harness, number)
    with harness.transaction() as tx:
        plan = rollback.prepare(tx, number)
    for earlier in plan.generations:
        rebuilt.build(harness, earlier)
        verify.verify(harness.engine, earlier)
    harness.tell(*[meeting(f"l{n}", "ann", at=n, program_id="late") for n in range(1, 6)])
    rollback.rollback(harness.engine, plan, rebuilt.NOON, "me", "why not")
    assert {a.award.program for a in harness.standing().values()} == {"program", "late"}
    agreement.check_measures(harness)


def test_a_rollback_that_was_cut_short_is_taken_up_again(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6))
    cut_over(harness, number)
    with harness.transaction() as tx:
        first = rollback.prepare(tx, number)
    with harness.transaction() as tx:
        assert rollback.prepare(tx, number) == first


def test_who_is_retired_is_not_gone_back_to_and_no_announcement_is_forgotten(
    harness: Harness,
) -> None:
    harness.tell(*meetings(1, 4))
    number = approved(harness, bronze_at(4))
    cut_over(harness, number)
    rollback.retire(harness.engine, 1)
    assert rebuilt.status(harness, 1) == "retired"
    assert harness.award("ann", "momentum", "bronze").revision == 1
    with pytest.raises(NotReady, match="retired"), harness.transaction() as tx:
        rollback.prepare(tx, number)


def test_what_is_live_is_not_retired(harness: Harness) -> None:
    with pytest.raises(NotReady, match="live"):
        rollback.retire(harness.engine, 1)


def test_what_is_given_up_makes_way_for_another(harness: Harness) -> None:
    number = ready(harness, bronze_at(4))
    with pytest.raises(ReplayBusy, match=f"retire {number}"):
        rebuilt.planned(harness, bronze_at(3))
    rollback.retire(harness.engine, number)
    assert rebuilt.status(harness, number) == "dropped"
    rebuilt.planned(harness, bronze_at(3))


def test_a_plan_that_a_version_before_stored_is_continued(harness: Harness) -> None:
    """Given details as they were stored before plans were values, then they are read as one."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6))
    cut_over(harness, number)
    with harness.transaction() as tx:
        plan = rollback.prepare(tx, number)
        (earlier,) = plan.generations
        kept = replays.get(tx, earlier).details
    assert (kept["rollback_of"], kept["together"], kept["leaving"], kept["default"]) == (
        number,
        [earlier],
        ["program"],
        True,
    )
    assert plan == RollbackPlan(number, (earlier,), frozenset({"program"}))
