"""Settings of the notifier: BADGE_NOTIFIER_* from the environment; Kafka's are the engine's."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.loopback import is_loopback
from engine.settings import Settings, SettingsError, load_with_engine
from notifier import unsubscribe

_PREFIX = "BADGE_NOTIFIER_"
_DATABASE = f"{_PREFIX}DATABASE_URL"


class NotifierSettings(BaseSettings):
    """Every setting of the notifier (`docs/operating.md` explains them)."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices(_DATABASE, "DATABASE_URL")
    )
    """PostgreSQL as badge_notify."""
    smtp_url: SecretStr | None = None
    """The mail server: smtp://[user[:password]@]host[:port] or smtps://…; none: no e-mail."""
    smtp_password_file: Path | None = None
    """A file with the password, instead of in the address."""
    sender: str | None = Field(None, validation_alias=f"{_PREFIX}FROM")
    """The address that e-mails come from; its domain is that of their ids."""
    public_url: str | None = None
    """What browsers call the pages: scheme and host, without a path."""
    token_key_file: Path | None = None
    """A file with the key of unsubscribe links, as `badge-web keys` makes it."""
    unsubscribe_mailto: str | None = None
    """An address that ends e-mails too, if somebody reads it."""
    grace_seconds: float = Field(120, ge=0, le=86_400)
    """For how long an e-mail waits for more to tell, and for what is withdrawn."""
    old_days: float = Field(7, gt=0)
    """An award that was earned longer ago than this when it is announced is shown on pages only."""
    metrics_port: int = Field(0, ge=0, le=65_535)
    """Where /healthz and /readyz answer; 0: nowhere."""
    metrics_host: str = "127.0.0.1"
    now_file: Path | None = None
    """For tests: a file with the instant that is now."""

    engine: Settings = Field(default_factory=Settings, exclude=True)
    """How to reach Kafka, how to log: as the engine."""

    @property
    def database(self) -> str:
        """The database's URL. Raises SettingsError if none is set."""
        if self.database_url is None or not self.database_url.get_secret_value():
            raise SettingsError(
                f"{_DATABASE} is not set, nor DATABASE_URL: give it as "
                "postgresql://badge_notify:password@host:5432/name"
            )
        return self.database_url.get_secret_value()

    @property
    def sends_email(self) -> bool:
        """Whether there is a mail server."""
        return self.smtp_url is not None and bool(self.smtp_url.get_secret_value())

    @property
    def grace(self) -> timedelta:
        """For how long an e-mail waits."""
        return timedelta(seconds=self.grace_seconds)

    @property
    def old(self) -> timedelta:
        """How long ago an award was earned that is old news."""
        return timedelta(days=self.old_days)

    @cached_property
    def token_key(self) -> str:
        """The key of unsubscribe links. Raises SettingsError if the file has none."""
        assert self.token_key_file is not None, "settings are checked before"
        try:
            key = self.token_key_file.read_text().strip()
            unsubscribe.check(key)
        except OSError as error:
            raise SettingsError(f"{_PREFIX}TOKEN_KEY_FILE: {error.strerror}") from None
        except ValueError:
            raise SettingsError(
                f"{_PREFIX}TOKEN_KEY_FILE: is no key; `badge-web keys DIR` makes one"
            ) from None
        return key

    def check(self) -> None:
        """Raises SettingsError naming everything that is missing or does not fit."""
        faults = []
        if self.sends_email:
            if self.sender is None or not _is_address(self.sender):
                faults.append(f"{_PREFIX}FROM: give the address that e-mails come from")
            if self.public_url is None or not _is_origin(self.public_url):
                faults.append(
                    f"{_PREFIX}PUBLIC_URL: give the address of the pages, as "
                    "https://badges.example.org, without a path"
                )
            if self.token_key_file is None:
                faults.append(f"{_PREFIX}TOKEN_KEY_FILE: not set; `badge-web keys DIR` makes it")
            else:
                try:
                    _ = self.token_key
                except SettingsError as error:
                    faults.append(str(error))
        if self.now_file is not None and not self._reaches_this_machine_only:
            faults.append(f"{_PREFIX}NOW_FILE is for tests: PUBLIC_URL must be of this machine")
        if faults:
            raise SettingsError("\n".join(faults))

    @property
    def _reaches_this_machine_only(self) -> bool:
        return is_loopback(urlsplit(self.public_url or "http://127.0.0.1").hostname or "")

    def now(self) -> datetime:
        """The present, or what the file says for tests."""
        if self.now_file is None:
            return datetime.now(UTC)
        return datetime.fromisoformat(self.now_file.read_text().strip())


def _is_address(text: str) -> bool:
    name, _, domain = text.rpartition("@")
    return bool(name and domain) and text.isascii() and not any(map(str.isspace, text))


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")


def load() -> NotifierSettings:
    """The settings of this process. Raises SettingsError naming every wrong one."""
    return load_with_engine(NotifierSettings, _PREFIX)
