"""Settings of the notifier: BADGE_NOTIFIER_* from the environment; Kafka's are the engine's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine import settings as engine_settings
from engine.settings import Settings, SettingsError

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
    """For how long an e-mail waits for more to tell, and for what is taken back."""
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

    def now(self) -> datetime:
        """The present, or what the file says for tests."""
        if self.now_file is None:
            return datetime.now(UTC)
        return datetime.fromisoformat(self.now_file.read_text().strip())


def load() -> NotifierSettings:
    """The settings of this process. Raises SettingsError naming every wrong one."""
    faults: list[str] = []
    try:
        engine: Settings | None = engine_settings.load()
    except SettingsError as error:
        engine = None
        faults.append(str(error))
    try:
        # One that is wrong is named above; here any will do.
        loaded = NotifierSettings(engine=engine or Settings.model_construct())
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            known = name if name.isupper() else f"{_PREFIX}{name.upper()}"
            faults.append(f"{known}: {fault['msg']}")
    if faults:
        raise SettingsError("\n".join(faults))
    return loaded
