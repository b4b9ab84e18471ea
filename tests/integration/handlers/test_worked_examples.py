"""The examples that were worked out by hand, told to a worker on a database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.catalog.loader import parse
from engine.handlers.policy import IntakePolicy
from engine.queries import eligibility, exports
from engine.queries.snapshot import Reader
from engine.store import policies
from engine.store.generations import replays
from events.instants import Instant
from replay.diff import summary
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import AWARDED, REVOKED
from tests.integration.replay import rebuilt
from tests.support.databases import new_database
from tests.support.notes import MASTER
from tests.verification.oracle.oracle import Json
from tests.verification.oracle.reading import RETRACTED
from tests.verification.oracle.worked_examples import (
    PROGRAM,
    WorkedCase,
    answered,
    catalog_text,
    compared,
    worked_cases,
)

LATER = IntakePolicy(clock=lambda: datetime(2026, 11, 1, tzinfo=UTC), notes_key=MASTER)
CASES = [case for case in worked_cases() if case.catalog == catalog_text("g")]
WITHDRAWN = "f890a24f-56c3-56d0-982b-a9f51a20272c"


@pytest.fixture(scope="module")
def _worked(postgres_url: str) -> Iterator[Harness]:
    with new_database(postgres_url) as url:
        harness = Harness(url, parse(catalog_text("g")), partitions=1)
        yield harness
        harness.close()


@pytest.fixture
def worked(_worked: Harness) -> Harness:
    """A worker under the examples' first catalog, at which nothing was told yet."""
    _worked.clear()
    return _worked


def told(harness: Harness, *lines: bytes) -> None:
    """Every record in a batch of its own."""
    for line in lines:
        harness.tell_by_topic(line, terms=LATER)


def exported(harness: Harness, *, recomputed: bool = False) -> list[Json]:
    """The lines of the export."""
    with Reader(harness.engine).snapshot() as snapshot:
        return [award.as_json() for award in exports.awards(snapshot, None, recomputed=recomputed)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worker_gives_what_was_worked_out_by_hand(worked: Harness, case: WorkedCase) -> None:
    told(worked, *case.lines)
    assert compared(case, exported(worked)) == case.awards
    assert exported(worked, recomputed=True) == exported(worked)
    assert dict(worked.rows("SELECT reason, count(*) FROM dead_letters GROUP BY 1")) == case.refused


def test_a_withdrawn_stage_is_revoked_and_one_granted_again_is_another(worked: Harness) -> None:
    (case,) = worked_cases("10-*")[1:]
    told(worked, *case.lines)
    granted, withdrawn, again = worked.hear()
    assert [one.type for one in (granted, withdrawn, again)] == [AWARDED, REVOKED, AWARDED]
    assert (granted.data["revision"], granted.data["valid_until"]) == (
        1,
        "2026-05-10T22:00:00.000000Z",
    )
    assert withdrawn.data["award_id"] == granted.data["award_id"] == WITHDRAWN
    assert (withdrawn.data["revision"], withdrawn.data["reason"]) == (2, "fact_retracted")
    assert withdrawn.data["evidence"] == [{"type": RETRACTED, "id": "d-1"}]
    assert again.data["revision"] == 1
    assert again.data["valid_until"] == "2027-11-03T23:00:00.000000Z"


def test_when_the_bar_is_raised_no_award_moves_and_the_next_are_asked_for_more(
    migrated_url: str,
) -> None:
    before, after = worked_cases("14-*")
    harness = Harness(migrated_url, parse(before.catalog), partitions=1)
    told(harness, *before.lines)
    harness.hear()
    awards, digest = exported(harness), rebuilt.digest(harness)
    assert answers(harness, before) == before.eligible

    with harness.transaction() as tx:
        policies.adopt(tx, parse(after.catalog), "ada", "portfolios became better")
    assert answers(harness, after) == after.eligible
    assert harness.hear() == []
    assert exported(harness) == exported(harness, recomputed=True) == awards
    assert rebuilt.digest(harness) == digest
    number = rebuilt.built(harness, parse(after.catalog))
    with harness.transaction() as tx:
        counts = summary.summary(tx, replays.get(tx, number))
    assert counts.unchanged == counts.total("standing") == len(awards) == 1
    assert counts.total("added") == 0
    harness.close()


def answers(harness: Harness, case: WorkedCase) -> list[Json]:
    """What the database says of the person by the policy that the program goes by, as far as the
    case states it."""
    found: list[Json] = []
    with Reader(harness.engine).snapshot() as snapshot:
        for expected in case.eligible:
            question = eligibility.current(snapshot, PROGRAM, Instant(expected["as_of"]))
            lines = [one.as_json() for one in eligibility.of_program(snapshot, PROGRAM, question)]
            found.append(answered(expected, lines))
    return found


def test_the_keys_of_an_exported_award_are_in_their_order(worked: Harness) -> None:
    (case,) = worked_cases("03-*")[:1]
    told(worked, *case.lines)
    (award,) = exported(worked)
    keys = list(award)
    assert keys[keys.index("awarded_at") + 1] == "valid_until"


def test_a_decision_about_facts_to_come_is_refused_by_name(worked: Harness) -> None:
    (case,) = worked_cases("15-*")[1:]
    told(worked, *case.lines)
    ((reason, detail),) = worked.rows("SELECT reason, detail FROM dead_letters")
    assert reason == "invalid"
    assert "as_of" in detail
