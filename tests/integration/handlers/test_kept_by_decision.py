"""An award kept by decision stands without facts, and is ordinary again once facts justify it."""

from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.support.given import MEETING, instant, meeting, retracted

KEEP = (
    "UPDATE awards SET standing = true, decided = true, revision = revision + 1, silent = true "
    "WHERE badge = 'momentum'"
)


def _bronze_kept(harness: Harness) -> None:
    """Bronze lost for want of a meeting, and kept all the same, as a replay's decision would."""
    harness.tell(*meetings(1, 5))
    harness.tell(retracted(MEETING, "m5"))
    with harness.transaction() as tx:
        assert tx.execute(KEEP) == 1
    harness.hear()


def test_it_survives_the_retraction_of_what_it_once_rested_on(harness: Harness) -> None:
    _bronze_kept(harness)
    before = harness.award("ann", "momentum", "bronze")

    harness.tell(retracted(MEETING, "m1"), retracted(MEETING, "m2"))

    assert harness.messages() == []
    assert harness.award("ann", "momentum", "bronze") == before


def test_it_becomes_ordinary_without_a_word_when_facts_justify_it(harness: Harness) -> None:
    _bronze_kept(harness)

    harness.tell(meeting("m6", "ann", at=6))

    assert harness.messages() == []
    bronze = harness.award("ann", "momentum", "bronze")
    assert (bronze.decided, bronze.revision) == (False, 3)
    assert [e.id for e in bronze.award.evidence] == ["m1", "m2", "m3", "m4", "m6"]
    assert bronze.award.time == instant(6)


def test_once_ordinary_it_is_lost_as_any_other(harness: Harness) -> None:
    _bronze_kept(harness)
    harness.tell(meeting("m6", "ann", at=6))

    harness.tell(retracted(MEETING, "m6"))

    (lost,) = harness.hear()
    assert (lost.what, lost.data["revision"]) == ("- ann momentum bronze", 4)
