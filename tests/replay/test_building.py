"""A generation that is built beside the live one: what the cold fold gives, whatever happens."""

from random import Random

import pytest

from engine.catalog.model import Catalog
from replay import building
from tests.handlers.desk import Desk
from tests.oracle.histories import history
from tests.replay import rebuilt
from tests.replay.rebuilt import built
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP

CATALOGS = pytest.mark.parametrize(
    "catalog", [MENTORLOOP, EVERY_KIND], ids=lambda catalog: catalog.name
)


@CATALOGS
@pytest.mark.parametrize("seed", range(3))
def test_a_build_is_the_cold_fold_of_the_ledger(desk: Desk, catalog: Catalog, seed: int) -> None:
    desk.tell(*history(seed, 400))
    number = built(desk, catalog)
    rebuilt.check(desk, number, catalog)


@CATALOGS
@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_after_the_cut_is_caught_up(desk: Desk, catalog: Catalog, seed: int) -> None:
    """Given a build whose cut was noted at some moment of a history with retractions and late
    facts, when the rest was told before, between and after its parts, then it is all in it."""
    lines, random = history(seed + 50, 500), Random(seed)
    first, second, third = sorted(random.sample(range(len(lines)), 3))
    desk.tell(*lines[:first], partition=random.randrange(4))
    number = rebuilt.planned(desk, catalog)
    building.start(desk.engine, number)
    desk.tell(*lines[first:second], partition=random.randrange(4))
    rebuilt.build(desk, number)
    desk.tell(*lines[second:third], partition=random.randrange(4))
    rebuilt.catch_up(desk, number)
    desk.tell(*lines[third:], partition=random.randrange(4))
    rebuilt.catch_up(desk, number)
    rebuilt.check(desk, number, catalog)


def test_a_generation_of_one_program_knows_nothing_of_the_others(desk: Desk) -> None:
    desk.tell(*history(7, 300, programs=3))
    number = built(desk, MENTORLOOP, "program-1")
    desk.tell(*history(8, 300, programs=3))
    rebuilt.catch_up(desk, number)
    rebuilt.check(desk, number, MENTORLOOP, "program-1")
