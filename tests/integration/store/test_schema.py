"""The schema is made by `migrate`, once, and asked for by everybody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from engine.store.generations import live
from engine.store.generations.live import CatalogDiffers
from engine.store.postgres import schema
from engine.store.postgres.connection import DatabaseUnreachable, connect, transaction
from tests.support.catalogs import EVERY_KIND
from tests.support.given import MENTORLOOP


def test_a_database_that_was_never_migrated_is_refused(database_url: str) -> None:
    engine = connect(database_url, "test")
    with pytest.raises(schema.SchemaMissing, match=r"never migrated.*run `badge-engine migrate`"):
        schema.check(engine)
    schema.migrate(engine)
    schema.check(engine)
    engine.dispose()


def test_migrating_twice_at_once_does_it_once(database_url: str) -> None:
    engine = connect(database_url, "test")
    with ThreadPoolExecutor(4) as threads:
        versions = set(threads.map(lambda _: schema.migrate(engine), range(4)))
    assert versions == {schema.version(engine)}
    engine.dispose()


def test_a_schema_of_a_newer_engine_is_refused_and_left_alone(database: Engine) -> None:
    with transaction(database) as tx:
        tx.execute("UPDATE schema_version SET version_num = '9999'")
    for ask in (schema.check, schema.migrate):
        with pytest.raises(schema.SchemaMissing, match=r"schema 9999.*Start that one"):
            ask(database)
    assert schema.version(database) == "9999"


def test_a_schema_of_an_older_engine_is_to_be_migrated(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_newest", lambda _chain: "9999")
    with pytest.raises(schema.SchemaMissing, match=r"schema \d{4}.*needs schema 9999.*migrate`"):
        schema.check(database)


def test_an_index_whose_build_was_interrupted_is_made_again(database: Engine) -> None:
    with transaction(database) as tx:
        tx.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'awards_recipient'::regclass"
        )
        tx.execute("DROP INDEX awards_loop")
        tx.execute("UPDATE schema_version SET version_num = '0003'")

    schema.migrate(database, to="0004")

    with transaction(database) as tx:
        valid = tx.rows(
            "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indrelid = 'awards'::regclass AND i.indisvalid ORDER BY 1"
        )
    assert [name for (name,) in valid] == [
        "awards_beyond_loops", "awards_loop", "awards_pkey", "awards_recipient",
    ]  # fmt: skip


def test_the_first_catalog_is_the_default_and_another_one_is_refused(database: Engine) -> None:
    with transaction(database) as tx:
        with pytest.raises(CatalogDiffers, match="no default catalog"):
            live.check_default(tx, MENTORLOOP)
        live.start(tx, MENTORLOOP)
        live.start(tx, MENTORLOOP)
        live.check_default(tx, MENTORLOOP)
        with pytest.raises(CatalogDiffers, match="catalog mentorloop version 1 "):
            live.start(tx, EVERY_KIND)
        assert tx.rows("SELECT count(*) FROM generations") == [(1,)]


def test_an_address_that_does_not_answer_is_named_without_its_password() -> None:
    engine = connect("postgresql://u:secret@127.0.0.1:1/nothing", "test")
    with pytest.raises(DatabaseUnreachable) as raised, transaction(engine):
        pass
    assert "127.0.0.1" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("ports", ["", "?host=one:1&host=two:2&port=3"])
def test_an_address_that_is_none_is_refused_without_being_quoted(ports: str) -> None:
    address = f"postgresql://secret@/nonsense{ports}" if ports else "secret nonsense"
    with pytest.raises(DatabaseUnreachable, match="DATABASE_URL cannot be read") as raised:
        connect(address, "test")
    assert "secret" not in str(raised.value)


def test_an_address_may_name_several_servers() -> None:
    both = "host=127.0.0.1:1&host=127.0.0.1:2&target_session_attrs=read-write&connect_timeout=1"
    engine = connect(f"postgresql://badge@/badges?{both}", "test")
    with pytest.raises(DatabaseUnreachable), transaction(engine):
        pass
