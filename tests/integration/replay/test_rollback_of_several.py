"""A rollback to several generations at once, cut short, beside others: all of it or nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from engine.store.generations import live, pointers, replays
from engine.store.generations.replays import NotReady
from engine.store.postgres.connection import Transaction
from replay.build import verify
from replay.switch import cutover, rollback
from replay.switch.apply import SwitchResult
from replay.switch.rollback import RollbackPlan
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.rebuilt import approved, cut_over, rolled_back
from tests.support.given import MENTORLOOP, meeting


def _of_other(last: int) -> list[bytes]:
    return [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, last + 1)]


def _late(last: int) -> list[bytes]:
    return [meeting(f"l{n}", "ann", at=n, program_id="late") for n in range(1, last + 1)]


def _left(harness: Harness) -> int:
    """The number of a generation that took two programs from two others: "other" from where bronze
    asks four meetings, "program" from where it asks five."""
    harness.tell(*meetings(1, 5), *_of_other(5))
    cut_over(harness, approved(harness, bronze_at(4), "other"))
    number = approved(harness, bronze_at(2))
    cut_over(harness, number)
    harness.hear()
    return number


def _prepared(harness: Harness, number: int) -> RollbackPlan:
    with harness.transaction() as tx:
        return rollback.prepare(tx, number)


def _digests(harness: Harness) -> dict[str, str]:
    """The catalog that each program is under."""
    with harness.transaction() as tx:
        known = live.Generations()
        return {name: known.get(tx, at).catalog.digest for name, at in pointers.live(tx).items()}


def _built(harness: Harness, plan: RollbackPlan) -> None:
    for number in plan.generations:
        rebuilt.build(harness, number)
        verify.verify(harness.engine, number)


@pytest.mark.parametrize("gone", ["other", "program"])
def test_one_of_which_was_retired_is_planned_anew_as_a_whole(harness: Harness, gone: str) -> None:
    """Given a rollback to two generations one of which was retired, when it is run again, then each
    program is under the catalog it was under, nobody loses anything, and the other one is gone."""
    number = _left(harness)
    first = _prepared(harness, number)
    with harness.transaction() as tx:
        (retired,) = [
            n for n in first.generations if replays.get(tx, n).programs == frozenset({gone})
        ]
    rollback.retire(harness.engine, retired)
    rolled_back(harness, number)
    assert _digests(harness) == {"other": bronze_at(4).digest, "program": MENTORLOOP.digest}
    assert harness.hear() == []
    assert {rebuilt.status(harness, n) for n in first.generations} == {"dropped"}
    assert (
        harness.rows(
            "SELECT relname FROM pg_class WHERE relname = %s", f"measures_{first.generations[0]}"
        )
        == []
    )


def test_which_was_cut_short_is_taken_up_again_as_a_whole(harness: Harness) -> None:
    number = _left(harness)
    first = _prepared(harness, number)
    rebuilt.build(harness, first.generations[0])
    assert _prepared(harness, number) == first


def test_a_program_first_seen_while_it_is_planned_goes_back_whole(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a program whose first facts are told between a plan's look at the programs and its
    end, then they count where it goes back to."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6))
    cut_over(harness, number)
    under = pointers.under

    def told_meanwhile(tx: Transaction, generation: int) -> dict[str, int | None]:
        found = under(tx, generation)
        monkeypatch.setattr(pointers, "under", under)
        harness.tell(*_late(6))
        return found

    monkeypatch.setattr(pointers, "under", told_meanwhile)
    harness.hear()
    rolled_back(harness, number)
    assert {a.award.program for a in harness.standing().values()} == {"program", "late"}
    agreement.check_measures(harness)


def test_what_was_approved_meanwhile_can_go_on(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6))
    cut_over(harness, number)
    plan = _prepared(harness, number)
    _built(harness, plan)
    rebuilt.approve(harness, plan.generations[0])
    assert _prepared(harness, number) == plan
    list(rollback.build(harness.engine, harness.url, plan))
    rollback.rollback(harness.engine, plan, rebuilt.NOON, "coordinator", "not so")
    assert harness.held("ann") == {"momentum bronze"}


def test_of_two_at_once_the_second_is_told_that_the_first_was_faster(harness: Harness) -> None:
    number = _left(harness)
    plan = _prepared(harness, number)
    _built(harness, plan)
    rollback.rollback(harness.engine, plan, rebuilt.NOON, "one", "not so")
    with pytest.raises(NotReady, match=f"generation {plan.generations[0]} is live"):
        rollback.rollback(harness.engine, plan, rebuilt.NOON, "two", "not so")


def test_the_second_is_told_so_also_if_both_had_caught_up(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _left(harness)
    plan = _prepared(harness, number)
    _built(harness, plan)
    alone = cutover.without_batches

    def overtaken(_: Engine, work: Callable[[Transaction], SwitchResult]) -> SwitchResult:
        monkeypatch.setattr(rollback, "without_batches", alone)
        rollback.rollback(harness.engine, plan, rebuilt.NOON, "one", "not so")
        return alone(harness.engine, work)

    monkeypatch.setattr(rollback, "without_batches", overtaken)
    with pytest.raises(NotReady, match=f"generation {number} is replaced: somebody else left it"):
        rollback.rollback(harness.engine, plan, rebuilt.NOON, "two", "not so")


def test_what_was_retired_at_the_last_moment_is_not_switched_to(harness: Harness) -> None:
    number = _left(harness)
    plan = _prepared(harness, number)
    _built(harness, plan)
    rollback.retire(harness.engine, plan.generations[1])
    with pytest.raises(NotReady, match=f"generation {plan.generations[1]} is dropped"):
        rollback.rollback(harness.engine, plan, rebuilt.NOON, "me", "not so")
    assert rebuilt.status(harness, number) == "live"
