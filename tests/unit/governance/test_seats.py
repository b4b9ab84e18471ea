"""Seats of a case go to the least loaded who may sit, the same ones whatever the order."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from governance.rules import seats
from governance.rules.seats import SeatsWanted, Sitter
from tests.support.examples import examples
from tests.unit.governance.naive_seats import naive_seats

TODAY = date(2026, 3, 1)
NAMES = [f"p{number}" for number in range(8)]
days = st.none() | st.integers(-2, 2).map(lambda n: TODAY + timedelta(days=n))
names = st.frozensets(st.sampled_from(NAMES), max_size=3)


@st.composite
def committees(draw: st.DrawFn) -> list[Sitter]:
    members = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [
        Sitter(member, draw(st.booleans()), draw(days), draw(days), draw(st.integers(0, 2)))
        for member in members
    ]


@st.composite
def wishes(draw: st.DrawFn) -> SeatsWanted:
    recused = draw(names)
    return SeatsWanted(
        case_id=draw(st.sampled_from(["case-1", "case-2"])),
        number=draw(st.integers(1, 3)),
        today=TODAY,
        quorum=draw(st.integers(0, 4)),
        subject=draw(st.sampled_from(NAMES)),
        unfit=draw(names),
        recused=recused,
        rather_not=draw(names),
        bench_too=draw(st.booleans()),
    )


def member(name: str, load: int = 0, *, on_bench: bool = False) -> Sitter:
    return Sitter(name, on_bench, None, None, load)


def wanted(number: int = 2, quorum: int = 0, **others: object) -> SeatsWanted:
    fields = {"case_id": "case-1", "today": TODAY, "subject": "imani", "unfit": (), "recused": ()}
    return SeatsWanted(number=number, quorum=quorum, **(fields | others))  # type: ignore[arg-type]


@given(wishes(), committees(), st.randoms(use_true_random=False))
@examples(300)
def test_two_readings_of_the_rules_assign_the_same_whatever_the_order(
    asked: SeatsWanted, committee: list[Sitter], chance: random.Random
) -> None:
    expected = naive_seats(asked, committee)
    chance.shuffle(committee)
    assert seats.assigned(asked, committee) == expected


@given(wishes(), committees())
@examples(300)
def test_nobody_sits_who_may_not(asked: SeatsWanted, committee: list[Sitter]) -> None:
    by_name = {each.member: each for each in committee}
    assigned = seats.assigned(asked, committee)
    assert len(assigned) in (0, asked.number)
    assert len(set(assigned)) == len(assigned)
    for name in assigned:
        assert name not in {asked.subject, *asked.unfit, *asked.recused}
        assert seats.present(by_name[name], TODAY)
        if by_name[name].on_bench:
            assert asked.bench_too or seats.asks_bench(asked, committee)


def test_the_least_loaded_are_assigned() -> None:
    committee = [member("ada", 3), member("ben", 0), member("cleo", 1)]
    assert seats.assigned(wanted(), committee) == ("ben", "cleo")


def test_equal_loads_are_ordered_by_hash_which_differs_by_case() -> None:
    committee = [member(name) for name in NAMES]
    first = {
        case: seats.assigned(wanted(1, case_id=case), committee) for case in map(str, range(40))
    }
    assert len(set(first.values())) > 4


def test_the_bench_is_asked_only_below_the_quorum() -> None:
    committee = [member("ada", 5), member("ben", 5), member("cleo", 0, on_bench=True)]
    assert "cleo" not in seats.assigned(wanted(quorum=2), committee)
    assert "cleo" in seats.assigned(wanted(quorum=3), committee)
    assert "cleo" in seats.assigned(wanted(quorum=2, recused=["ada"]), committee)


def test_too_few_are_nobody() -> None:
    assert seats.assigned(wanted(), [member("ada")]) == ()


def test_who_signed_what_was_appealed_sits_only_if_nobody_else_is_there() -> None:
    committee = [member("ada", 0), member("ben", 4), member("cleo", 4)]
    assert set(seats.assigned(wanted(rather_not=["ada"]), committee)) == {"ben", "cleo"}
    assert "ada" in seats.assigned(wanted(rather_not=["ada"]), committee[:2])


def test_leave_and_term_include_their_last_day() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert not seats.present(Sitter("a", False, None, TODAY, 0), TODAY)
    assert seats.present(Sitter("a", False, None, yesterday, 0), TODAY)
    assert seats.present(Sitter("a", False, TODAY, None, 0), TODAY)
    assert not seats.present(Sitter("a", False, yesterday, None, 0), TODAY)


def test_split_votes_need_one_seat_more() -> None:
    split = {"ada": "granted", "ben": "declined"}
    assert seats.seats_needed(2, 2, {}, 0) == 2
    assert seats.seats_needed(2, 2, {"ada": "granted"}, 2) == 2
    assert seats.seats_needed(2, 2, split, 2) == 3
    assert seats.seats_needed(2, 2, split, 3) == 3
    assert seats.seats_needed(2, 2, split | {"cleo": "granted"}, 3) == 3
    # One of two seats was left: it is assigned again.
    assert seats.seats_needed(2, 2, {"ada": "granted"}, 1) == 2


@given(st.integers(1, 4), st.lists(st.sampled_from(["granted", "declined"]), max_size=8))
@examples(200)
def test_an_outcome_is_agreed_when_enough_sign_the_same(
    approvers: int, outcomes: list[str]
) -> None:
    votes = {str(number): outcome for number, outcome in enumerate(outcomes)}
    outcome = seats.agreed(approvers, votes)
    most = max((outcomes.count(each) for each in set(outcomes)), default=0)
    assert (outcome is not None) == (most >= approvers)
    if outcome is not None:
        assert outcomes.count(outcome) >= approvers
    # With two outcomes a committee that goes on voting comes to an end.
    if len(outcomes) >= 2 * approvers - 1:
        assert outcome is not None
