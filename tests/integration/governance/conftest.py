"""Committees for the tests of governance."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from directory.migrations import CHAIN as DIRECTORY
from engine.catalog import loader
from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from engine.store.postgres.schema import ENGINE
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.governance.committee_room import CommitteeRoom, committee_room
from tests.integration.governance.lodge import CATALOG, Lodge
from tests.integration.governance.panel_lodge import CATALOG as PANEL_CATALOG
from tests.integration.governance.panel_lodge import PanelLodge
from tests.support.databases import new_database
from web.migrations import CHAIN as WEB


@pytest.fixture(scope="session")
def _governed_schemas(postgres_url: str) -> Iterator[str]:
    """The name of a database to be copied: nobody is connected to it."""
    with new_database(postgres_url) as url:
        engine = connect(url, "test")
        for chain in (ENGINE, DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
            schema.migrate(engine, chain=chain)
        engine.dispose()
        yield str(make_url(url).database)


@pytest.fixture
def room(postgres_url: str, _governed_schemas: str) -> Iterator[CommitteeRoom]:
    """A committee under the catalog `recognition`, in a database of its own."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, loader.find("recognition")) as there,
    ):
        yield there


@pytest.fixture
def lodge(postgres_url: str, _governed_schemas: str) -> Iterator[Lodge]:
    """A small program with a committee of five, in a database of its own."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, CATALOG) as there,
    ):
        yield Lodge(there)


@pytest.fixture
def panel_lodge(postgres_url: str, _governed_schemas: str) -> Iterator[PanelLodge]:
    """The lodge with panels and eight reviewers, in a database of its own."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, PANEL_CATALOG) as there,
    ):
        yield PanelLodge(there)


@pytest.fixture(scope="module")
def shared_lodge(postgres_url: str, _governed_schemas: str) -> Iterator[Lodge]:
    """The same for many examples, each of which empties it first."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, CATALOG) as there,
    ):
        yield Lodge(there)
