"""A generation that is built beside the live one: what the cold fold gives, whatever happens."""

from datetime import timedelta
from random import Random

import pytest

from engine.catalog.model import Catalog
from engine.handlers.policy import IntakePolicy
from engine.handlers.redrive import Redriven, redrive
from engine.store.cursors import cursors
from replay.build import build
from tests.integration.handlers.harness import TERMS, TOPIC, Harness
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
def test_a_build_is_the_cold_fold_of_the_ledger(
    harness: Harness, catalog: Catalog, seed: int
) -> None:
    harness.tell(*history(seed, 400))
    number = built(harness, catalog)
    rebuilt.check(harness, number, catalog)


@CATALOGS
@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_after_the_cut_is_caught_up(
    harness: Harness, catalog: Catalog, seed: int
) -> None:
    """Given a build whose cut was noted at some moment of a history with retractions and late
    facts, when the rest was told before, between and after its parts, then it is all in it."""
    lines, random = history(seed + 50, 500), Random(seed)
    first, second, third = sorted(random.sample(range(len(lines)), 3))
    harness.tell(*lines[:first], partition=random.randrange(4))
    number = rebuilt.planned(harness, catalog)
    build.start(harness.engine, number)
    harness.tell(*lines[first:second], partition=random.randrange(4))
    rebuilt.build(harness, number)
    harness.tell(*lines[second:third], partition=random.randrange(4))
    rebuilt.catch_up(harness, number)
    harness.tell(*lines[third:], partition=random.randrange(4))
    rebuilt.catch_up(harness, number)
    rebuilt.check(harness, number, catalog)


def test_a_generation_of_one_program_knows_nothing_of_the_others(harness: Harness) -> None:
    harness.tell(*history(7, 300, programs=3))
    number = built(harness, MENTORLOOP, "program-1")
    harness.tell(*history(8, 300, programs=3))
    rebuilt.catch_up(harness, number)
    rebuilt.check(harness, number, MENTORLOOP, "program-1")


def test_what_is_told_in_a_partition_that_was_added_meanwhile_is_caught_up(
    harness: Harness,
) -> None:
    harness.tell(*history(11, 200))
    number = built(harness, MENTORLOOP)
    with harness.transaction() as tx:
        cursors.start(tx, TOPIC, 9, 0)
    harness.rewind(9, 0)
    harness.tell(*history(12, 200), partition=9)
    rebuilt.catch_up(harness, number)
    rebuilt.check(harness, number, MENTORLOOP)


def test_what_is_redriven_meanwhile_is_caught_up(harness: Harness) -> None:
    """Given records that were refused as lying in the future, when they are redriven years later,
    after the cut, then they are in it."""
    lines = history(13, 200)
    early = IntakePolicy(clock=lambda: NOW - timedelta(days=9_000), refusal_limit=None)
    harness.tell(*lines, terms=early)
    number = built(harness, MENTORLOOP)
    letters = harness.rows("SELECT id FROM dead_letters WHERE reason = 'future' ORDER BY id")
    redrive(harness.engine, [number for (number,) in letters], TERMS, Redriven())
    rebuilt.catch_up(harness, number)
    rebuilt.check(harness, number, MENTORLOOP)
    assert harness.rows(f"SELECT count(*) FROM computed_{number}") != [(0,)]
