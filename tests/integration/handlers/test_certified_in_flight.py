"""A badge of the program, earned twice over in two transactions by somebody not known before.

Neither finds a row to lock; both find that the badge is not held. It is awarded once all the same.
"""

from types import ModuleType

import pytest

from engine.handlers.steps import decide
from engine.handlers.steps import people as people_step
from engine.store.awards import awards
from engine.store.projections import people
from tests.integration.handlers.desk import Desk
from tests.integration.handlers.rehearsal import Rehearsal
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
    desk: Desk, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    desk.tell(milestone("c", "ben", "matched"))  # or the two would meet at the program's row
    rehearsal = Rehearsal(desk, monkeypatch)
    rehearsal.after(module, step)

    rehearsal.play(
        desk.batch(quiz("q1", "ann"), partition=1),
        desk.batch(quiz("q2", "ann", loop_id="loop"), partition=2),
    )

    (certified,) = desk.standing().values()
    assert (certified.award.badge, certified.revision) == ("mentorloop-certified", 1)
    assert len(desk.hear()) == 1
