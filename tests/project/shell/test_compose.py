"""docker-compose.yml keeps its contract with the engine: versions, settings, commands, health."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from engine.cli.main import app
from engine.local.apache_kafka import ONE_BROKER
from engine.local.kafka_jars import kafka_version
from engine.settings import Settings
from tests.support.containers import POSTGRES_IMAGE

PROJECT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENGINE = [name for name, service in SERVICES.items() if service.get("build")]
COMMANDS = typer.main.get_command(app)
SETTINGS = {
    field.validation_alias or f"BADGE_ENGINE_{name.upper()}"
    for name, field in Settings.model_fields.items()
}


def test_kafka_is_the_version_the_tests_run_on() -> None:
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{kafka_version()}"


def test_postgres_is_the_version_the_tests_run_on() -> None:
    assert SERVICES["postgres"]["image"] == POSTGRES_IMAGE


def test_two_workers_and_one_migration_run_the_same_image() -> None:
    assert ENGINE == ["migrate", "worker"]
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert SERVICES["migrate"]["image"] == SERVICES["worker"]["image"]


@pytest.mark.parametrize("name", ENGINE)
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    command, *options = SERVICES[name]["command"]
    assert command in COMMANDS.commands  # type: ignore[attr-defined]
    assert options == []


@pytest.mark.parametrize("name", ENGINE)
def test_a_service_sets_only_settings_that_exist(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= SETTINGS


@pytest.mark.parametrize("name", ENGINE)
def test_the_engine_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_workers_start_after_the_migration_and_the_migration_after_healthy_servers() -> None:
    healthy = {
        "kafka": {"condition": "service_healthy"},
        "postgres": {"condition": "service_healthy"},
    }
    assert SERVICES["migrate"]["depends_on"] == healthy
    migrated = {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["worker"]["depends_on"] == {**migrated, **healthy}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", ["kafka", "postgres"])
def test_a_server_says_whether_it_is_healthy_and_keeps_its_data(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] == "CMD"
    (volume,) = service["volumes"]
    assert volume.split(":")[0] in COMPOSE["volumes"]


def test_kafka_keeps_its_data_where_the_volume_is() -> None:
    service = SERVICES["kafka"]
    (volume,) = service["volumes"]
    assert service["environment"]["KAFKA_LOG_DIRS"] == volume.split(":")[1]


def test_kafka_is_set_up_as_a_cluster_of_one() -> None:
    given = SERVICES["kafka"]["environment"]
    for key in (
        "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor",
        "transaction.state.log.min.isr",
        "share.coordinator.state.topic.replication.factor",
        "share.coordinator.state.topic.min.isr",
        "auto.create.topics.enable",
    ):
        assert str(given["KAFKA_" + key.replace(".", "_").upper()]) == ONE_BROKER[key], key


def test_every_listener_is_advertised_and_has_a_protocol() -> None:
    given = SERVICES["kafka"]["environment"]

    def names(key: str) -> set[str]:
        return {entry.split(":")[0] for entry in given[key].split(",")}

    assert names("KAFKA_LISTENERS") == names("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP")
    assert names("KAFKA_ADVERTISED_LISTENERS") == names("KAFKA_LISTENERS") - {"CONTROLLER"}


def test_postgres_is_as_durable_as_it_comes() -> None:
    settings = " ".join(SERVICES["postgres"]["command"])
    assert not re.search(r"fsync|synchronous_commit|full_page_writes", settings)


def test_the_password_comes_from_the_environment_and_has_no_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    uses = re.findall(r"\$\{(\w+)(:\?)?", text)
    assert uses
    assert set(uses) == {("POSTGRES_PASSWORD", ":?")}
