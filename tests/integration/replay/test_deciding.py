"""What is approved is the diff as it is, and only what was approved is switched to."""

from pathlib import Path

import pytest

from replay.build import verify
from replay.build.verify import VerifyFailed
from replay.switch import approve, cutover, policies
from replay.switch.cutover import DiffMoved
from replay.switch.policies import PolicyError, Rule
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.rebuilt import approved, cut_over, ready
from tests.support.given import MENTORLOOP, kudos, meeting


def _five_meetings_each(harness: Harness, people: int, number: int = 5) -> None:
    for who in range(people):
        harness.tell(*[meeting(f"{who}-{n}", f"cleo-{who}", at=n) for n in range(1, number + 1)])


def test_what_came_since_the_build_is_no_difference(harness: Harness) -> None:
    """Given a generation under the same catalog, when awards are earned before it is approved,
    then nothing is gained or lost, and it can go live."""
    number = ready(harness, MENTORLOOP)
    _five_meetings_each(harness, 20)

    found = approve.approve(
        harness.engine, number, policies.SwitchPolicy(), "kim", "nothing changes"
    )

    assert (found.total("added"), found.total("lost")) == (0, 0)
    assert cut_over(harness, number).messages == 0


def test_a_policy_that_names_no_badge_is_refused(harness: Harness, tmp_path: Path) -> None:
    harness.tell(*meetings(1, 5))
    number = ready(harness, bronze_at(6))
    file = tmp_path / "policy.yaml"
    file.write_text("badges:\n  momentun: {lost: keep}\n")
    wanted = policies.read(file, Rule())

    with pytest.raises(PolicyError, match="no badge is called `momentun`"):
        approve.approve(harness.engine, number, wanted, "kim", "better so")

    assert rebuilt.status(harness, number) == "ready"


def test_a_cutover_that_is_refused_leaves_another_one_that_went_through(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given two cutovers at once, of which the first finds another diff than was approved, when
    somebody approves that and the second goes live, then it stays live."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(4))
    _five_meetings_each(harness, 11, 4)
    real = cutover.without_batches

    def interrupted(*given: object) -> object:
        monkeypatch.setattr(cutover, "without_batches", real)
        try:
            return real(*given)  # type: ignore[arg-type]
        finally:
            rebuilt.approve(harness, number)
            cut_over(harness, number)

    monkeypatch.setattr(cutover, "without_batches", interrupted)
    with pytest.raises(DiffMoved):
        cut_over(harness, number)

    assert rebuilt.status(harness, number) == "live"


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM people_{}",
        "DELETE FROM participation_{}",
        "INSERT INTO computed_{0} SELECT generation, gen_random_uuid(), 12345, of_person, program, "
        "'phantom', recipient, badge, occurrence, level, awarded_at, evidence, giver "
        "FROM computed_{0} LIMIT 1",
    ],
)
def test_a_build_with_a_row_too_few_or_too_many_is_not_verified(
    harness: Harness, change: str
) -> None:
    harness.tell(kudos("k1", "ben", "ann", "trust", at=1))
    number = rebuilt.built(harness, MENTORLOOP)
    with harness.transaction() as tx:
        assert tx.execute(change.format(number))

    with pytest.raises(VerifyFailed):
        verify.verify(harness.engine, number)


def test_verifying_again_leaves_an_approval(harness: Harness) -> None:
    """Given two builds at once, when one is approved before the other is verified, it stays so."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(4))
    verify.verify(harness.engine, number)
    assert rebuilt.status(harness, number) == "approved"
