"""The roles get the passwords that the settings of the processes have."""

import pytest
from sqlalchemy.engine import URL, make_url

from directory.migrations import CHAIN as DIRECTORY
from engine.settings import SettingsError
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from web.database import migrating, passwords
from web.migrations import CHAIN as WEB

SETTINGS = {
    "badge_reader": "BADGE_WEB_READER_DATABASE_URL",
    "badge_people": "BADGE_WEB_PEOPLE_DATABASE_URL",
    "badge_notes": "BADGE_WEB_NOTES_DATABASE_URL",
    "badge_directory": "BADGE_DIRECTORY_DATABASE_URL",
    "badge_notify": "BADGE_NOTIFIER_DATABASE_URL",
    "badge_governance": "BADGE_GOVERNANCE_DATABASE_URL",
}


def _set(monkeypatch: pytest.MonkeyPatch, owner: URL, given: dict[str, str]) -> None:
    monkeypatch.setenv("DATABASE_URL", owner.render_as_string(hide_password=False))
    for role, setting in SETTINGS.items():
        address = owner.set(username=role, password=given.get(role))
        monkeypatch.setenv(setting, address.render_as_string(hide_password=False))


def test_each_role_gets_the_password_of_its_address_and_none_is_kept_in_clear(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = connect(database_url, "test")
    for chain in (schema.ENGINE, DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
        schema.migrate(owner, chain=chain)
    given = {role: f'{role}\'s "own" 100%' for role in SETTINGS}
    _set(monkeypatch, make_url(database_url), given)
    migrating.make_roles(with_passwords=True)
    try:
        with transaction(owner) as tx:
            kept = {
                str(role): str(verifier)
                for role, verifier in tx.rows("SELECT rolname::text, rolpassword FROM pg_authid")
            }
        for role in SETTINGS:
            assert kept[role].startswith("SCRAM-SHA-256$")
            assert given[role] not in kept[role]
    finally:
        with transaction(owner) as tx:
            for role in SETTINGS:
                tx.execute(f"ALTER ROLE {role} PASSWORD NULL")
        owner.dispose()


def test_every_address_without_its_role_or_a_password_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _set(monkeypatch, make_url("postgresql://owner@host/name"), {"badge_people": "one"})
    monkeypatch.setenv("BADGE_DIRECTORY_DATABASE_URL", "postgresql://owner:secret@host/name")
    with pytest.raises(SettingsError) as refused:
        passwords.of_settings()
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "BADGE_WEB_READER_DATABASE_URL",
        "BADGE_WEB_NOTES_DATABASE_URL",
        "BADGE_DIRECTORY_DATABASE_URL",
        "BADGE_NOTIFIER_DATABASE_URL",
        "BADGE_GOVERNANCE_DATABASE_URL",
    ]
    assert "secret" not in str(refused.value)
