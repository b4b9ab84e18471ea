"""Settings of the web processes, from the environment: BADGE_WEB_*."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import governance.settings
from engine.loopback import is_loopback
from engine.settings import Settings, SettingsError, load_with_engine
from governance.store.sealing import CaseKeys
from notifier import unsubscribe
from web.identity.identity_policy import IdentityPolicy, networks

if TYPE_CHECKING:
    from credentials.signing import SigningKeys
    from web.notes.master_keys import MasterKeys

_PREFIX = "BADGE_WEB_"

Surface = Literal["people", "ops"]


_ADDRESSES: Mapping[Surface, Sequence[tuple[str, str]]] = {
    "people": (
        ("reader_database_url", "badge_reader"),
        ("people_database_url", "badge_people"),
        ("notes_database_url", "badge_notes"),
    ),
    "ops": (("database_url", "badge_engine"),),
}
"""The settings that name a database, by surface, each with the role that its address has."""


class WebSettings(BaseSettings):
    """Every setting, its default and what it does (docs/operating.md explains them)."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        frozen=True,
        hide_input_in_errors=True,
        extra="ignore",
        populate_by_name=True,
    )

    surface: Surface = "people"
    """Which pages this process serves: those of people, or the console of operators."""
    bind: str = "127.0.0.1:8080"
    """Where it listens: host:port."""
    public_url: str = "http://127.0.0.1:8080"
    """What browsers call it: scheme and host, without a path."""

    reader_database_url: SecretStr | None = None
    """PostgreSQL as badge_reader: the engine's tables, read-only."""
    people_database_url: SecretStr | None = None
    """PostgreSQL as badge_people: the directory, sessions and preferences."""
    notes_database_url: SecretStr | None = None
    """PostgreSQL as badge_notes: sealed notes and the keys of their recipients."""
    database_url: SecretStr | None = None
    """PostgreSQL as the engine's own role: for the ops surface, and for no other."""
    reader_connections: int = Field(10, ge=1)
    people_connections: int = Field(10, ge=1)
    notes_connections: int = Field(2, ge=1)
    connections: int = Field(5, ge=1)

    governance_database_url: SecretStr | None = Field(
        None, validation_alias="BADGE_GOVERNANCE_DATABASE_URL"
    )
    """PostgreSQL as badge_governance; without it pages have no committee."""
    governance_connections: int = Field(3, ge=1)
    governance_key_file: Path | None = Field(None, validation_alias="BADGE_GOVERNANCE_KEY_FILE")
    """A file with the keys that keys of cases are wrapped to; needed with the address above."""

    notes_private_key_file: Path | None = None
    """A file with the keys that open notes, as `badge-web keys` makes it."""

    token_key_file: Path | None = None
    """A file with the key of the links that end e-mails: the notifier's."""

    signing_key_file: Path | None = None
    """A file with the keys that sign credentials, as `badge-web keys` makes it."""

    issuer: str | None = None
    """The platform's OpenID provider, whose tokens are believed."""
    client_id: str = "badge-web"
    """As which client of it people sign in."""
    client_secret_file: Path | None = None
    """A file with that client's secret; none, or an empty one, for a public client."""
    audience: str = "badge-web"
    """The `aud` of access tokens for the API."""
    dev_issuer: bool = False
    """Sign in as anybody, without a password. Only on this machine."""

    undo_seconds: float = Field(8, ge=5, le=60)
    """For how long kudos that were given are held back, and can be undone without a trace."""

    requests_per_minute: int = Field(300, ge=1)
    """Requests of one principal, or of one address without one."""
    exports_per_hour: int = Field(1, ge=1)
    """Exports of one person, for themselves or for one service."""
    trusted_proxies: str = ""
    """Addresses, separated by commas, whose X-Forwarded-For is believed."""
    avatar_hosts: str = ""
    """Hosts that pictures of people may come from, separated by commas."""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(0, ge=0, le=65_535)
    """Where /healthz and /readyz are answered besides the public port; 0: nowhere."""
    log_format: str = Field("auto", pattern="^(auto|json|console)$")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$")
    now_file: Path | None = None
    """For tests, on loopback only: a file with the instant that is now."""

    engine: Settings = Field(default_factory=Settings, exclude=True)
    """How to reach Kafka, and what its topics are called: as the engine."""

    @field_validator("bind")
    @classmethod
    def _an_address(cls, bind: str) -> str:
        host, _, port = bind.rpartition(":")
        if not host or not port.isdigit() or not 0 <= int(port) <= 65_535:
            raise ValueError("give host:port, as 0.0.0.0:8080")
        return bind

    @cached_property
    def address(self) -> tuple[str, int]:
        """The host and port to listen at."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    @cached_property
    def identity(self) -> IdentityPolicy:
        """How people sign in. Raises SettingsError if the secret's file cannot be read."""
        try:
            file = self.client_secret_file
            secret = (file.read_text().strip() or None) if file else None
            proxies = networks(self.trusted_proxies.split(","))
        except OSError as error:
            raise SettingsError(f"{_PREFIX}CLIENT_SECRET_FILE: {error.strerror}") from None
        except ValueError:
            raise SettingsError(f"{_PREFIX}TRUSTED_PROXIES: give addresses or networks") from None
        return IdentityPolicy(
            public_url=self.public_url,
            bind=self.address[0],
            issuer=self.issuer,
            client_id=self.client_id,
            client_secret=secret,
            audience=self.audience,
            dev_issuer=self.dev_issuer,
            trusted_proxies=proxies,
            requests_per_minute=self.requests_per_minute,
            cookie="badges-ops" if self.surface == "ops" else "badges",
        )

    @cached_property
    def master_keys(self) -> "MasterKeys":
        """The keys that open notes. Raises SettingsError if the file has none."""
        # A library of the pages, which `migrate` starts without.
        from web.notes import master_keys

        assert self.notes_private_key_file is not None, "settings are checked before"
        try:
            return master_keys.read(self.notes_private_key_file)
        except master_keys.BadKeys as error:
            raise SettingsError(f"{_PREFIX}NOTES_PRIVATE_KEY_FILE: {error}") from None

    @cached_property
    def signing_keys(self) -> "SigningKeys":
        """The keys that sign credentials. Raises SettingsError if the file has none."""
        # A library of the pages, which `migrate` starts without.
        from credentials.signing import BadSigningKeys, SigningKeys

        assert self.signing_key_file is not None, "settings are checked before"
        try:
            return SigningKeys.read(self.signing_key_file.read_bytes())
        except OSError as error:
            fault = f"cannot be read: {error.strerror}"
        except BadSigningKeys as error:
            fault = str(error)
        raise SettingsError(f"{_PREFIX}SIGNING_KEY_FILE: {fault}")

    @cached_property
    def case_keys(self) -> CaseKeys:
        """The keys that keys of cases are wrapped to. Raises SettingsError if the file has none."""
        return governance.settings.read_case_keys(self.governance_key_file)

    @cached_property
    def token_key(self) -> str | None:
        """The key of links that end e-mails; None: there are none. Raises SettingsError if the
        file has no key."""
        if self.token_key_file is None:
            return None
        try:
            key = self.token_key_file.read_text().strip()
            unsubscribe.read(key, "")
        except (OSError, ValueError):
            raise SettingsError(
                f"{_PREFIX}TOKEN_KEY_FILE: has no key; `badge-web keys DIR` makes it"
            ) from None
        return key

    @property
    def has_committee(self) -> bool:
        """Whether pages show what a committee decides."""
        return _is_postgresql(self.governance_database_url)

    def check(self) -> None:
        """Raises SettingsError naming everything that the surface misses or that does not fit."""
        faults = [
            f"{_PREFIX}{name.upper()}: give it as postgresql://{role}:password@host:5432/name"
            for name, role in _ADDRESSES[self.surface]
            if not _is_postgresql(getattr(self, name))
        ]
        faults += self.identity.faults()
        if self.surface == "people":
            faults += self._faults_of_keys()
        if self.now_file is not None and not is_loopback(self.address[0]):
            faults.append(f"{_PREFIX}NOW_FILE is for tests: it needs a loopback {_PREFIX}BIND")
        if faults:
            raise SettingsError("\n".join(faults))

    def _faults_of_keys(self) -> Iterator[str]:
        for name, file, read in (
            ("NOTES_PRIVATE_KEY_FILE", self.notes_private_key_file, lambda: self.master_keys),
            ("SIGNING_KEY_FILE", self.signing_key_file, lambda: self.signing_keys),
        ):
            if file is None:
                yield f"{_PREFIX}{name}: not set; `badge-web keys DIR` makes it"
            else:
                yield from _fault_of(read)
        yield from _fault_of(lambda: self.token_key)
        if self.has_committee:
            yield from _fault_of(lambda: self.case_keys)

    def now(self) -> datetime:
        """The present, or what the file says for tests."""
        if self.now_file is None:
            return datetime.now(UTC)
        return datetime.fromisoformat(self.now_file.read_text().strip())


def load(surface: str | None = None) -> WebSettings:
    """The settings of this process; `surface` wins over the environment's.

    Raises:
        SettingsError: names every wrong one.
    """
    given = {} if surface is None else {"surface": surface}
    return load_with_engine(WebSettings, _PREFIX, given)


def _fault_of(read: Callable[[], object]) -> list[str]:
    """What is wrong with a file that is read, if anything is."""
    try:
        read()
    except SettingsError as error:
        return [str(error)]
    return []


def _is_postgresql(url: SecretStr | None) -> bool:
    return url is not None and url.get_secret_value().startswith(("postgresql:", "postgresql+"))
