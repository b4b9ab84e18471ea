"""After a cutover every stored proof is one under the new catalog, whatever became of its date: so
a retraction finds what it takes, and can say why."""

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay.catalogs import bronze_at, changed
from tests.integration.replay.rebuilt import approved, cut_over, rolled_back
from tests.support.given import (
    MEETING,
    MENTORLOOP,
    SURVEY,
    meeting,
    reflection,
    retracted,
    survey,
)

BY_RATINGS = changed(
    (
        "    who: respondent_id\n    where: {survey: {equals: post_meeting}}",
        "    who: respondent_id\n    where: {survey: {equals: mqs}}",
    )
)
"""Growing together asks for another kind of survey."""


def test_a_retraction_takes_what_was_announced_under_an_easier_rule(harness: Harness) -> None:
    """Given bronze announced for three meetings, and five asked for since, when the fifth is
    retracted, which the announcement did not rest on, then bronze is lost."""
    cut_over(harness, approved(harness, bronze_at(3)))
    harness.tell(*meetings(1, 5))
    announced = harness.award("ann", "momentum", "bronze").award
    cut_over(harness, approved(harness, MENTORLOOP))  # dates stay as announced
    stored = harness.award("ann", "momentum", "bronze").award
    harness.hear()

    harness.taking().process(harness.batch(retracted(MEETING, "m5")))

    assert stored.time == announced.time
    assert [e.id for e in stored.evidence] == ["m1", "m2", "m3", "m4", "m5"]
    assert harness.said() == ["- ann momentum bronze"]
    assert harness.cursors()[0].halted is None


def test_and_after_the_way_back_too(harness: Harness) -> None:
    number = approved(harness, bronze_at(3))
    cut_over(harness, number)
    harness.tell(*meetings(1, 5))
    rolled_back(harness, number)
    harness.hear()

    harness.tell(retracted(MEETING, "m5"))

    assert harness.said() == ["- ann momentum bronze"]


@pytest.mark.parametrize("rule", ["keep", "restate"])
@pytest.mark.parametrize(("gone", "said"), [("r1", []), ("s1", ["- ann growing-together"])])
def test_a_proof_names_what_counts_under_the_new_rule(
    harness: Harness, rule: str, gone: str, said: list[str]
) -> None:
    """Given a badge proven by one survey and, since the cutover, by another of the same day, when
    the first is retracted, nothing changes; when the second is, the badge is lost."""
    harness.tell(
        meeting("m1", "ann", at=1),
        reflection("r1", "ann", at=2),
        survey("s1", "ann", "ben", at=2, rating=3),
    )
    cut_over(harness, approved(harness, BY_RATINGS, moved=rule))
    harness.hear()

    harness.tell(retracted(SURVEY, gone))

    assert harness.said() == said
    proofs = [[e.id for e in a.award.evidence] for a in harness.standing().values()]
    assert proofs == ([] if said else [["m1", "s1"]])


def test_under_the_same_rule_what_was_announced_stays(harness: Harness) -> None:
    """Given bronze, and an earlier meeting told later, when its rule is the same in the new
    catalog, then date and evidence are as announced."""
    harness.tell(*meetings(2, 6))
    harness.tell(*meetings(1, 1))
    announced = harness.award("ann", "momentum", "bronze").award

    cut_over(harness, approved(harness, BY_RATINGS))

    assert harness.award("ann", "momentum", "bronze").award == announced
