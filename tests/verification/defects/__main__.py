"""`python -m tests.verification.defects`: run every defect, print as Markdown what caught it.

Ends with 1 if one was not caught by every invariant it breaks.
"""

import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from engine.local import broker, database
from engine.observability import configure
from tests.integration.governance.committee_room import committee_room
from tests.integration.governance.lodge import CATALOG, Lodge
from tests.integration.handlers.harness import Harness
from tests.integration.web.people_surface import surface
from tests.integration.web.privacy import plant
from tests.support.databases import new_database
from tests.verification.defects.databases import Databases
from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.registry import of_level
from tests.verification.defects.result import Result
from tests.verification.defects.run_scenario import (
    Runs,
    run_end_to_end,
    run_in_harness,
    run_in_lodge,
    run_on_surface,
    run_pure,
)
from tests.verification.defects.surface_checks import plant_more


def main() -> None:
    """The command."""
    configure("console", "error")
    print("| defect | what is broken | level | caught by |")
    print("|---|---|---|---|")
    missed: list[str] = []
    for defect, result in _results():
        caught = ", ".join(f"{name} ({number})" for name, number in result.caught_by.items())
        row = (defect.name, defect.what, defect.level, caught or "nothing")
        print(f"| {' | '.join(row)} |", flush=True)
        if result.failures or not set(defect.caught_by) <= result.caught_by.keys():
            missed.append(f"{defect.name}: {result.failures or defect.caught_by}")
    for line in missed:
        print(f"NOT CAUGHT as it must be: {line}", file=sys.stderr)
    sys.exit(1 if missed else 0)


def _results() -> Iterator[tuple[Defect, Result]]:
    for defect in of_level(DefectLevel.PURE):
        yield defect, run_pure(defect, defect.scenario)
    with (
        broker(None) as kafka,
        database(None) as postgres,
        tempfile.TemporaryDirectory() as folder,
    ):
        databases = Databases(postgres.url)
        with databases.one() as url:
            harness = Harness(url)
            for defect in of_level(DefectLevel.DATABASE):
                yield defect, run_in_harness(harness, defect.scenario, defect)
            harness.close()

        with (
            new_database(postgres.url) as url,
            surface(url, Path(folder)) as empty,
        ):
            plant_more(empty)
            planted = plant(empty)
            for defect in of_level(DefectLevel.SURFACE):
                yield defect, run_on_surface(planted, defect)

        with new_database(postgres.url) as url, committee_room(url, CATALOG) as room:
            lodge = Lodge(room)
            for defect in of_level(DefectLevel.COMMITTEE):
                yield defect, run_in_lodge(lodge, defect)

        def run_one(scenario: str, defect: Defect | None) -> Result:
            place = Path(folder) / uuid.uuid4().hex
            return run_end_to_end(kafka.bootstrap, databases, place, scenario, defect)

        last = of_level(DefectLevel.KAFKA)
        runs = Runs([(defect.scenario, defect) for defect in last], run_one)
        for defect in last:
            yield defect, runs.result(defect.scenario, defect)
        runs.close()


if __name__ == "__main__":
    main()
