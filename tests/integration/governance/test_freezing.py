"""Packs are frozen from the ledger: reproducible, sealed, and frozen again if it moves."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from engine.catalog import loader
from engine.store import policies
from events.instants import from_datetime, parse_instant
from governance.errors import CaseRefused
from governance.packs import freezing
from governance.packs.freezing import PackDocument
from governance.packs.grounds import ground_of
from governance.rules.case_ref import case_ref
from governance.store import cases, log, packs
from governance.store.cases import Case
from governance.store.packs import Pack
from tests.integration.governance.committee_room import CommitteeRoom, committee_room
from tests.integration.governance.reviewed_mentor import (
    REVIEW,
    ReviewedMentor,
    decision,
    retraction,
    review,
)
from tests.support.databases import new_database
from tests.unit.governance.reviewed import CATALOG


@pytest.fixture
def reviewed(postgres_url: str, _governed_schemas: str) -> Iterator[CommitteeRoom]:
    """A committee under a catalog of one stage."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, CATALOG) as there,
    ):
        yield there


def frozen(room: CommitteeRoom, case: Case) -> tuple[Case, Pack, PackDocument]:
    """The case with a further pack."""
    with room.sitting() as sitting:
        pack = freezing.freeze(sitting, case)
        written = cases.update(sitting.tx, replace(case, pack=pack.number))
        return written, pack, freezing.opened(sitting, written, pack)


def opened_case(room: CommitteeRoom) -> Case:
    ReviewedMentor(room).begin()
    return room.open(about="proficient")


def test_a_pack_says_what_was_asked_and_what_there_was(reviewed: CommitteeRoom) -> None:
    case, pack, document = frozen(reviewed, opened_case(reviewed))
    assert (pack.number, document.subject) == (1, case_ref(case.case_id))
    assert (document.case, document.kind) == ("proficient", "first")
    assert document.as_of == pack.as_of == from_datetime(reviewed.now)
    assert (pack.catalog, pack.policy) == (CATALOG.digest, CATALOG.policy.digest)
    assert [(line.of, line.have) for line in document.ground.lines] == [
        ("score", "2.5"),
        ("voices", "1"),
    ]
    assert (document.digest, document.ground.digest) == (pack.digest, pack.ground)
    assert document.cursors["mentoring.activity"]["1"] == 3
    assert b"imani" not in document.canonical()


def test_what_is_frozen_opens_with_the_key_of_its_case_alone(reviewed: CommitteeRoom) -> None:
    case, pack, _ = frozen(reviewed, opened_case(reviewed))
    assert b"score" not in pack.sealed
    reviewed.erase(case.subject)
    with reviewed.sitting() as sitting:
        erased = cases.of(sitting.tx, case.program, case.case_id)
        assert erased is not None
        with pytest.raises(CaseRefused) as refused:
            freezing.opened(sitting, erased, pack)
    assert refused.value.kind == "key-erased"


def test_the_log_has_the_digests_and_no_evidence(reviewed: CommitteeRoom) -> None:
    case, pack, _ = frozen(reviewed, opened_case(reviewed))
    with reviewed.sitting() as sitting:
        (entry,) = log.of_case(sitting.tx, case.case_id)
    assert (entry.kind, entry.details["pack"]) == ("pack.frozen", pack.digest)
    assert (entry.details["lines"], entry.details["lines_open"]) == (2, 0)
    assert "r-1" not in entry.body


def test_what_happens_later_leaves_the_ground_as_it_is(reviewed: CommitteeRoom) -> None:
    case, pack, _ = frozen(reviewed, opened_case(reviewed))
    later = from_datetime(reviewed.now.replace(year=reviewed.now.year + 1))
    ReviewedMentor(reviewed).tell(review("r-4", 1, later))
    with reviewed.sitting() as sitting:
        assert freezing.changed(sitting, case, pack) is None


@pytest.mark.parametrize("what", ["late", "retracted"])
def test_a_ground_that_moved_is_frozen_again_as_of_the_same_instant(
    reviewed: CommitteeRoom, what: str
) -> None:
    case, pack, _ = frozen(reviewed, opened_case(reviewed))
    told = review("r-4", 1) if what == "late" else retraction(REVIEW, "r-3")
    ReviewedMentor(reviewed).tell(told)
    reviewed.move(days=2)
    with reviewed.sitting() as sitting:
        moved = freezing.changed(sitting, case, pack)
        assert moved is not None
    assert not moved.all_met
    case, again, document = frozen(reviewed, case)
    assert (again.number, again.as_of) == (2, pack.as_of)
    assert (again.ground, document.ground) == (moved.digest, moved)
    assert again.digest != pack.digest
    with reviewed.sitting() as sitting:
        assert packs.of(sitting.tx, case.case_id, 1) == pack


def test_the_policy_of_the_first_pack_is_that_of_the_next_ones(reviewed: CommitteeRoom) -> None:
    case, pack, _ = frozen(reviewed, opened_case(reviewed))
    raised = loader.parse(CATALOG.text.replace("value: 2.5", "value: 3"))
    with reviewed.harness.transaction() as tx:
        policies.adopt(tx, raised, "chair", "higher")
    with reviewed.sitting() as sitting:
        assert freezing.changed(sitting, case, pack) is None
    _, again, _ = frozen(reviewed, case)
    assert again.policy == pack.policy
    other = reviewed.open(subject="mateo", about="proficient")
    assert frozen(reviewed, other)[1].policy == raised.policy.digest


@pytest.mark.parametrize("seed", range(3))
def test_the_order_and_the_batches_of_facts_change_no_byte_of_the_ground(
    reviewed: CommitteeRoom, seed: int
) -> None:
    told = [
        *(review(f"r-{n}", 2 + n % 3 / 2) for n in range(8)),
        retraction(REVIEW, "r-2"),
        retraction(REVIEW, "r-5"),
        decision(),
    ]
    as_of = parse_instant("2026-02-20T00:00:00Z")
    case = reviewed.open(about="proficient")

    def ground() -> bytes:
        with reviewed.sitting() as sitting:
            return ground_of(sitting, case, as_of).canonical()

    reviewed.govern(*told)
    expected = ground()
    assert expected.count(b'"r-') == 6
    reviewed.harness.clear()
    random = Random(seed)
    left = random.sample(told, len(told))
    while left:
        size = random.randint(1, 4)
        reviewed.govern(*left[:size])
        left = left[size:]
    assert ground() == expected


def test_a_stage_that_nobody_asks_for_is_refused(reviewed: CommitteeRoom) -> None:
    case = reviewed.open(about="master")
    with reviewed.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        freezing.freeze(sitting, case)
    assert refused.value.kind == "unknown-matter"


def test_a_withdrawal_rests_on_its_decision_and_names_what_fell(reviewed: CommitteeRoom) -> None:
    mentor = ReviewedMentor(reviewed)
    mentor.begin()
    mentor.tell(decision())
    mentor.tell(review("r-4", 1))
    case = reviewed.open(about="proficient", kind="withdrawal", state="hearing", of_decision="d-1")
    _, pack, document = frozen(reviewed, case)
    ground = document.ground
    assert (ground.as_of, pack.as_of) == (
        parse_instant("2026-02-10T17:00:00Z"),
        from_datetime(reviewed.now),
    )
    assert ground.of_decision is not None
    assert ground.of_decision.decision_id == "d-1"
    assert [each.decision_id for each in ground.decisions] == ["d-1"]
    (fallen,) = ground.fallen
    assert [(fact.how, fact.id) for fact in fallen.facts] == [("late", "r-4")]
