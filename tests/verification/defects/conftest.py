"""Fixtures: databases after a model, a harness, and the runs end to end that were asked for."""

import uuid
from collections.abc import Iterator

import pytest

from tests.integration.handlers.harness import Harness
from tests.verification.defects.databases import Databases
from tests.verification.defects.defect import Defect
from tests.verification.defects.result import Result
from tests.verification.defects.run_scenario import Run, Runs, play_end_to_end


@pytest.fixture(scope="session")
def databases(postgres_url: str) -> Iterator[Databases]:
    """Databases as many as are wanted."""
    found = Databases(postgres_url)
    yield found
    found.close()


@pytest.fixture(scope="session")
def harness(databases: Databases) -> Iterator[Harness]:
    """A harness for all of them; whoever plays empties it first."""
    with databases.one() as url:
        found = Harness(url)
        yield found
        found.close()


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest,
    kafka: str,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Runs]:
    """The runs that the tests of this session ask for, begun all together."""

    rooms = tmp_path_factory.mktemp("defects")  # here: it is not made for several threads

    def play(scene: str, defect: Defect | None) -> Result:
        room = rooms / uuid.uuid4().hex
        return play_end_to_end(kafka, databases, room, scene, defect)

    found = Runs([run for item in request.session.items for run in _asked_for(item)], play)
    yield found
    found.close()


def _asked_for(item: pytest.Item) -> list[Run]:
    if "runs" not in getattr(item, "fixturenames", ()):
        return []
    given = getattr(item, "callspec").params  # noqa: B009 - only parametrized items have it
    defect: Defect | None = given.get("defect")
    return [(defect.scene if defect is not None else given["scene"], defect)]
