"""The chain of migrations of the schema `web`."""

import pytest
from sqlalchemy import text

from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from notifier.migrations import CHAIN as NOTIFIER
from web.migrations import CHAIN


def test_the_schema_is_made_once_and_known_afterwards(database_url: str) -> None:
    engine = connect(database_url, "test")
    with pytest.raises(schema.SchemaMissing, match="badge-web migrate"):
        schema.check(engine, CHAIN)
    schema.migrate(engine, chain=NOTIFIER)
    assert schema.migrate(engine, chain=CHAIN) == schema.migrate(engine, chain=CHAIN)
    schema.check(engine, CHAIN)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM web.sessions")) == 0
    engine.dispose()
