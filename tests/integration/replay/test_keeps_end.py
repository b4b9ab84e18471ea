"""A kept award ends by the rollback of the cutover that kept it, by a release, or, where it is one
fact itself, by that fact's retraction. Until then totals count it."""

import pytest

from engine.store import audit_log
from replay.switch import release
from replay.switch.release import NotKept
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at, changed
from tests.integration.replay.rebuilt import NOON, approved, cut_over, rolled_back
from tests.support.given import KUDOS, MEETING, MENTORLOOP, kudos, retracted

ONLY_FROM_CY = changed(
    ("where: {kind: {equals: trust}}", "where: {kind: {equals: trust}, giver_id: {one_of: [cy]}}")
)


def _bronze_kept(harness: Harness) -> int:
    """Five meetings, and a cutover to six that keeps bronze; its generation."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(6), lost="keep")
    cut_over(harness, number)
    harness.hear()
    return number


def _kudos_kept(harness: Harness) -> int:
    """Kudos from ben and cy, and a cutover to a catalog that counts cy's only; its generation."""
    harness.tell(kudos("k1", "ben", "ann", "trust", at=1), kudos("k2", "cy", "ann", "trust", at=2))
    number = approved(harness, ONLY_FROM_CY, lost="keep")
    assert cut_over(harness, number).kept == 1
    harness.hear()
    return number


def test_the_rollback_of_its_cutover_ends_a_keep_that_no_fact_justifies(harness: Harness) -> None:
    number = _bronze_kept(harness)
    harness.tell(retracted(MEETING, "m1"))
    assert harness.held("ann") == {"momentum bronze"}
    done = rolled_back(harness, number)
    (revoked,) = harness.hear()
    assert (revoked.what, revoked.time) == ("- ann momentum bronze", NOON)
    assert (revoked.data["reason"], revoked.data["revision"]) == ("recomputed", 2)
    assert (done.lost, harness.held("ann")) == (1, set())


def test_the_rollback_of_another_cutover_leaves_a_keep(harness: Harness) -> None:
    _bronze_kept(harness)
    later = approved(harness, bronze_at(7))
    cut_over(harness, later)
    rolled_back(harness, later)
    assert harness.award("ann", "momentum", "bronze").decided
    assert harness.messages() == []


def test_a_keep_of_what_was_announced_to_nobody_ends_silently(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    cut_over(harness, approved(harness, bronze_at(4), gained="silent"))
    number = approved(harness, bronze_at(6), lost="keep")
    cut_over(harness, number)
    harness.tell(retracted(MEETING, "m1"))
    rolled_back(harness, number)
    assert harness.messages() == []
    assert harness.held("ann") == set()


def test_kept_twice_it_ends_with_the_rollback_of_the_second_cutover(harness: Harness) -> None:
    """Given a keep that facts have justified since, and another cutover that keeps the award
    again, then the rollback of that one ends it."""
    _bronze_kept(harness)
    harness.tell(*meetings(6, 6))
    number = approved(harness, bronze_at(9), lost="keep")
    cut_over(harness, number)
    harness.tell(retracted(MEETING, "m1"))
    rolled_back(harness, number)
    assert harness.said() == ["- ann momentum bronze"]


def test_the_retraction_of_kept_kudos_ends_the_keep(harness: Harness) -> None:
    _kudos_kept(harness)
    harness.tell(retracted(KUDOS, "k1"))
    (revoked,) = harness.hear()
    assert (revoked.what, revoked.data["revision"]) == ("- ann trust", 2)
    assert (revoked.data["reason"], revoked.data["total"]) == ("fact_retracted", 1)
    assert harness.held("ann") == {"trust k2"}


def test_kept_kudos_of_a_badge_that_is_gone_end_with_their_retraction(harness: Harness) -> None:
    text = MENTORLOOP.text
    begin, end = text.index("  trust:\n"), text.index("  networking:\n")
    harness.tell(*[kudos(f"k{n}", "ben", "ann", "trust", at=n) for n in (1, 2)])
    cut_over(harness, approved(harness, changed((text[begin:end], "")), lost="keep"))
    harness.hear()
    harness.tell(retracted(KUDOS, "k1"))
    harness.tell(retracted(KUDOS, "k2"))
    assert [(item.what, item.data["total"]) for item in harness.hear()] == [
        ("- ann trust", 1),
        ("- ann trust", 0),
    ]


def test_kudos_of_another_place_under_the_same_id_are_not_meant(harness: Harness) -> None:
    _kudos_kept(harness)
    harness.tell(kudos("k1", "ben", "ann", "networking", at=3, loop_id="elsewhere"))
    harness.hear()
    harness.tell(retracted(KUDOS, "k1", loop_id="elsewhere"))
    assert harness.said() == ["- ann networking"]
    assert "trust k1" in harness.held("ann")


def test_the_total_of_new_kudos_counts_kept_ones(harness: Harness) -> None:
    _kudos_kept(harness)
    harness.tell(kudos("k3", "cy", "ann", "trust", at=3))
    (awarded,) = harness.hear()
    assert (awarded.what, awarded.data["total"]) == ("+ ann trust k3", 3)


def test_the_total_of_a_later_cutover_counts_kept_ones(harness: Harness) -> None:
    """Given one award kept and one counted, when a replay takes the counted one away, then one is
    left; and when all count again, then two are."""
    _kudos_kept(harness)
    nobody = changed(
        (
            "where: {kind: {equals: trust}}",
            "where: {kind: {equals: trust}, giver_id: {one_of: [x]}}",
        )
    )
    cut_over(harness, approved(harness, nobody))
    cut_over(harness, approved(harness, MENTORLOOP))
    assert [(item.what, item.data["total"]) for item in harness.hear()] == [
        ("- ann trust", 1),
        ("+ ann trust k2", 2),
    ]
    assert not harness.award("ann", "trust", "k1").decided


def test_totals_count_what_the_same_cutover_does_silently(harness: Harness) -> None:
    """Given a cutover that gains two silently and loses one with a message, then its total counts
    the silent ones as held or not, in the order of messages; and so does the rollback's."""
    harness.tell(
        kudos("k1", "ben", "ann", "trust", at=1),
        *[kudos(f"k{n}", "cy", "ann", "networking", at=n) for n in (2, 3)],
    )
    harness.hear()
    swapped = changed(
        ("where: {kind: {equals: trust}}", "where: {kind: {equals: networking}}"),
    )
    number = approved(harness, swapped, gained="silent")
    cut_over(harness, number)
    assert [(item.what, item.data["total"]) for item in harness.hear()] == [("- ann trust", 0)]
    assert harness.held("ann") == {"trust k2", "trust k3", "networking k2", "networking k3"}
    rolled_back(harness, number)
    assert [(item.what, item.data["total"]) for item in harness.hear()] == [("+ ann trust k1", 1)]


def test_a_release_revokes_as_recomputed_and_is_audited(harness: Harness) -> None:
    _kudos_kept(harness)
    kept = harness.award("ann", "trust", "k1").award.id
    release.release(harness.engine, [kept], NOON, "kim", "not deserved")
    (revoked,) = harness.hear()
    assert (revoked.what, revoked.time) == ("- ann trust", NOON)
    assert (revoked.data["reason"], revoked.data["total"]) == ("recomputed", 1)
    assert harness.held("ann") == {"trust k2"}
    with harness.transaction() as tx:
        entry = list(audit_log.entries(tx))[-1]
    assert (entry.action, entry.by, entry.reason) == ("release", "kim", "not deserved")
    assert entry.details == {
        "awards": [kept],
        "silent": False,
        "time": NOON,
        "cursors": {str(n): 2 * (n == 0) for n in range(4)},
    }


def test_a_silent_release_publishes_nothing_and_advances_the_revision(harness: Harness) -> None:
    _bronze_kept(harness)
    kept = harness.award("ann", "momentum", "bronze").award.id
    release.release(harness.engine, [kept], NOON, "kim", "why", silent=True)
    assert harness.messages() == []
    assert harness.held("ann") == set()
    harness.tell(*meetings(6, 7))
    (awarded,) = harness.hear()
    assert awarded.data["revision"] == 3


@pytest.mark.parametrize("which", ["never announced", "ordinary", "released already"])
def test_what_is_not_kept_is_not_released_nor_anything_with_it(
    harness: Harness, which: str
) -> None:
    _kudos_kept(harness)
    kept = harness.award("ann", "trust", "k1").award.id
    other = {
        "never announced": "00000000-0000-0000-0000-000000000000",
        "ordinary": harness.award("ann", "trust", "k2").award.id,
        "released already": kept,
    }[which]
    if other == kept:
        release.release(harness.engine, [kept], NOON, "kim", "why")
    before = harness.dump()
    with pytest.raises(NotKept, match=other):
        release.release(harness.engine, [kept, other], NOON, "kim", "why")
    assert harness.dump() == before


def test_after_a_release_a_replay_that_justifies_it_announces_it_again(harness: Harness) -> None:
    _bronze_kept(harness)
    kept = harness.award("ann", "momentum", "bronze").award.id
    release.release(harness.engine, [kept], NOON, "kim", "why")
    harness.hear()
    cut_over(harness, approved(harness, MENTORLOOP))
    (awarded,) = harness.hear()
    assert (awarded.what, awarded.data["revision"]) == ("+ ann momentum bronze", 3)
    assert rebuilt.digest(harness)
