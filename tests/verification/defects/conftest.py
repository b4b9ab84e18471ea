"""Fixtures: databases after a model, a harness, and the runs end to end that were asked for."""

import uuid
from collections.abc import Iterator

import pytest

from tests.integration.governance.committee_room import committee_room
from tests.integration.governance.lodge import CATALOG, Lodge
from tests.integration.handlers.harness import Harness
from tests.integration.web.people_surface import surface
from tests.integration.web.privacy import Planted, plant
from tests.support.databases import new_database
from tests.verification.defects.databases import Databases
from tests.verification.defects.defect import Defect
from tests.verification.defects.result import Result
from tests.verification.defects.run_scenario import Run, Runs, run_end_to_end
from tests.verification.defects.surface_checks import plant_more


@pytest.fixture(scope="session")
def databases(postgres_url: str) -> Iterator[Databases]:
    """Databases as many as are wanted."""
    made = Databases(postgres_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def harness(databases: Databases) -> Iterator[Harness]:
    """A harness for all of them; each scenario empties it first."""
    with databases.one() as url:
        shared = Harness(url)
        yield shared
        shared.close()


@pytest.fixture(scope="session")
def planted(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """The people surface with everybody that its checks ask about."""
    with (
        new_database(postgres_url) as url,
        surface(url, tmp_path_factory.mktemp("surface")) as empty,
    ):
        plant_more(empty)
        yield plant(empty)


@pytest.fixture(scope="session")
def lodge(postgres_url: str) -> Iterator[Lodge]:
    """A small program with a committee; each check begins with nothing in it."""
    with new_database(postgres_url) as url, committee_room(url, CATALOG) as room:
        yield Lodge(room)


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest,
    kafka: str,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Runs]:
    """The runs that the tests of this session ask for, begun all together."""

    folders = tmp_path_factory.mktemp("defects")  # here: it is not made for several threads

    def run_one(scenario: str, defect: Defect | None) -> Result:
        folder = folders / uuid.uuid4().hex
        return run_end_to_end(kafka, databases, folder, scenario, defect)

    begun = Runs([run for item in request.session.items for run in _asked_for(item)], run_one)
    yield begun
    begun.close()


def _asked_for(item: pytest.Item) -> list[Run]:
    if "runs" not in getattr(item, "fixturenames", ()):
        return []
    given = getattr(item, "callspec").params  # noqa: B009 - only parametrized items have it
    defect: Defect | None = given.get("defect")
    return [(defect.scenario if defect is not None else given["scenario"], defect)]
