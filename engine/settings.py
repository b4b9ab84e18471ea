"""Settings, from the environment: KAFKA_BOOTSTRAP, DATABASE_URL, BADGE_ENGINE_* for the rest."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.intake.refusal_window import RefusalLimit
from engine.store.awards.outbox import Topic
from events.kafka_security import Security
from events.public_key import PublicKey
from events.schemas.registry import TopicKind

ProcessSettings = TypeVar("ProcessSettings", bound=BaseSettings)


class SettingsError(Exception):
    """A setting is missing or wrong; the message names every one."""


class Settings(BaseSettings):
    """Every setting, its default and what it does (`docs/operating.md` explains them)."""

    model_config = SettingsConfigDict(
        env_prefix="BADGE_ENGINE_",
        frozen=True,
        hide_input_in_errors=True,
        extra="ignore",
        allow_inf_nan=False,
    )

    kafka_bootstrap: str | None = Field(None, validation_alias="KAFKA_BOOTSTRAP")
    database_url: SecretStr | None = Field(None, validation_alias="DATABASE_URL")

    catalog: str = "mentorloop"
    """Name or path of the catalog that programs never seen before start under."""
    activity_topic: str = "mentoring.activity"
    governance_topic: str = "mentoring.governance"
    """Where committees' facts stand; only who governs a program may write it."""
    awards_topic: str = "mentoring.awards"
    dead_letters_topic: str = "mentoring.activity.dead-letters"
    group: str = "badge-engine"
    """Kafka consumer group of the workers."""
    instance: str | None = None
    """Name of this worker within the group, unique; makes its restart unnoticed by the others."""

    partitions: int = Field(12, ge=1)
    """Partitions of topics that `migrate` makes."""
    replication: int = Field(1, ge=1)
    """Replicas of topics that `migrate` makes."""
    retention_days: float = Field(14, gt=0)
    """How long Kafka keeps activity; the ledger keeps it for ever."""

    batch_records: int = Field(5_000, ge=1)
    """Records per transaction, at the most."""
    memory_mb: int = Field(32, ge=1)
    """Bytes of records fetched and not yet committed, at the most, in MiB."""
    unpacked_mb: int = Field(32, ge=1)
    """What a compressed batch of records may unpack to, in MiB; a larger one is refused."""
    future_tolerance_hours: float = Field(24, ge=0)
    """How far ahead of the clock an event's time may lie."""
    flood_records: int = Field(1_000, ge=1)
    flood_refused: int = Field(500, ge=1)
    """A partition stops when of its last flood_records more than half, and at least
    flood_refused, were refused."""
    session_seconds: float = Field(10, ge=1)
    """After how long without a sign of life the other workers take over."""

    notes_public_key: str | None = None
    """The public key that keys of people are sealed to, as a JWK; private notes are sealed to
    theirs."""

    database_silence_seconds: float = Field(20, ge=2)
    """After how long without a sign of life from PostgreSQL's machine a connection is given up."""

    metrics_port: int = Field(0, ge=0, le=65_535)
    """Where /healthz, /readyz and /metrics of a worker answer; 0: nowhere."""
    relay_metrics_port: int = Field(0, ge=0, le=65_535)
    """Where those of a relay answer, also of one that a worker starts; 0: nowhere."""
    metrics_host: str = "127.0.0.1"

    kafka_tls: bool = False
    kafka_ca_file: str | None = None
    kafka_certificate_file: str | None = None
    kafka_key_file: str | None = None
    kafka_key_password: SecretStr | None = None
    kafka_sasl_mechanism: str | None = None
    kafka_username: str | None = None
    kafka_password: SecretStr | None = None

    log_format: str = Field("auto", pattern="^(auto|json|console)$")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$")

    @field_validator("governance_topic")
    @classmethod
    def _not_that_of_activity(cls, topic: str, known: ValidationInfo) -> str:
        if topic == known.data.get("activity_topic"):
            raise ValueError("must be another topic than BADGE_ENGINE_ACTIVITY_TOPIC")
        return topic

    @property
    def bootstrap(self) -> str:
        """The broker's address. Raises SettingsError if none is set."""
        if not self.kafka_bootstrap:
            raise SettingsError("KAFKA_BOOTSTRAP is not set: give the broker as host:port")
        return self.kafka_bootstrap

    @property
    def database(self) -> str:
        """The database's URL. Raises SettingsError if none is set."""
        if self.database_url is None or not self.database_url.get_secret_value():
            raise SettingsError(
                "DATABASE_URL is not set: give it as postgresql://user:password@host:5432/name"
            )
        return self.database_url.get_secret_value()

    @property
    def notes_key(self) -> PublicKey:
        """What keys of people are sealed to. Raises SettingsError if it is not set, or no key."""
        name = "BADGE_ENGINE_NOTES_PUBLIC_KEY"
        if not self.notes_public_key:
            raise SettingsError(
                f"{name} is not set: private notes are sealed, so a key is needed. "
                "`badge-web keys DIR` makes the keys of a deployment and prints this setting"
            )
        try:
            jwk = json.loads(self.notes_public_key)
            if not isinstance(jwk, dict):
                raise ValueError("not a JSON object")
            return PublicKey.of_jwk(jwk)
        except (ValueError, RecursionError):
            raise SettingsError(
                f"{name} is no public X25519 key: give the JWK that `badge-web keys DIR` printed"
            ) from None

    def topic_of(self, topic: Topic) -> str:
        """What Kafka calls a topic that we publish on."""
        return {"awards": self.awards_topic, "dead-letters": self.dead_letters_topic}[topic]

    @property
    def input_topics(self) -> tuple[str, str]:
        """The topics that workers read."""
        return self.activity_topic, self.governance_topic

    def kind_of(self, topic: str) -> TopicKind:
        """What may stand on a topic: what it is not known to be for is refused there."""
        return "governance" if topic == self.governance_topic else "activity"

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that the engine needs."""
        return *self.input_topics, self.awards_topic, self.dead_letters_topic

    @property
    def tolerance(self) -> timedelta:
        return timedelta(hours=self.future_tolerance_hours)

    @property
    def flood(self) -> RefusalLimit:
        return RefusalLimit(self.flood_records, self.flood_refused)

    @property
    def security(self) -> Security:
        """How to talk to Kafka. Raises SettingsError if the parts do not fit, or a file cannot be
        used."""
        key_password, password = self.kafka_key_password, self.kafka_password
        try:
            security = Security(
                tls=self.kafka_tls,
                ca_file=self.kafka_ca_file,
                certificate_file=self.kafka_certificate_file,
                key_file=self.kafka_key_file,
                key_password=key_password.get_secret_value() if key_password else None,
                sasl_mechanism=self.kafka_sasl_mechanism,
                username=self.kafka_username,
                password=password.get_secret_value() if password else None,
            )
            if security.tls:
                security.context()
        except ValueError as error:
            raise SettingsError(f"BADGE_ENGINE_KAFKA_*: {error}") from None
        return security


def load() -> Settings:
    """The settings of this process. Raises SettingsError naming every wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{_environment_name(str(fault['loc'][0]))}: {fault['msg']}" for fault in error.errors()
        ]
        raise SettingsError("\n".join(faults)) from None


def load_with_engine(
    kind: type[ProcessSettings], prefix: str, given: Mapping[str, object] | None = None
) -> ProcessSettings:
    """The settings of another process, which have the engine's as `engine`. `prefix`: of their
    names in the environment; `given`: those that win over it.

    Raises:
        SettingsError: names every wrong one, the engine's too.
    """
    faults: list[str] = []
    try:
        engine: Settings | None = load()
    except SettingsError as error:
        engine = None
        faults.append(str(error))
    try:
        # Settings of the engine that are wrong are named above; here any will do.
        loaded = kind.model_validate(
            {"engine": engine or Settings.model_construct(), **(given or {})}
        )
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            known = name if name.isupper() else f"{prefix}{name.upper()}"
            faults.append(f"{known}: {fault['msg']}")
    if faults:
        raise SettingsError("\n".join(faults))
    return loaded


def _environment_name(field: str) -> str:
    known = {"KAFKA_BOOTSTRAP", "DATABASE_URL"}
    return field if field in known else f"BADGE_ENGINE_{field.upper()}"
