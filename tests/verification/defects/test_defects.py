"""Every seeded defect is noticed, by the invariants that it breaks; and nothing is noticed without.

Each runs at the cheapest level that shows it. If one fails with DoesNotApply, the engine has
changed where the defect was: the message shows where, and what to do.
"""

import pytest

from tests.integration.governance.lodge import Lodge
from tests.integration.handlers.harness import Harness
from tests.integration.web.privacy import Planted
from tests.verification.defects import (
    calibration_checks,
    dossier_checks,
    fairness_checks,
    mentors_checks,
    outcomes_checks,
    panels_checks,
    rewards_checks,
)
from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.harness_scenarios import SCENARIOS as IN_HARNESS
from tests.verification.defects.kafka_scenarios import SCENARIOS as END_TO_END
from tests.verification.defects.language import SCENARIO
from tests.verification.defects.registry import ALL, of_level
from tests.verification.defects.run_scenario import (
    Runs,
    run_in_harness,
    run_in_lodge,
    run_on_surface,
    run_pure,
)

pytestmark = pytest.mark.verify


def _named(value: object) -> str:
    return value.name if isinstance(value, Defect) else str(value)


def test_a_fold_without_a_defect_is_right() -> None:
    run_pure().check_clean()


def test_a_fold_of_many_kinds_of_rule_without_a_defect_is_right() -> None:
    run_pure(scenario=SCENARIO).check_clean()


def test_calibrations_without_a_defect_are_right() -> None:
    run_pure(scenario=calibration_checks.SCENARIO).check_clean()


def test_fairness_reports_without_a_defect_are_right() -> None:
    run_pure(scenario=fairness_checks.SCENARIO).check_clean()


def test_panels_without_a_defect_are_right() -> None:
    run_pure(scenario=panels_checks.SCENARIO).check_clean()


def test_outcomes_without_a_defect_are_right() -> None:
    run_pure(scenario=outcomes_checks.SCENARIO).check_clean()


def test_mentors_and_policies_without_a_defect_are_right() -> None:
    run_pure(scenario=mentors_checks.SCENARIO).check_clean()


def test_dossiers_without_a_defect_are_right() -> None:
    run_pure(scenario=dossier_checks.SCENARIO).check_clean()


def test_rewards_without_a_defect_are_right() -> None:
    run_pure(scenario=rewards_checks.SCENARIO).check_clean()


@pytest.mark.parametrize("defect", of_level(DefectLevel.PURE), ids=_named)
def test_a_defect_of_the_fold_is_caught(defect: Defect) -> None:
    run_pure(defect, defect.scenario).check_caught(defect)


@pytest.mark.parametrize("scenario", IN_HARNESS)
def test_a_scenario_without_a_defect_is_right(harness: Harness, scenario: str) -> None:
    run_in_harness(harness, scenario).check_clean()


@pytest.mark.parametrize("defect", of_level(DefectLevel.DATABASE), ids=_named)
def test_a_defect_on_a_database_is_caught(harness: Harness, defect: Defect) -> None:
    run_in_harness(harness, defect.scenario, defect).check_caught(defect)


def test_a_surface_without_a_defect_is_right(planted: Planted) -> None:
    run_on_surface(planted).check_clean()


@pytest.mark.parametrize("defect", of_level(DefectLevel.SURFACE), ids=_named)
def test_a_defect_of_the_surface_is_caught(planted: Planted, defect: Defect) -> None:
    run_on_surface(planted, defect).check_caught(defect)


def test_a_committee_without_a_defect_is_right(lodge: Lodge) -> None:
    run_in_lodge(lodge).check_clean()


@pytest.mark.parametrize("defect", of_level(DefectLevel.COMMITTEE), ids=_named)
def test_a_defect_of_a_committee_is_caught(lodge: Lodge, defect: Defect) -> None:
    run_in_lodge(lodge, defect).check_caught(defect)


@pytest.mark.parametrize("scenario", END_TO_END)
def test_a_scenario_end_to_end_without_a_defect_is_right(runs: Runs, scenario: str) -> None:
    runs.result(scenario).check_clean()


@pytest.mark.parametrize("defect", of_level(DefectLevel.KAFKA), ids=_named)
def test_a_defect_is_caught_end_to_end(runs: Runs, defect: Defect) -> None:
    runs.result(defect.scenario, defect).check_caught(defect)


def test_there_are_enough_of_them_each_with_a_name_of_its_own() -> None:
    assert len(ALL) >= 40
    assert len(of_level(DefectLevel.KAFKA)) >= 10
    assert len(of_level(DefectLevel.SURFACE)) >= 12
    assert len(of_level(DefectLevel.COMMITTEE)) >= 12
    assert len({defect.name for defect in ALL}) == len(ALL)
    assert all(defect.caught_by for defect in ALL)
