"""Settings of governance: BADGE_GOVERNANCE_* from the environment; Kafka's are the engine's."""

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.loopback import is_loopback
from engine.settings import Settings, SettingsError, load_with_engine
from governance.errors import BadCaseKeys
from governance.store.sealing import CaseKeys

_PREFIX = "BADGE_GOVERNANCE_"


class GovernanceSettings(BaseSettings):
    """Every setting of governance (`docs/operating.md` explains them)."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    database_url: SecretStr | None = None
    """PostgreSQL as badge_governance: cases, their log, and who may decide."""
    reader_database_url: SecretStr | None = None
    """PostgreSQL as badge_reader: the engine's tables, read-only."""
    key_file: Path | None = None
    """A file with the keys that keys of cases are wrapped to, as `badge-web keys` makes it."""
    metrics_port: int = Field(0, ge=0, le=65_535)
    """Where /healthz, /readyz and /metrics answer; 0: nowhere."""
    metrics_host: str = "127.0.0.1"
    now_file: Path | None = None
    """For tests: a file with the instant that is now."""

    engine: Settings = Field(default_factory=Settings, exclude=True)
    """How to reach Kafka, how to log: as the engine."""

    @property
    def database(self) -> str:
        """The database's URL as badge_governance. Raises SettingsError if none is set."""
        return _given("DATABASE_URL", self.database_url, "badge_governance")

    @property
    def reader_database(self) -> str:
        """The database's URL as badge_reader. Raises SettingsError if none is set."""
        return _given("READER_DATABASE_URL", self.reader_database_url, "badge_reader")

    @cached_property
    def case_keys(self) -> CaseKeys:
        """The keys that keys of cases are wrapped to. Raises SettingsError if the file has none."""
        return read_case_keys(self.key_file)

    def check(self) -> None:
        """Raises SettingsError naming everything that is missing or does not fit."""
        faults = []
        for name in ("database", "reader_database", "case_keys"):
            try:
                getattr(self, name)
            except SettingsError as error:
                faults.append(str(error))
        if self.now_file is not None and not is_loopback(self.metrics_host):
            faults.append(f"{_PREFIX}NOW_FILE is for tests: METRICS_HOST must be of this machine")
        if faults:
            raise SettingsError("\n".join(faults))

    def now(self) -> datetime:
        """The present, or what the file says for tests."""
        if self.now_file is None:
            return datetime.now(UTC)
        return datetime.fromisoformat(self.now_file.read_text().strip())


def read_case_keys(file: Path | None) -> CaseKeys:
    """The keys in the file of BADGE_GOVERNANCE_KEY_FILE. Raises SettingsError if it has none."""
    if file is None:
        raise SettingsError(f"{_PREFIX}KEY_FILE: not set; `badge-web keys DIR` makes it")
    try:
        return CaseKeys.read(file)
    except BadCaseKeys as error:
        raise SettingsError(f"{_PREFIX}KEY_FILE: {error}") from None


def load() -> GovernanceSettings:
    """The settings of this process. Raises SettingsError naming every wrong one."""
    return load_with_engine(GovernanceSettings, _PREFIX)


def _given(name: str, url: SecretStr | None, role: str) -> str:
    if url is None or not url.get_secret_value():
        raise SettingsError(
            f"{_PREFIX}{name} is not set: give it as postgresql://{role}:password@host:5432/name"
        )
    return url.get_secret_value()
