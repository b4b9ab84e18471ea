"""A login is never sent in the clear, and a file that cannot be used is named at once."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from events.kafka_security import Security

LOGIN: dict[str, Any] = {"sasl_mechanism": "SCRAM-SHA-512", "username": "u", "password": "SECRET"}


def test_without_settings_the_connection_is_plaintext() -> None:
    assert Security().kafka_python_options() == {"security_protocol": "PLAINTEXT"}


def test_tls_without_a_login() -> None:
    options = Security(tls=True).kafka_python_options()
    context = options.pop("ssl_context")
    assert options == {"security_protocol": "SSL"}
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_a_login_over_tls() -> None:
    options = Security(tls=True, **LOGIN).kafka_python_options()
    assert isinstance(options.pop("ssl_context"), ssl.SSLContext)
    assert options == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "u",
        "sasl_plain_password": "SECRET",
    }


@pytest.mark.parametrize("name", ["ca_file", "certificate_file", "key_file"])
def test_a_file_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    there = tmp_path / "there.pem"
    there.touch()
    files = {"certificate_file": str(there), name: str(tmp_path / "nowhere.pem")}
    with pytest.raises(ValueError, match=rf"{name}: there is no file .*nowhere\.pem"):
        Security(tls=True, **files).context()


@pytest.mark.parametrize("names", [("ca_file",), ("certificate_file", "key_file")])
def test_a_file_that_holds_something_else_is_named(names: tuple[str], tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text("SECRET")
    security = Security(tls=True, key_password="SECRET", **dict.fromkeys(names, str(other)))
    with pytest.raises(ValueError, match=names[0]) as refusal:
        security.context()
    assert "SECRET" not in str(refusal.value)


def test_a_login_without_tls_is_refused() -> None:
    with pytest.raises(ValueError, match="set tls=True"):
        Security(**LOGIN)


@pytest.mark.parametrize(
    "settings",
    [{"ca_file": "ca.pem"}, {"certificate_file": "c.pem"}, {"key_file": "k.pem", "tls": True}],
)
def test_files_that_would_be_ignored_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="would be ignored"):
        Security(**settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"sasl_mechanism": "GSSAPI", "tls": True},
        {"sasl_mechanism": "PLAIN", "tls": True},
        {"sasl_mechanism": "PLAIN", "tls": True, "username": "u"},
        {"username": "u", "password": "SECRET", "tls": True},
    ],
)
def test_a_login_that_is_not_complete_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"(?i)sasl") as refusal:
        Security(**settings)
    assert "SECRET" not in str(refusal.value)


def test_secrets_are_not_shown() -> None:
    assert "SECRET" not in repr(Security(tls=True, key_password="SECRET", **LOGIN))
