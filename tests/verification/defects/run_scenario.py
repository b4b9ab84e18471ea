"""Run a defect's scenario at its level, or the same without the defect, and check the result."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from structlog.testing import capture_logs

from tests.integration.governance.lodge import Lodge
from tests.integration.handlers.harness import Harness
from tests.integration.web.privacy import Planted
from tests.verification.checker.check import check
from tests.verification.defects import (
    calibration_checks,
    dossier_checks,
    eligibility_checks,
    fairness_checks,
    governance_checks,
    language,
    mentors_checks,
    outcomes_checks,
    panels_checks,
    pure,
    rewards_checks,
)
from tests.verification.defects.databases import Databases
from tests.verification.defects.defect import Defect
from tests.verification.defects.harness_run import HarnessRun
from tests.verification.defects.harness_scenarios import SCENARIOS as IN_HARNESS
from tests.verification.defects.kafka_run import installation
from tests.verification.defects.kafka_scenarios import SCENARIOS as END_TO_END
from tests.verification.defects.result import Result
from tests.verification.defects.surface_checks import CHECKS, violations

AT_ONCE = 3
"""Most of a run end to end is waiting for processes to start."""


def run_pure(defect: Defect | None = None, scenario: str = "") -> Result:
    """Fold a history, under mentorloop or under a catalog of many kinds of rule, or ask who
    is eligible."""
    pure_scenarios = (
        language, eligibility_checks, fairness_checks, panels_checks, outcomes_checks,
        calibration_checks, mentors_checks, dossier_checks, rewards_checks,
    )  # fmt: skip
    for other in pure_scenarios:
        if scenario == other.SCENARIO:
            with _installed(defect):
                return Result(other.violations())
    with _installed(defect):
        exports = pure.folded()
    violations = check(pure.seen_of(exports), needed=pure.JUDGED)
    return Result([violation for violation in violations if violation.invariant in pure.JUDGED])


def run_in_harness(harness: Harness, scenario: str, defect: Defect | None = None) -> Result:
    """Run a scenario on a database."""
    run = HarnessRun(harness)
    with _installed(defect):
        IN_HARNESS[scenario](run)
        seen = run.seen()
    return Result(check(seen, needed=()), run.failures)


def run_on_surface(planted: Planted, defect: Defect | None = None) -> Result:
    """Look at the people surface: at all of it, or at what must notice the defect."""
    with _installed(defect), capture_logs():  # tracebacks of what a defect breaks take seconds
        if defect is None:
            return Result(violations(planted, CHECKS))
        return Result(violations(planted, defect.caught_by, most=1))


def run_in_lodge(lodge: Lodge, defect: Defect | None = None) -> Result:
    """Look at a committee: at all of it, or at what must notice the defect."""
    checks = governance_checks.CHECKS if defect is None else defect.caught_by
    with _installed(defect), capture_logs():
        return Result(governance_checks.violations(lodge, checks))


def run_end_to_end(
    bootstrap: str, databases: Databases, folder: Path, scenario: str, defect: Defect | None = None
) -> Result:
    """Run a scenario with workers on Kafka. `folder` is made."""
    failures: list[str] = []
    with installation(bootstrap, databases, folder, defect) as here:
        try:
            END_TO_END[scenario](here)
        except AssertionError as error:
            failures += [str(error), *(worker.logged()[-2000:] for worker in here.processes)]
        seen = here.seen()
    return Result(check(seen, needed=()), failures)


Run = tuple[str, Defect | None]
"""A scenario, and a defect or none."""


class Runs:
    """Runs end to end, some at once. They begin when this is made."""

    def __init__(self, runs: list[Run], run_one: Callable[[str, Defect | None], Result]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._results: dict[Run, Future[Result]] = {
            run: self._pool.submit(run_one, *run) for run in runs
        }

    def result(self, scenario: str, defect: Defect | None = None) -> Result:
        """What came of one of them."""
        return self._results[scenario, defect].result()

    def close(self) -> None:
        """Wait for those that have begun, and begin no other."""
        self._pool.shutdown(cancel_futures=True)


def _installed(defect: Defect | None) -> AbstractContextManager[None]:
    return defect.installed() if defect is not None else nullcontext()
