"""The hard case: the last two things champion needs are in flight at once, in two transactions.

Whoever comes first, wherever the other one finds them: champion is awarded, and once.
"""

from types import ModuleType

import pytest

from engine.handlers.steps import decide, people, places
from engine.store.facts import ledger
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.interleaving import Interleaving
from tests.integration.handlers.stories import (
    THE_LAST_MEETING,
    THE_QUIZ,
    all_but_quiz_and_last_meeting,
    all_milestones,
    champion,
    meetings,
)
from tests.support.given import MEETING, MILESTONE, QUIZ, kudos, meeting, quiz, retracted, survey

STEPS: list[tuple[ModuleType, str]] = [
    (ledger, "find"),
    (ledger, "append"),
    (places, "touch"),
    (people, "lock"),
    (people, "write"),
    (decide, "write"),
]
STEP_NAMES = [f"{module.__name__.rsplit('.')[-1]}.{name}" for module, name in STEPS]
# It makes ann known in the program: she has a row to be locked.
KUDOS = kudos("k", "ben", "ann", "trust")
# Of the same loop, and counting nothing: the loop is touched and does not change.
MEH = survey("meh", "ben", "ann", 3)
QUIZ_RETRACTED = retracted(QUIZ, "q1", loop_id=None, participant_id="ann")


@pytest.fixture
def interleaving(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Interleaving:
    return Interleaving(harness, monkeypatch)


@pytest.fixture(params=STEPS, ids=STEP_NAMES)
def step(request: pytest.FixtureRequest) -> tuple[ModuleType, str]:
    found: tuple[ModuleType, str] = request.param
    return found


@pytest.mark.parametrize(
    ("known", "beside"),
    [((), ()), ((KUDOS,), ()), ((KUDOS,), (MEH,))],
    ids=["unknown person", "known person", "beside a fact of the loop"],
)
@pytest.mark.parametrize("quiz_first", [True, False], ids=["quiz first", "meeting first"])
def test_quiz_and_last_meeting_in_flight_make_one_champion(
    harness: Harness,
    interleaving: Interleaving,
    step: tuple[ModuleType, str],
    quiz_first: bool,
    known: tuple[bytes, ...],
    beside: tuple[bytes, ...],
) -> None:
    harness.tell(*all_but_quiz_and_last_meeting(), *known)
    harness.hear()
    batches = [
        harness.batch(THE_QUIZ, *beside, partition=1),
        harness.batch(THE_LAST_MEETING, partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches if quiz_first else reversed(batches))

    said = harness.hear()
    assert sorted(m.what for m in said) == [
        "+ ann mentorloop-certified",
        "+ ann mentorloop-champion",
        "+ ann momentum gold",
    ]
    assert said[-1].what == "+ ann mentorloop-champion"
    agreement.check_proofs(harness)
    agreement.check_measures(harness)


@pytest.mark.parametrize("quiz_first", [True, False], ids=["quiz first", "milestone first"])
def test_quiz_retracted_while_milestones_complete_leaves_one_valid_champion(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str], quiz_first: bool
) -> None:
    harness.tell(*champion(), *all_milestones()[:3])
    harness.hear()
    batches = [
        harness.batch(QUIZ_RETRACTED, partition=1),
        harness.batch(all_milestones()[3], partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches if quiz_first else reversed(batches))

    said = harness.said()
    assert said.count("- ann mentorloop-champion") == said.count("+ ann mentorloop-champion")
    assert {e.type for e in harness.award("ann", "mentorloop-champion").award.evidence} == {
        MILESTONE
    }
    agreement.check_proofs(harness)
    agreement.check_measures(harness)


@pytest.mark.parametrize("quiz_first", [True, False], ids=["quiz first", "champion first"])
def test_quiz_retracted_while_two_ways_to_champion_complete_at_once_leaves_a_valid_proof(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str], quiz_first: bool
) -> None:
    """Milestones alone would do, so nobody need know of the quiz to award; but the other way was
    complete earlier, and its proof names the badge that goes."""
    harness.tell(*all_but_quiz_and_last_meeting(), *all_milestones()[:3], THE_QUIZ, KUDOS)
    harness.hear()
    batches = [
        harness.batch(QUIZ_RETRACTED, partition=1),
        harness.batch(THE_LAST_MEETING, all_milestones()[3], partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches if quiz_first else reversed(batches))

    assert {e.type for e in harness.award("ann", "mentorloop-champion").award.evidence} == {
        MILESTONE
    }
    agreement.check_proofs(harness)
    agreement.check_measures(harness)
    harness.tell(retracted(MILESTONE, "c-levelling-up"))
    assert "mentorloop-champion" not in harness.held("ann")


@pytest.mark.parametrize("quiz_first", [True, False], ids=["quiz first", "meeting first"])
def test_quiz_and_a_meeting_retracted_in_flight_leave_no_champion(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str], quiz_first: bool
) -> None:
    harness.tell(*champion())
    harness.hear()
    batches = [
        harness.batch(QUIZ_RETRACTED, partition=1),
        harness.batch(retracted(MEETING, "m7"), partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches if quiz_first else reversed(batches))

    assert sorted(harness.said()) == [
        "- ann mentorloop-certified",
        "- ann mentorloop-champion",
        "- ann momentum gold",
    ]
    agreement.check_proofs(harness)
    agreement.check_measures(harness)


def test_one_loop_told_on_two_partitions_counts_everything(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str]
) -> None:
    harness.tell(*meetings(1, 3))
    batches = [
        harness.batch(meeting("m4", "ann", at=4), retracted(MEETING, "m1"), partition=1),
        harness.batch(meeting("m5", "ann", at=5), meeting("m6", "ann", at=6), partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches)

    assert harness.said() == ["+ ann momentum bronze"]
    agreement.check_proofs(harness)
    agreement.check_measures(harness)


def test_the_same_fact_on_two_partitions_is_one_fact(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str]
) -> None:
    harness.tell(*meetings(1, 4))
    batches = [harness.batch(meeting("m5", "ann", at=5), partition=n) for n in (1, 2)]
    interleaving.after(*step)

    counts = [triage.counts for triage in interleaving.play(*batches)]

    assert sorted((c.applied, c.duplicates) for c in counts) == [(0, 1), (1, 0)]
    assert harness.said() == ["+ ann momentum bronze"]


def test_a_retraction_and_its_fact_on_two_partitions_leave_nothing(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str]
) -> None:
    harness.tell(*meetings(1, 4))
    batches = [
        harness.batch(meeting("m5", "ann", at=5), partition=1),
        harness.batch(retracted(MEETING, "m5"), partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches)

    assert harness.held("ann") == set()
    agreement.check_measures(harness)


def test_two_retractions_of_one_loop_on_two_partitions_leave_what_is_left(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str]
) -> None:
    # the quiz was passed twice: either retraction alone changes no measure that badges ask for
    matched = all_milestones()[0]
    again = matched.replace(b"c-matched", b"c-matched-again")
    harness.tell(*all_milestones(), again)
    batches = [
        harness.batch(retracted(MILESTONE, "c-matched"), partition=1),
        harness.batch(retracted(MILESTONE, "c-matched-again"), partition=2),
    ]
    interleaving.after(*step)

    interleaving.play(*batches)

    assert harness.held("ann") == set()
    agreement.check_measures(harness)


def test_a_stranger_in_flight_on_two_partitions_becomes_one_person(
    harness: Harness, interleaving: Interleaving, step: tuple[ModuleType, str]
) -> None:
    batches = [
        harness.batch(quiz(f"q{n}", "ann", at=n, loop_id=f"loop-{n}"), partition=n) for n in (1, 2)
    ]
    interleaving.after(*step)

    interleaving.play(*batches)

    assert harness.said() == ["+ ann mentorloop-certified"]
    agreement.check_measures(harness)
