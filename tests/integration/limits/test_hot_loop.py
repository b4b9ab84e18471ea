"""One loop with a very long past: what is decided there reads what it needs of it, not all.

Counts, not seconds, so that it cannot flake; `python -m tests.integration.limits.hot_loop`
measures seconds.
"""

import pytest

from engine.fact import Fact, Retraction
from engine.intake import content
from engine.store.facts import ledger
from tests.integration.handlers.agreement import check_measures, check_proofs
from tests.integration.handlers.harness import Harness
from tests.integration.limits.hot_loop import past
from tests.support.given import MEETING, meeting, retracted

PEOPLE = 60
FACTS = 3_000


@pytest.fixture
def busy(harness: Harness) -> Harness:
    """A harness with a loop of 60 people who met, or rated each other, 3,000 times."""
    harness.tell(*past(FACTS, PEOPLE))
    return harness


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The facts that are read back from the ledger from now on."""
    seen: list[str] = []

    def decoded(text: str) -> Fact | Retraction:
        seen.append(text)
        return content.decode(text)

    monkeypatch.setattr(ledger, "decode", decoded)
    return seen


def test_an_award_reads_the_facts_of_who_earned_it(busy: Harness, read: list[str]) -> None:
    for number in range(4):
        busy.tell(meeting(f"new-{number}", "newcomer", "p1", at=number + 1))
    read.clear()
    busy.tell(meeting("new-5", "newcomer", "p1", at=9))
    assert busy.held("newcomer") == {"momentum bronze"}
    assert len(read) == 5


def test_what_awards_nothing_reads_nothing(busy: Harness, read: list[str]) -> None:
    busy.tell(meeting("one-more", "p1", "p2"))
    assert read == []


def test_a_retraction_reads_the_facts_of_those_it_concerns(busy: Harness, read: list[str]) -> None:
    busy.tell(meeting("late", "p1", "p2", at=28))
    read.clear()
    busy.tell(retracted(MEETING, "late"))
    assert all('"p1"' in text or '"p2"' in text for text in read)
    assert 0 < len(read) < FACTS / 4


def test_everything_is_as_if_it_had_been_folded_at_once(busy: Harness) -> None:
    busy.tell(*(retracted(MEETING, f"m{n}") for n in range(0, FACTS, 7) if n % 3))
    busy.tell(meeting("all", *(f"p{n}" for n in range(PEOPLE)), at=2), retracted(MEETING, "m1"))
    check_measures(busy)
    check_proofs(busy)


NAMES = ['quote "', "back\\slash", "per % cent", "under_score", "Ünï", "p1", "p10", "a'b", "{", "☃"]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_has_an_odd_name_is_found_by_it(harness: Harness, name: str) -> None:
    harness.tell(*(meeting(f"{n}", name, at=n) for n in range(1, 6)))
    assert harness.held(name) == {"momentum bronze"}
    harness.tell(retracted(MEETING, "3"))
    assert harness.held(name) == set()
    check_measures(harness)
