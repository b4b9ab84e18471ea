"""Bench and pairings: who served least sits, who waits longest is paired, and nobody chooses."""

import hashlib
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from events.instants import Instant
from governance.rules.rewards.bench import BenchCandidate, BenchRules, chosen
from governance.rules.rewards.pairing import (
    Newcomer,
    PairingBounds,
    PairingPerson,
    ProposedPair,
    Senior,
    minutes_between,
    proposed,
)
from governance.rules.seeds import seed_of
from tests.support.examples import examples

SEED = seed_of("0" * 64, "bench/2026-12-01")
CANDIDATES = st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=14).map(
    lambda all_of: [BenchCandidate(f"p{n:02}", *each) for n, each in enumerate(all_of)]
)
RULES = st.builds(BenchRules, st.integers(1, 6), st.just(6), st.sampled_from((0.0, 0.3, 0.5, 1.0)))
PEOPLE = st.tuples(st.sampled_from((None, "law", "design")), st.sampled_from((0, 60, -300, 330)))
INSTANTS = st.sampled_from([Instant(f"2026-0{month}-01T00:00:00.000000Z") for month in range(1, 6)])
NEWCOMERS = st.lists(st.tuples(PEOPLE, INSTANTS), max_size=8).map(
    lambda all_of: [
        Newcomer(PairingPerson(f"new{n}", *who), since) for n, (who, since) in enumerate(all_of)
    ]
)
SENIORS = st.lists(st.tuples(PEOPLE, st.integers(0, 2)), max_size=6).map(
    lambda all_of: [
        Senior(PairingPerson(f"old{n}", *who), load) for n, (who, load) in enumerate(all_of)
    ]
)
PAIRS = st.tuples(st.integers(0, 5), st.integers(0, 7)).map(
    lambda pair: (f"old{pair[0]}", f"new{pair[1]}")
)
BOUNDS = st.builds(
    PairingBounds,
    st.integers(1, 3),
    st.dictionaries(PAIRS, st.integers(1, 2), max_size=4),
    st.frozensets(PAIRS, max_size=12),
)


def hashed(*names: str) -> str:
    return hashlib.sha256("\x1f".join((SEED, *names)).encode()).hexdigest()


def naive_pairs(
    newcomers: list[Newcomer], seniors: list[Senior], bounds: PairingBounds
) -> list[ProposedPair]:
    """The rule as it is written, in fractions of an hour."""
    load = {each.person.participant: each.load for each in seniors}
    pairs = []
    waiting = list(newcomers)
    while waiting:
        first = min(waiting, key=lambda each: (each.since, hashed(each.person.participant)))
        waiting.remove(first)
        name, best = first.person.participant, None
        for senior in seniors:
            who = senior.person.participant
            if load[who] >= bounds.capacity or (who, name) in bounds.forbidden:
                continue
            hours = abs(senior.person.offset - first.person.offset) / 60
            hours = min(hours, 24 - hours)
            same = senior.person.discipline == first.person.discipline is not None
            before = (bounds.before or {}).get((who, name), 0)
            price = 4 * (not same) + 2 * hours + 3 * before + load[who] ** 2
            if best is None or (price, hashed(name, who)) < best[:2]:
                best = (price, hashed(name, who), who)
        if best is not None:
            load[best[2]] += 1
            pairs.append(ProposedPair(best[2], name, round(best[0] * 60)))
    return pairs


@examples(150)
@given(CANDIDATES, RULES)
def test_the_bench_has_its_rules_kept(candidates: list[BenchCandidate], rules: BenchRules) -> None:
    seated = chosen(SEED, candidates, rules)
    known = {each.participant: each for each in candidates}
    able = [each for each in candidates if not each.rests]
    assert len(seated) == len(set(seated)) == min(rules.seats, len(able))
    assert not any(known[who].rests for who in seated)
    new = sum(known[who].terms == 0 for who in seated)
    there = sum(each.terms == 0 for each in able)
    assert new >= min(there, rules.seats * rules.new_share)
    most = max((known[who].terms for who in seated), default=0)
    assert all(each.terms >= most for each in able if each.participant not in seated)


@examples(60)
@given(CANDIDATES, RULES, st.integers(0, 99))
def test_the_order_of_candidates_changes_nothing(
    candidates: list[BenchCandidate], rules: BenchRules, key: int
) -> None:
    shuffled = Random(key).sample(candidates, len(candidates))
    assert chosen(SEED, shuffled, rules) == chosen(SEED, candidates, rules)


def test_equals_are_ordered_by_the_seed_and_not_by_their_names() -> None:
    candidates = [BenchCandidate(f"p{n:02}", 0) for n in range(12)]
    seeds = [seed_of(f"{n:064}", "bench") for n in range(40)]
    first = {chosen(seed, candidates, BenchRules())[0] for seed in seeds}
    assert len(first) > 8


def test_a_policy_without_a_bench_or_pairings_has_none() -> None:
    assert BenchRules.of({}) is None
    assert BenchRules.of({"bench": {"seats": 2}}) == BenchRules(seats=2)
    assert PairingBounds.capacity_of({}) is None
    assert PairingBounds.capacity_of({"pairing": {"cap_per_senior": 3}}) == 3


@examples(250)
@given(NEWCOMERS, SENIORS, BOUNDS)
def test_the_pairs_are_those_of_a_naive_reading(
    newcomers: list[Newcomer], seniors: list[Senior], bounds: PairingBounds
) -> None:
    pairs, alone = proposed(SEED, newcomers, seniors, bounds)
    assert pairs == naive_pairs(newcomers, seniors, bounds)
    assert {pair.newcomer for pair in pairs} | set(alone) == {
        each.person.participant for each in newcomers
    }


@examples(150)
@given(NEWCOMERS, SENIORS, BOUNDS, st.integers(0, 99))
def test_nobody_is_paired_in_conflict_or_over_their_capacity(
    newcomers: list[Newcomer], seniors: list[Senior], bounds: PairingBounds, key: int
) -> None:
    pairs, alone = proposed(SEED, newcomers, seniors, bounds)
    assert not {(pair.senior, pair.newcomer) for pair in pairs} & bounds.forbidden
    for senior in seniors:
        name = senior.person.participant
        now = senior.load + sum(pair.senior == name for pair in pairs)
        assert now <= max(bounds.capacity, senior.load)
    shuffled = Random(key).sample(newcomers, len(newcomers))
    again = Random(key + 1).sample(seniors, len(seniors))
    assert proposed(SEED, shuffled, again, bounds) == (pairs, alone)


def test_who_waits_longest_gets_the_nearest() -> None:
    near, far = PairingPerson("near", "law", 0), PairingPerson("far", "law", 600)
    early = Newcomer(PairingPerson("early", "law", 0), Instant("2026-01-01T00:00:00.000000Z"))
    late = Newcomer(PairingPerson("late", "law", 0), Instant("2026-02-01T00:00:00.000000Z"))
    pairs, alone = proposed(
        SEED, [late, early], [Senior(near), Senior(far)], PairingBounds(capacity=1)
    )
    assert [(pair.senior, pair.newcomer) for pair in pairs] == [("near", "early"), ("far", "late")]
    assert [pair.cost for pair in pairs] == [0, 1_200]
    assert alone == []


def test_clocks_are_apart_the_shorter_way_round() -> None:
    assert minutes_between(13 * 60, -11 * 60) == 0
    assert minutes_between(12 * 60, -11 * 60) == 60
    assert minutes_between(330, 345) == 15
