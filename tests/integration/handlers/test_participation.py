"""Who takes part where: everybody named there, whether or not anything counts for them."""

from engine.fact import Place
from engine.intake.keys import person_hash, place_hash
from engine.queries import explanations, person
from engine.queries.snapshot import Reader
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.support.given import KUDOS, kudos, meeting, retracted

LOOP = Place("program", "loop", None)


def takes_part(harness: Harness, who: str, place: Place = LOOP) -> bool:
    rows = harness.rows(
        f"SELECT FROM participation WHERE person = {person_hash('program', who)} "
        f"AND place = {place_hash(place)}"
    )
    return len(list(rows)) == 1


def test_a_giver_of_kudos_takes_part_although_nothing_counts_for_her(harness: Harness) -> None:
    harness.tell(kudos("k1", "ben", "ann", "trust"))
    harness.tell(kudos("k2", "ben", "ann", "trust"), meeting("m1", "ben", "ann"))
    assert takes_part(harness, "ben")
    agreement.check_measures(harness)


def test_whom_only_a_retracted_fact_named_takes_no_part(harness: Harness) -> None:
    harness.tell(kudos("k1", "ben", "ann", "trust"), kudos("k2", "eve", "ann", "trust"))
    harness.tell(retracted(KUDOS, "k1"))
    assert not takes_part(harness, "ben")
    assert takes_part(harness, "ann")
    harness.tell(retracted(KUDOS, "k2"))
    assert not takes_part(harness, "ann")
    agreement.check_measures(harness)


def test_whom_another_fact_names_still_takes_part(harness: Harness) -> None:
    """Given one of two kudos by ben retracted, or a meeting of his told with it in one batch."""
    harness.tell(*(kudos(name, "ben", "ann", "trust") for name in ("k1", "k2")))
    harness.tell(retracted(KUDOS, "k1"))
    assert takes_part(harness, "ben")
    harness.tell(meeting("m1", "ben"), retracted(KUDOS, "k2"))
    assert takes_part(harness, "ben")
    agreement.check_measures(harness)


def test_who_is_only_named_in_a_loop_is_shown_in_none(harness: Harness) -> None:
    harness.tell(kudos("k1", "eve", "ann", "trust"), meeting("m1", "ben", "eve", loop_id="other"))
    with Reader(harness.engine).snapshot() as snapshot:
        eve = person.read(snapshot, "program", "eve", "", 20, ())
        explained = explanations.of_badge(snapshot, "program", None, "eve", "momentum")
        loops = [item.loop for item in explained if isinstance(item, explanations.Explanation)]
    assert [loop.loop_id for loop in eve.loops] == ["other"]
    assert loops == ["other"]
