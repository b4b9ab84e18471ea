"""A process with the dev issuer starts on this machine only: one test for each condition."""

import pytest

from engine.settings import SettingsError
from tests.support.master_key import master_key_file
from tests.support.signing_keys import signing_key_file
from web.settings import WebSettings

LOCAL = {"bind": "127.0.0.1:8080", "public_url": "http://127.0.0.1:8080"}
ELSEWHERE = ["0.0.0.0", "[::]", "192.168.1.2", "localhost.evil.com", "127.0.0.1.nip.io"]


def settings(**changes: object) -> WebSettings:
    database = "postgresql://role:password@host/name"
    roles = ("reader", "people", "notes")
    given = {f"{role}_database_url": database for role in roles}
    keys = {
        "notes_private_key_file": master_key_file(),
        "signing_key_file": signing_key_file(),
    }
    return WebSettings.model_validate({**LOCAL, **given, **keys, **changes})


def test_it_starts_where_all_three_conditions_hold() -> None:
    settings(dev_issuer=True).check()
    settings(dev_issuer=True, bind="[::1]:8080", public_url="http://localhost:8080").check()


def test_it_is_off_by_default() -> None:
    with pytest.raises(SettingsError, match="BADGE_WEB_ISSUER"):
        settings().check()


@pytest.mark.parametrize("host", ELSEWHERE)
def test_it_does_not_listen_elsewhere(host: str) -> None:
    with pytest.raises(SettingsError, match="needs a loopback address in BADGE_WEB_BIND"):
        settings(dev_issuer=True, bind=f"{host}:8080").check()


@pytest.mark.parametrize("host", ELSEWHERE)
def test_it_has_no_other_public_url(host: str) -> None:
    with pytest.raises(SettingsError, match="needs a loopback address in BADGE_WEB_PUBLIC_URL"):
        settings(dev_issuer=True, public_url=f"https://{host}:8080").check()


def test_it_does_not_stand_next_to_another_issuer() -> None:
    with pytest.raises(SettingsError, match="BADGE_WEB_ISSUER"):
        settings(dev_issuer=True, issuer="https://platform.example").check()
