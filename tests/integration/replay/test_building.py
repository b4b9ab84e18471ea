"""A generation that is built beside the live one: what the cold fold gives, whatever happens."""

from datetime import timedelta
from random import Random

import pytest

from engine.catalog.model import Catalog
from engine.handlers.batch_transaction import redrive
from engine.handlers.policy import IntakePolicy
from engine.store.cursors import cursors
from replay.build import build
from tests.integration.handlers.desk import TERMS, TOPIC, Desk
from tests.integration.replay import rebuilt
from tests.integration.replay.rebuilt import built
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP
from tests.verification.oracle.histories import NOW, history

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
    build.start(desk.engine, number)
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


def test_what_is_told_in_a_partition_that_was_added_meanwhile_is_caught_up(desk: Desk) -> None:
    desk.tell(*history(11, 200))
    number = built(desk, MENTORLOOP)
    with desk.transaction() as tx:
        cursors.start(tx, TOPIC, 9, 0)
    desk.rewind(9, 0)
    desk.tell(*history(12, 200), partition=9)
    rebuilt.catch_up(desk, number)
    rebuilt.check(desk, number, MENTORLOOP)


def test_what_is_redriven_meanwhile_is_caught_up(desk: Desk) -> None:
    """Given records that were refused as lying in the future, when they are redriven years later,
    after the cut, then they are in it."""
    lines = history(13, 200)
    early = IntakePolicy(clock=lambda: NOW - timedelta(days=9_000), flood=None)
    desk.tell(*lines, terms=early)
    number = built(desk, MENTORLOOP)
    for (letter,) in desk.rows("SELECT id FROM dead_letters WHERE reason = 'future' ORDER BY id"):
        with desk.transaction() as tx:
            redrive(tx, desk.generations, letter, TERMS)
    rebuilt.catch_up(desk, number)
    rebuilt.check(desk, number, MENTORLOOP)
    assert desk.rows(f"SELECT count(*) FROM computed_{number}") != [(0,)]
