"""What sending e-mail needs."""

from dataclasses import dataclass, field
from datetime import timedelta

from engine.settings import SettingsError
from notifier.channels.email import server
from notifier.channels.email.server import SmtpServer
from notifier.settings import NotifierSettings


@dataclass(frozen=True, slots=True)
class EmailOptions:
    """How e-mails are sent. `sender`: the address that all come from. `token_key`: of links that
    end e-mails. `unsubscribe_mailto`: an address that does the same, if somebody reads it. `old`:
    news about a case that are older when a mail server is first there need no e-mail."""

    smtp: SmtpServer
    sender: str
    public_url: str
    token_key: str = field(repr=False)
    unsubscribe_mailto: str | None = None
    old: timedelta = timedelta(days=7)


def of(settings: NotifierSettings) -> EmailOptions:
    """The options, of settings that were checked and have a mail server. Raises SettingsError
    unless it can be read which, or its password."""
    assert settings.smtp_url is not None
    assert settings.sender is not None
    assert settings.public_url is not None
    password = None
    if settings.smtp_password_file is not None:
        try:
            password = settings.smtp_password_file.read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                "BADGE_NOTIFIER_SMTP_PASSWORD_FILE: cannot be read as a file with the password"
            ) from None
    return EmailOptions(
        smtp=server.parse(settings.smtp_url.get_secret_value(), password),
        sender=settings.sender,
        public_url=settings.public_url,
        token_key=settings.token_key,
        unsubscribe_mailto=settings.unsubscribe_mailto or None,
        old=settings.old,
    )
