"""Every seeded defect is noticed, by the invariants that it breaks; and nothing is noticed without.

Played at the cheapest level that shows it. If one of these fails with DoesNotApply, the engine has
changed where the defect was: write it anew.
"""

import pytest

from tests.integration.handlers.harness import Harness
from tests.verification.defects.defect import Defect, PlayLevel
from tests.verification.defects.harness_scenarios import SCENES as IN_HARNESS
from tests.verification.defects.kafka_scenarios import SCENES as END_TO_END
from tests.verification.defects.registry import ALL, of_level
from tests.verification.defects.run_scenario import Runs, play_at_the_desk, play_pure

pytestmark = pytest.mark.verify


def _named(value: object) -> str:
    return value.name if isinstance(value, Defect) else str(value)


def test_a_fold_without_a_defect_is_right() -> None:
    play_pure().check_clean()


@pytest.mark.parametrize("defect", of_level(PlayLevel.PURE), ids=_named)
def test_a_defect_of_the_fold_is_caught(defect: Defect) -> None:
    play_pure(defect).check_caught(defect)


@pytest.mark.parametrize("scene", IN_HARNESS)
def test_a_scenario_without_a_defect_is_right(harness: Harness, scene: str) -> None:
    play_at_the_desk(harness, scene).check_clean()


@pytest.mark.parametrize("defect", of_level(PlayLevel.DATABASE), ids=_named)
def test_a_defect_on_a_database_is_caught(harness: Harness, defect: Defect) -> None:
    play_at_the_desk(harness, defect.scene, defect).check_caught(defect)


@pytest.mark.parametrize("scene", END_TO_END)
def test_a_scene_end_to_end_without_a_defect_is_right(runs: Runs, scene: str) -> None:
    runs.result(scene).check_clean()


@pytest.mark.parametrize("defect", of_level(PlayLevel.KAFKA), ids=_named)
def test_a_defect_is_caught_end_to_end(runs: Runs, defect: Defect) -> None:
    runs.result(defect.scene, defect).check_caught(defect)


def test_there_are_enough_of_them_each_with_a_name_of_its_own() -> None:
    assert len(ALL) >= 40
    assert len(of_level(PlayLevel.KAFKA)) >= 10
    assert len({defect.name for defect in ALL}) == len(ALL)
    assert all(defect.caught_by for defect in ALL)
