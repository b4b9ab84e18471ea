"""A rollback to several generations at once, cut short, beside others: all of it or nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from engine.store.generations import catalogs, pointers, replays
from engine.store.generations.replays import NotReady
from engine.store.postgres.connection import Transaction
from replay.build import verify
from replay.switch import cutover, rollback
from replay.switch.apply import SwitchResult
from tests.integration.handlers import agreement
from tests.integration.handlers.desk import Desk
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.rebuilt import approved, cut_over, rolled_back
from tests.support.given import MENTORLOOP, meeting


def _of_other(last: int) -> list[bytes]:
    return [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, last + 1)]


def _late(last: int) -> list[bytes]:
    return [meeting(f"l{n}", "ann", at=n, program_id="late") for n in range(1, last + 1)]


def _left(desk: Desk) -> int:
    """The number of a generation that took two programs from two others: "other" from where bronze
    asks four meetings, "program" from where it asks five."""
    desk.tell(*meetings(1, 5), *_of_other(5))
    cut_over(desk, approved(desk, bronze_at(4), "other"))
    number = approved(desk, bronze_at(2))
    cut_over(desk, number)
    desk.hear()
    return number


def _prepared(desk: Desk, number: int) -> list[int]:
    with desk.transaction() as tx:
        return rollback.prepare(tx, number)


def _digests(desk: Desk) -> dict[str, str]:
    """The catalog that each program is under."""
    with desk.transaction() as tx:
        known = catalogs.Generations()
        return {name: known.get(tx, at).catalog.digest for name, at in catalogs.live(tx).items()}


def _built(desk: Desk, numbers: list[int]) -> None:
    for number in numbers:
        rebuilt.build(desk, number)
        verify.verify(desk.engine, number)


@pytest.mark.parametrize("gone", ["other", "program"])
def test_one_of_which_was_retired_is_planned_anew_as_a_whole(desk: Desk, gone: str) -> None:
    """Given a rollback to two generations one of which was retired, when it is run again, then each
    program is under the catalog it was under, nobody loses anything, and the other one is gone."""
    number = _left(desk)
    first = _prepared(desk, number)
    with desk.transaction() as tx:
        (retired,) = [n for n in first if replays.get(tx, n).programs == frozenset({gone})]
    rollback.retire(desk.engine, retired)
    rolled_back(desk, number)
    assert _digests(desk) == {"other": bronze_at(4).digest, "program": MENTORLOOP.digest}
    assert desk.hear() == []
    assert {rebuilt.status(desk, n) for n in first} == {"dropped"}
    assert (
        desk.rows("SELECT relname FROM pg_class WHERE relname = %s", f"measures_{first[0]}") == []
    )


def test_which_was_cut_short_is_taken_up_again_as_a_whole(desk: Desk) -> None:
    number = _left(desk)
    first = _prepared(desk, number)
    rebuilt.build(desk, first[0])
    assert _prepared(desk, number) == first


def test_a_program_first_seen_while_it_is_planned_goes_back_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a program whose first facts are told between a plan's look at the programs and its
    end, then they count where it goes back to."""
    desk.tell(*meetings(1, 5))
    number = approved(desk, bronze_at(6))
    cut_over(desk, number)
    under = pointers.under

    def told_meanwhile(tx: Transaction, generation: int) -> dict[str, int | None]:
        found = under(tx, generation)
        monkeypatch.setattr(pointers, "under", under)
        desk.tell(*_late(6))
        return found

    monkeypatch.setattr(pointers, "under", told_meanwhile)
    desk.hear()
    rolled_back(desk, number)
    assert {a.award.program for a in desk.standing().values()} == {"program", "late"}
    agreement.check_measures(desk)


def test_what_was_approved_meanwhile_can_go_on(desk: Desk) -> None:
    desk.tell(*meetings(1, 5))
    number = approved(desk, bronze_at(6))
    cut_over(desk, number)
    numbers = _prepared(desk, number)
    _built(desk, numbers)
    rebuilt.approve(desk, numbers[0])
    assert _prepared(desk, number) == numbers
    list(rollback.build(desk.engine, desk.url, numbers))
    rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "coordinator", "not so")
    assert desk.held("ann") == {"momentum bronze"}


def test_of_two_at_once_the_second_is_told_that_the_first_was_faster(desk: Desk) -> None:
    number = _left(desk)
    numbers = _prepared(desk, number)
    _built(desk, numbers)
    rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "one", "not so")
    with pytest.raises(NotReady, match=f"generation {numbers[0]} is live"):
        rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "two", "not so")


def test_the_second_is_told_so_also_if_both_had_caught_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _left(desk)
    numbers = _prepared(desk, number)
    _built(desk, numbers)
    alone = cutover.without_batches

    def overtaken(_: Engine, work: Callable[[Transaction], SwitchResult]) -> SwitchResult:
        monkeypatch.setattr(rollback, "without_batches", alone)
        rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "one", "not so")
        return alone(desk.engine, work)

    monkeypatch.setattr(rollback, "without_batches", overtaken)
    with pytest.raises(NotReady, match=f"generation {number} is replaced: somebody else left it"):
        rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "two", "not so")


def test_what_was_retired_at_the_last_moment_is_not_switched_to(desk: Desk) -> None:
    number = _left(desk)
    numbers = _prepared(desk, number)
    _built(desk, numbers)
    rollback.retire(desk.engine, numbers[1])
    with pytest.raises(NotReady, match=f"generation {numbers[1]} is dropped"):
        rollback.rollback(desk.engine, number, numbers, rebuilt.NOON, "me", "not so")
    assert rebuilt.status(desk, number) == "live"
