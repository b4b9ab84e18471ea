"""After a cutover every stored proof is one under the new catalog, whatever became of its date: so
a retraction finds what it takes, and can say why."""

import pytest

from tests.integration.handlers.desk import Desk
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


def test_a_retraction_takes_what_was_announced_under_an_easier_rule(desk: Desk) -> None:
    """Given bronze announced for three meetings, and five asked for since, when the fifth is
    retracted, which the announcement did not rest on, then bronze is lost."""
    cut_over(desk, approved(desk, bronze_at(3)))
    desk.tell(*meetings(1, 5))
    announced = desk.award("ann", "momentum", "bronze").award
    cut_over(desk, approved(desk, MENTORLOOP))  # dates stay as announced
    stored = desk.award("ann", "momentum", "bronze").award
    desk.hear()

    desk.taking().take(desk.batch(retracted(MEETING, "m5")))

    assert stored.time == announced.time
    assert [e.id for e in stored.evidence] == ["m1", "m2", "m3", "m4", "m5"]
    assert desk.said() == ["- ann momentum bronze"]
    assert desk.cursors()[0].halted is None


def test_and_after_the_way_back_too(desk: Desk) -> None:
    number = approved(desk, bronze_at(3))
    cut_over(desk, number)
    desk.tell(*meetings(1, 5))
    rolled_back(desk, number)
    desk.hear()

    desk.tell(retracted(MEETING, "m5"))

    assert desk.said() == ["- ann momentum bronze"]


@pytest.mark.parametrize("rule", ["keep", "restate"])
@pytest.mark.parametrize(("gone", "said"), [("r1", []), ("s1", ["- ann growing-together"])])
def test_a_proof_names_what_counts_under_the_new_rule(
    desk: Desk, rule: str, gone: str, said: list[str]
) -> None:
    """Given a badge proven by one survey and, since the cutover, by another of the same day, when
    the first is retracted, nothing changes; when the second is, the badge is lost."""
    desk.tell(
        meeting("m1", "ann", at=1),
        reflection("r1", "ann", at=2),
        survey("s1", "ann", "ben", at=2, rating=3),
    )
    cut_over(desk, approved(desk, BY_RATINGS, moved=rule))
    desk.hear()

    desk.tell(retracted(SURVEY, gone))

    assert desk.said() == said
    proofs = [[e.id for e in a.award.evidence] for a in desk.standing().values()]
    assert proofs == ([] if said else [["m1", "s1"]])


def test_under_the_same_rule_what_was_announced_stays(desk: Desk) -> None:
    """Given bronze, and an earlier meeting told later, when its rule is the same in the new
    catalog, then date and evidence are as announced."""
    desk.tell(*meetings(2, 6))
    desk.tell(*meetings(1, 1))
    announced = desk.award("ann", "momentum", "bronze").award

    cut_over(desk, approved(desk, BY_RATINGS))

    assert desk.award("ann", "momentum", "bronze").award == announced
