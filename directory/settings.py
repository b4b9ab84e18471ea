"""Settings of the directory: BADGE_DIRECTORY_* from the environment; Kafka's are the engine's."""

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.settings import Settings, SettingsError, load_with_engine
from events.kafka_security import Security

_DATABASE = "BADGE_DIRECTORY_DATABASE_URL"


class DirectorySettings(BaseSettings):
    """Every setting of the directory (`docs/operating.md` explains them)."""

    model_config = SettingsConfigDict(
        env_prefix="BADGE_DIRECTORY_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices(_DATABASE, "DATABASE_URL")
    )
    topic: str = Field("mentoring.directory", min_length=1)
    partitions: int = Field(4, ge=1)
    """Partitions of the topic, when it is made."""
    metrics_port: int = Field(0, ge=0, le=65_535)
    """Where /healthz and /readyz answer; 0: nowhere."""
    metrics_host: str = "127.0.0.1"

    engine: Settings = Field(default_factory=Settings, exclude=True)
    """How to reach Kafka, how to log: as the engine."""

    @property
    def database(self) -> str:
        """The database's URL. Raises SettingsError if none is set."""
        if self.database_url is None or not self.database_url.get_secret_value():
            raise SettingsError(
                f"{_DATABASE} is not set, nor DATABASE_URL: give it as "
                "postgresql://user:password@host:5432/name"
            )
        return self.database_url.get_secret_value()

    @property
    def bootstrap(self) -> str:
        """The broker's address. Raises SettingsError if none is set."""
        return self.engine.bootstrap

    @property
    def security(self) -> Security:
        """How to talk to Kafka. Raises SettingsError."""
        return self.engine.security


def load() -> DirectorySettings:
    """The settings of this process. Raises SettingsError naming every wrong one."""
    return load_with_engine(DirectorySettings, "BADGE_DIRECTORY_")
