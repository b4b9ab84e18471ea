"""Documents of proposals: they follow from what they name, and a change of anything shows."""

from datetime import date
from typing import Any

import pytest

from events.instants import Instant
from governance.rules.rewards import proposals
from governance.rules.rewards.bench import BenchCandidate, BenchRules
from governance.rules.rewards.lottery_document import LotterySeed, canonical
from governance.rules.rewards.pairing import Newcomer, PairingBounds, PairingPerson, Senior
from governance.rules.rewards.proposals import BenchSpan

SEED = LotterySeed("a" * 64, ("beacon",))
SINCE = Instant("2026-01-01T00:00:00.000000Z")


def bench() -> dict[str, Any]:
    span = BenchSpan("aurora", "2026-12-01", date(2026, 12, 1), date(2027, 5, 31))
    candidates = [BenchCandidate(f"p{number}", number // 3) for number in range(6)]
    return proposals.of_bench(span, SEED, BenchRules(), candidates)


def pairings() -> dict[str, Any]:
    seniors = [Senior(PairingPerson("old", "law", 60)), Senior(PairingPerson("elder", None, 0), 1)]
    newcomers = [Newcomer(PairingPerson("new", "law", 0), SINCE)]
    bounds = PairingBounds(
        2, {("old", "new"): 1, ("old", "other"): 3}, frozenset({("elder", "new"), ("x", "y")})
    )
    return proposals.of_pairings("aurora", "2026-11-30", SEED, newcomers, seniors, bounds)


def test_a_proposal_follows_from_its_document() -> None:
    assert proposals.verify(canonical(bench())) == []
    assert proposals.verify(canonical(pairings())) == []


def test_a_document_names_no_pair_that_could_not_be() -> None:
    document = pairings()
    assert document["before"] == [["old", "new", 1]]
    assert document["forbidden"] == [["elder", "new"]]
    assert document["pairs"] == [["old", "new", 300]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("chosen", ["p5", "p4", "p3", "p2"]),
        ("seed", "0" * 64),
        ("head", "b" * 64),
        ("beacons", []),
        ("about", "2026-12-02"),
        ("candidates", []),
    ],
)
def test_whatever_is_changed_of_a_bench_shows(field: str, value: object) -> None:
    assert proposals.verify(canonical({**bench(), field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pairs", [["elder", "new", 0]]),
        ("pairs", []),
        ("seed", "0" * 64),
        ("before", []),
        ("forbidden", [["old", "new"]]),
        ("alone", ["new"]),
        ("capacity", 0),
    ],
)
def test_whatever_is_changed_of_pairings_shows(field: str, value: object) -> None:
    assert proposals.verify(canonical({**pairings(), field: value}))


def test_what_cannot_be_read_shows() -> None:
    assert proposals.verify("{}")
    assert proposals.verify("[")
    assert proposals.verify('{"kind":"bench"}')
