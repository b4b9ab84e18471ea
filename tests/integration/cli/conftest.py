"""A migrated database, and the commands run on it as a shell would: arguments in, exit code out."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from engine.cli.main import main
from engine.store.postgres.connection import connect
from tests.integration.cli.ingest import migrate
from tests.integration.handlers.conftest import _one_harness, harness

__all__ = ["_one_harness", "harness"]

ENVIRONMENT = ("KAFKA_BOOTSTRAP", "DATABASE_URL")


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def badge_engine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `badge-engine ARGUMENTS`, with no address of a broker or a database set."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["badge-engine", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def store(
    badge_engine: Command, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An empty, migrated database that is DATABASE_URL for the commands."""
    monkeypatch.setenv("DATABASE_URL", migrated_url)
    engine = connect(migrated_url, "tests-cli")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def under(
    badge_engine: Command, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Engine]]:
    """Migrates the database with another catalog."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = connect(database_url, "tests-cli")

    def migrated(text: str) -> Engine:
        (tmp_path / "catalog.yaml").write_text(text)
        migrate(engine, str(tmp_path / "catalog.yaml"))
        return engine

    yield migrated
    engine.dispose()
