"""The fixtures of tests/support/parts keep their promises."""

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

_seen: set[str] = set()


def _tables(url: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        found = connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        names = list(found)
        connection.execute(text("CREATE TABLE mine (n int)"))
    return names


def test_each_test_gets_an_empty_database(database_url: str) -> None:
    _seen.add(database_url)
    assert _tables(database_url) == []


def test_the_next_test_gets_another_one(database_url: str) -> None:
    assert database_url not in _seen
    assert _tables(database_url) == []
