"""A login is never sent in the clear."""

from typing import Any

import pytest

from events.kafka_security import Security

LOGIN: dict[str, Any] = {"sasl_mechanism": "SCRAM-SHA-512", "username": "u", "password": "SECRET"}


def test_without_settings_the_connection_is_plaintext() -> None:
    assert Security().kafka_python_options() == {"security_protocol": "PLAINTEXT"}


def test_tls_without_a_login() -> None:
    assert Security(tls=True, ca_file="ca.pem").kafka_python_options() == {
        "security_protocol": "SSL",
        "ssl_cafile": "ca.pem",
    }


def test_a_login_over_tls() -> None:
    assert Security(tls=True, **LOGIN).kafka_python_options() == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "u",
        "sasl_plain_password": "SECRET",
    }


def test_a_login_without_tls_is_refused() -> None:
    with pytest.raises(ValueError, match="set tls=True"):
        Security(**LOGIN)


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
