"""The settings of governance: all that is missing is named at once."""

from pathlib import Path

import pytest

from engine.settings import SettingsError
from governance import settings
from tests.support.case_keys import case_key_file

NAMES = ("DATABASE_URL", "READER_DATABASE_URL", "KEY_FILE", "NOW_FILE", "METRICS_HOST")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"BADGE_GOVERNANCE_{name}", raising=False)


def _set(monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    for name, text in given.items():
        monkeypatch.setenv(f"BADGE_GOVERNANCE_{name}", text)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load().check()
    assert [line.split(" ")[0].rstrip(":") for line in str(refused.value).splitlines()] == [
        "BADGE_GOVERNANCE_DATABASE_URL",
        "BADGE_GOVERNANCE_READER_DATABASE_URL",
        "BADGE_GOVERNANCE_KEY_FILE",
    ]


def test_a_clock_of_tests_is_for_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = tmp_path / "now"
    clock.write_text("2026-11-29T12:00:00+00:00")
    _set(
        monkeypatch,
        DATABASE_URL="postgresql://badge_governance@localhost/badges",
        READER_DATABASE_URL="postgresql://badge_reader@localhost/badges",
        KEY_FILE=str(case_key_file()),
        NOW_FILE=str(clock),
    )
    loaded = settings.load()
    loaded.check()
    assert loaded.now().isoformat() == "2026-11-29T12:00:00+00:00"
    _set(monkeypatch, METRICS_HOST="0.0.0.0")
    with pytest.raises(SettingsError, match="NOW_FILE is for tests"):
        settings.load().check()


def test_a_file_that_has_no_key_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("[]")
    _set(monkeypatch, KEY_FILE=str(tmp_path / "keys"))
    with pytest.raises(SettingsError, match="KEY_FILE: must have a JSON list"):
        _ = settings.load().case_keys
