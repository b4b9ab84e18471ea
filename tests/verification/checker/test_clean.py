"""Where nothing is wrong the checker finds nothing, and says how much it compared to find it."""

from dataclasses import replace
from random import Random

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import all_but_quiz_and_last_meeting
from tests.support.given import MEETING, meeting, quiz, retracted
from tests.verification.checker.check import INVARIANTS, check, examine
from tests.verification.checker.in_process import exporting
from tests.verification.checker.seen import Exports, Observations, Topic
from tests.verification.checker.tables import StoredTables
from tests.verification.checker.telling import redrive_future, seen_at, tell
from tests.verification.oracle.histories import history


def test_a_history_in_which_all_is_right_has_no_violations(seen: Observations) -> None:
    verdict = examine(seen)

    assert verdict.violations == [], verdict.report()


def test_every_invariant_compared_something(seen: Observations) -> None:
    found = {kind: n for f in examine(seen).findings for kind, n in f.compared.items()}

    empty = [kind for kind, number in found.items() if number == 0]
    assert empty == []
    assert {"repeats", "redriven", "falls", "awards named", "retractions named"} <= found.keys()
    assert {"causes", "stored awards", "put right", "proofs"} <= found.keys()
    assert {"private notes", "planted", "signals", "invitations", "steps"} <= found.keys()


def test_the_report_has_a_line_for_each_with_what_was_compared(seen: Observations) -> None:
    lines = examine(seen).report().splitlines()

    assert {line.split()[0] for line in lines} == set(INVARIANTS) - {"I9"}
    assert all("holds; compared " in line for line in lines)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_history_and_its_batches_nothing_is_found(
    clear_desk: Harness, seed: int
) -> None:
    random = Random(seed)
    lines = history(seed, 250, loops=random.choice([1, 3]), people=random.choice([2, 4]))
    records = tell(clear_desk, lines, random)
    redrive_future(clear_desk)

    found = check(seen_at(clear_desk, records, random, exporting(clear_desk.url)), needed=())

    assert [str(violation) for violation in found] == []


class OneByOne(Random):
    """Batches of one record."""

    def randint(self, a: int, b: int) -> int:
        return a


def test_the_date_of_a_champion_may_be_that_of_a_retracted_fact_no_proof_names(
    clear_desk: Harness,
) -> None:
    """Given gold that was announced by fifteen meetings, then a late one, by which a champion is
    dated, when the late one is retracted, then no stored proof names it, and no date moves."""
    late = meeting("late", "ann", at="2026-03-14T11:00:00Z")
    other = [*all_but_quiz_and_last_meeting(), meeting("m15", "ann", at=20)]
    stories = [*other, late, quiz("q1", "ann", at=3), retracted(MEETING, "late", at=25)]
    records = tell(clear_desk, stories, OneByOne(1))

    champion = clear_desk.award("ann", "mentorloop-champion").award
    assert champion.time == "2026-03-14T11:00:00.000000Z"
    found = check(seen_at(clear_desk, records, Random(1), exporting(clear_desk.url)), needed=())
    assert [str(violation) for violation in found] == []


def test_a_checker_that_saw_nothing_says_so_for_each_invariant(seen: Observations) -> None:
    nothing = Topic("nothing")
    blind = replace(
        seen,
        activity=nothing,
        awards=nothing,
        dead_letters=nothing,
        database=StoredTables(),
        exports=Exports(),
    )

    found = check(blind)

    assert {violation.invariant for violation in found} == set(INVARIANTS) - {"I9"}
    assert all("so nothing is shown" in violation.what for violation in found)
    assert check(blind, needed=()) == []


def test_without_a_log_of_the_cursors_i8_is_not_shown(seen: Observations) -> None:
    unlogged = replace(seen, database=replace(seen.database, steps=None))

    assert [v.invariant for v in check(unlogged)] == ["I8"]
    assert check(unlogged, needed={*INVARIANTS} - {"I8"}) == []
