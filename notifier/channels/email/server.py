"""Which mail server, from its address: smtp://[user[:password]@]host[:port], or smtps://…"""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from engine.loopback import is_loopback
from engine.settings import SettingsError

_SETTING = "BADGE_NOTIFIER_SMTP_URL"
_FORM = "write it as smtp://[user[:password]@]host[:port], or smtps://…"
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server. `tls`: encrypted from the first byte. `starttls`: encrypted before a word
    of a message, or not spoken with; neither only on this machine."""

    host: str
    port: int
    tls: bool = False
    starttls: bool = True
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def parse(url: str, password: str | None = None) -> SmtpServer:
    """The server at an address. `password`: from a file, instead of in the address.

    Raises:
        SettingsError: it cannot be read. Its message holds no password.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(f"{_SETTING} cannot be read: {_FORM}") from None
    if parts.scheme not in _PORTS:
        raise SettingsError(f"{_SETTING} has no scheme smtp or smtps: {_FORM}")
    if not host:
        raise SettingsError(f"{_SETTING} names no host: {_FORM}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsError(f"{_SETTING} has something after the host: {_FORM}")
    user = unquote(parts.username) if parts.username else None
    inside = unquote(parts.password) if parts.password else None
    if inside is not None and password is not None:
        raise SettingsError(f"{_SETTING} has a password, and there is a file with one: keep one")
    if (inside or password) is not None and user is None:
        raise SettingsError(f"{_SETTING} names no user for the password: {_FORM}")
    if user is not None and (inside or password) is None:
        raise SettingsError(
            f"{_SETTING} names a user without a password: set BADGE_NOTIFIER_SMTP_PASSWORD_FILE"
        )
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=host,
        port=port or _PORTS[parts.scheme],
        tls=tls,
        starttls=not tls and not is_loopback(host),
        user=user,
        password=inside or password,
    )
