"""A badge of the program, earned twice over in two transactions by somebody not known before.

Neither finds a row to lock; both find that the badge is not held. It is awarded once all the same.
"""

from types import ModuleType

import pytest

from engine.handlers.steps import decide
from engine.handlers.steps import people as people_step
from engine.store.awards import awards
from engine.store.projections import people
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.interleaving import Interleaving
from tests.support.given import milestone, quiz


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (people, "lock"),
        (people_step, "lock"),
        (awards, "find"),
        (people_step, "write"),
        (decide, "write"),
    ],
    ids=["read", "locked", "looked up", "written", "all written"],
)
def test_two_quizzes_of_a_newcomer_in_flight_certify_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    harness.tell(milestone("c", "ben", "matched"))  # or the two would meet at the program's row
    interleaving = Interleaving(harness, monkeypatch)
    interleaving.after(module, step)

    interleaving.play(
        harness.batch(quiz("q1", "ann"), partition=1),
        harness.batch(quiz("q2", "ann", loop_id="loop"), partition=2),
    )

    (certified,) = harness.standing().values()
    assert (certified.award.badge, certified.revision) == ("mentorloop-certified", 1)
    assert len(harness.hear()) == 1
