"""Lotteries: nobody's choice, the same for everybody who draws again, and no winner two years
running."""

import hashlib
import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.instants import Instant
from governance.rules.rewards import lottery_document
from governance.rules.rewards.lottery import at_rest, winners
from governance.rules.rewards.lottery_document import LotterySeed, LotteryTerms
from governance.rules.seeds import seed_of
from tests.support.examples import examples

PEOPLE = st.frozensets(st.text(st.sampled_from("abcxyzé-_09"), min_size=1, max_size=8), max_size=20)
SEED = seed_of("0" * 64, "conference/2026")
CYCLES = [str(year) for year in range(2020, 2026)]
WON = st.dictionaries(
    st.sampled_from(CYCLES), st.frozensets(st.sampled_from("abcdefgh"), max_size=4)
)


def terms(places: int = 2, rest: int = 2, cycle: str = "2026") -> LotteryTerms:
    at = Instant("2025-12-31T23:00:00.000000Z")
    return LotteryTerms("aurora", "conference", "year", cycle, at, places, rest, "0" * 64)


def document(people: frozenset[str], **won: tuple[str, ...]) -> dict[str, object]:
    return lottery_document.drawn(terms(), LotterySeed("f" * 64, ("beacon",)), people, won)


def naive_winners(
    seed: str, people: set[str], won: dict[str, frozenset[str]], cycle: int, rest: int, places: int
) -> list[str]:
    """The rule as it is written, a sentence a line."""
    left = []
    for person in people:
        won_lately = False
        for back in range(1, rest + 1):
            if person in won.get(str(cycle - back), frozenset()):
                won_lately = True
        if not won_lately:
            left.append(person)
    chosen: list[str] = []
    while left and len(chosen) < places:
        first = left[0]
        for person in left:
            mine = hashlib.sha256(seed.encode() + b"\x1f" + person.encode()).digest()
            if mine < hashlib.sha256(seed.encode() + b"\x1f" + first.encode()).digest():
                first = person
        chosen.append(first)
        left.remove(first)
    return chosen


@examples(200)
@given(st.frozensets(st.sampled_from("abcdefghijkl")), WON, st.integers(0, 3), st.integers(0, 5))
def test_the_winners_are_those_of_a_naive_reading(
    people: frozenset[str], won: dict[str, frozenset[str]], rest: int, places: int
) -> None:
    before = [str(2026 - back) for back in range(1, rest + 1)]
    drawn = winners(SEED, people, at_rest(won, before), places)
    assert list(drawn) == naive_winners(SEED, set(people), won, 2026, rest, places)


@examples(100)
@given(PEOPLE, st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(
    people: frozenset[str], places: int, random: Random
) -> None:
    shuffled = sorted(people)
    random.shuffle(shuffled)
    assert winners(SEED, shuffled, (), places) == winners(SEED, people, (), places)


@examples(30)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(4, 14))
def test_over_the_years_nobody_wins_again_while_at_rest(
    rest: int, places: int, people: int
) -> None:
    everybody = [f"person-{number}" for number in range(people)]
    won: dict[str, tuple[str, ...]] = {}
    for year in range(2000, 2020):
        before = [str(year - back) for back in range(1, rest + 1)]
        resting = at_rest(won, before)
        won[str(year)] = winners(seed_of("0" * 64, str(year)), everybody, resting, places)
        for earlier in before:
            assert not set(won[str(year)]) & set(won.get(earlier, ()))


def test_over_many_seeds_everybody_wins_about_as_often() -> None:
    people = [f"person-{number}" for number in range(10)]
    times = dict.fromkeys(people, 0)
    for number in range(5_000):
        for winner in winners(seed_of(f"{number:064}", "conference"), people, (), 2):
            times[winner] += 1
    assert min(times.values()) > 880
    assert max(times.values()) < 1_120


@examples(100)
@given(PEOPLE, st.integers(0, 5))
def test_a_document_that_was_drawn_by_the_rules_has_no_fault(
    people: frozenset[str], places: int
) -> None:
    drawn = lottery_document.drawn(terms(places), LotterySeed("f" * 64), people, {})
    assert lottery_document.verify(lottery_document.canonical(drawn)) == []


RESTING = ("ada", "ben", "cleo", "dora", "emil")
CHANGES = [
    ("winners", ["ada", "emil"]),
    ("winners", []),
    ("seed", "0" * 64),
    ("head", "0" * 64),
    ("beacons", []),
    ("cycle", "2027"),
    ("reward", "project"),
    ("places", 1),
    ("eligible", ["ben", "ada", "cleo", "dora", "emil"]),
    ("eligible", ["ada", "ben", "cleo", "dora"]),
    ("resting", {}),
    ("resting", {"emil": []}),
    ("resting", {"emil": ["2023"]}),
    ("resting", {"nobody": ["2025"]}),
    ("kind", "panels"),
    ("cycle_length", "quarter"),
    ("rest_cycles", 0),
]


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_whatever_is_changed_of_a_document_shows(field: str, value: object) -> None:
    drawn = document(frozenset(RESTING), emil=("2025",))
    changed = {**drawn, field: value}
    assert changed != drawn
    assert lottery_document.verify(lottery_document.canonical(drawn)) == []
    assert lottery_document.verify(lottery_document.canonical(changed))


def test_a_document_that_is_no_canonical_json_shows() -> None:
    text = json.dumps(document(frozenset(RESTING)), sort_keys=True)
    assert lottery_document.verify(text) == ["it is not canonical JSON"]
    assert lottery_document.verify("[]")
    assert lottery_document.verify("{")


def test_who_rests_and_is_not_eligible_is_not_named() -> None:
    drawn = document(frozenset({"ben"}), ada=("2025",))
    assert drawn["resting"] == {}
    assert "ada" not in str(drawn)
