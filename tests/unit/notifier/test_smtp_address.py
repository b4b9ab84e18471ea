"""Which mail server an address names."""

import pytest

from engine.settings import SettingsError
from notifier.channels.email.server import SmtpServer, parse


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25)),
        ("smtp://mail.example:587/", SmtpServer("mail.example", 587)),
        ("smtps://mail.example", SmtpServer("mail.example", 465, tls=True, starttls=False)),
        ("smtp://localhost:1025", SmtpServer("localhost", 1025, starttls=False)),
        ("smtp://127.0.0.1", SmtpServer("127.0.0.1", 25, starttls=False)),
        ("smtp://[::1]:2525", SmtpServer("::1", 2525, starttls=False)),
        ("smtp://a%40b:p%3Aw@m.example", SmtpServer("m.example", 25, user="a@b", password="p:w")),
    ],
)
def test_an_address_names_a_server(url: str, server: SmtpServer) -> None:
    assert parse(url) == server


def test_a_password_may_come_from_a_file() -> None:
    assert parse("smtp://me@mail.example", "secret").password == "secret"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://mail.example:99999",
        "smtp://[::1",
        "smtp://mail.example/path",
        "smtp://mail.example?tls=no",
        "smtp://me@mail.example",
        "smtp://:secret@mail.example",
    ],
)
def test_what_is_no_address_is_named_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="BADGE_NOTIFIER_SMTP_URL") as refusal:
        parse(url)
    assert "secret" not in str(refusal.value)


def test_two_passwords_are_one_too_many() -> None:
    with pytest.raises(SettingsError, match="keep one"):
        parse("smtp://me:secret@mail.example", "other")
