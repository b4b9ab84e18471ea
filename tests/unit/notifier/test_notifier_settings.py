"""The settings of the notifier name everything that is wrong with them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.settings import SettingsError
from notifier import settings, unsubscribe


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGE_NOTIFIER_DATABASE_URL", "postgresql://badge_notify@localhost/badges")


def _fault(monkeypatch: pytest.MonkeyPatch, **given: str) -> str:
    for name, value in given.items():
        monkeypatch.setenv(f"BADGE_NOTIFIER_{name}", value)
    with pytest.raises(SettingsError) as caught:
        settings.load().check()
    return str(caught.value)


def test_without_a_mail_server_nothing_of_e_mail_is_needed() -> None:
    loaded = settings.load()
    loaded.check()
    assert not loaded.sends_email


def test_with_a_mail_server_all_that_is_missing_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault = _fault(monkeypatch, SMTP_URL="smtp://mail.example.org")
    for name in ("FROM", "PUBLIC_URL", "TOKEN_KEY_FILE"):
        assert f"BADGE_NOTIFIER_{name}" in fault
    assert "badge-web keys DIR" in fault


@pytest.mark.parametrize("sender", ["badges", "@example.org", "a b@example.org", "a@b\nTo: c@d"])
def test_what_is_no_address_sends_nothing(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    fault = _fault(monkeypatch, SMTP_URL="smtp://mail.example.org", FROM=sender)
    assert "BADGE_NOTIFIER_FROM: give the address" in fault


@pytest.mark.parametrize("url", ["badges.example.org", "ftp://a.org", "https://a.org/path"])
def test_links_lead_to_pages_or_the_notifier_does_not_start(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    fault = _fault(monkeypatch, SMTP_URL="smtp://mail.example.org", PUBLIC_URL=url)
    assert "BADGE_NOTIFIER_PUBLIC_URL" in fault


def test_a_file_without_a_key_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("no key")
    fault = _fault(monkeypatch, SMTP_URL="smtp://mail.example.org", TOKEN_KEY_FILE=str(file))
    assert "BADGE_NOTIFIER_TOKEN_KEY_FILE: is no key" in fault
    assert "no key;" in fault


def test_everything_that_is_needed_is_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(unsubscribe.new_key() + "\n")
    monkeypatch.setenv("BADGE_NOTIFIER_SMTP_URL", "smtp://mail.example.org")
    monkeypatch.setenv("BADGE_NOTIFIER_FROM", "badges@example.org")
    monkeypatch.setenv("BADGE_NOTIFIER_PUBLIC_URL", "https://badges.example.org")
    monkeypatch.setenv("BADGE_NOTIFIER_TOKEN_KEY_FILE", str(file))
    loaded = settings.load()
    loaded.check()
    assert loaded.sends_email


def test_the_clock_of_tests_is_for_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "now"
    file.write_text("2026-03-01T12:00:00+00:00\n")
    monkeypatch.setenv("BADGE_NOTIFIER_NOW_FILE", str(file))
    assert settings.load().now() == datetime(2026, 3, 1, 12, tzinfo=UTC)
    settings.load().check()
    fault = _fault(monkeypatch, PUBLIC_URL="https://badges.example.org")
    assert "BADGE_NOTIFIER_NOW_FILE is for tests" in fault
