"""A build that is not what the ledger gives cannot be approved."""

import pytest

from engine.store.generations.replays import NotReady
from engine.store.projections import tables
from replay.build import verify
from replay.build.verify import VerifyFailed
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import champion
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.verification.oracle.histories import history


@pytest.fixture
def built(harness: Harness) -> int:
    """The number of a generation that is built and not verified."""
    harness.tell(*champion(), *history(5, 300))
    return rebuilt.built(harness, bronze_at(4))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE {measures} SET state = '{{}}' WHERE loop = 'loop'", "measures of program/loop"),
        ("DELETE FROM {computed} WHERE badge = 'mentorloop-champion'", "mentorloop-champion"),
        (
            "UPDATE {computed} SET awarded_at = '2026-01-01T00:00:00.000000Z' "
            "WHERE badge = 'momentum' AND recipient = 'ann' AND level = 'gold'",
            "momentum gold of ann",
        ),
        ("UPDATE chunks SET rows_before_cut = rows_before_cut - 1 WHERE phase = 'places'", "read"),
    ],
)
def test_what_differs_is_named_and_the_generation_is_not_ready(
    harness: Harness, built: int, change: str, says: str
) -> None:
    names = {name: tables.of(name, built) for name in ("measures", "computed")}
    before = rebuilt.digest(harness)
    with harness.transaction() as tx:
        assert tx.execute(change.format(**names)) >= 1
    with pytest.raises(VerifyFailed, match=says):
        verify.verify(harness.engine, built)
    assert rebuilt.status(harness, built) == "building"
    with pytest.raises(NotReady):
        rebuilt.approve(harness, built)
    assert rebuilt.digest(harness) == before


@pytest.mark.parametrize("seed", range(6))
def test_a_sample_of_a_right_build_is_right(harness: Harness, built: int, seed: int) -> None:
    harness.tell(*history(seed, 300, loops=30, label="-many"))
    rebuilt.catch_up(harness, built)
    verified = verify.verify(harness.engine, built, facts_at_most=150)
    assert not verified.whole
    assert rebuilt.status(harness, built) == "ready"
