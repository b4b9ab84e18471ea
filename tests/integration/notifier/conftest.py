"""The fixtures of these tests: a database with the tables of notifier and directory."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from directory.migrations import CHAIN as DIRECTORY
from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.notifier.mailing import Mailing
from tests.support.mail_server import MailServer, mail_server


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A database with these tables, and nothing of the engine."""
    engine = connect(database_url, "test")
    for chain in (DIRECTORY, NOTIFIER):
        schema.migrate(engine, chain=chain)
    yield engine
    engine.dispose()


@pytest.fixture
def mailing(migrated_url: str) -> Iterator[Mailing]:
    """Due e-mails, in a database with the engine's tables too."""
    engine = connect(migrated_url, "test")
    for chain in (DIRECTORY, NOTIFIER):
        schema.migrate(engine, chain=chain)
    yield Mailing(engine)
    engine.dispose()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server that accepts everything."""
    with mail_server() as server:
        yield server
