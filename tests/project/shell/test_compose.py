"""docker-compose.yml keeps its contract with the project: versions, settings, commands, health."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

import directory.cli
import engine.cli.main
import notifier.cli
import web.cli
from directory.settings import DirectorySettings
from engine.local.apache_kafka import ONE_BROKER
from engine.local.kafka_jars import kafka_version
from engine.settings import Settings
from notifier.settings import NotifierSettings
from tests.support.containers import POSTGRES_IMAGE
from web.database import roles
from web.settings import WebSettings

PROJECT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("build")]
PROGRAMS = {
    "badge-engine": engine.cli.main.app,
    "badge-directory": directory.cli.app,
    "badge-notifier": notifier.cli.app,
    "badge-web": web.cli.app,
}
SETTINGS = {
    *(
        field.validation_alias or f"BADGE_ENGINE_{name.upper()}"
        for name, field in Settings.model_fields.items()
    ),
    *(
        f"BADGE_DIRECTORY_{name.upper()}"
        for name, field in DirectorySettings.model_fields.items()
        if not field.exclude
    ),
    *(
        field.validation_alias
        if isinstance(field.validation_alias, str)
        else f"BADGE_NOTIFIER_{name.upper()}"
        for name, field in NotifierSettings.model_fields.items()
        if not field.exclude
    ),
    *(f"BADGE_WEB_{name.upper()}" for name in WebSettings.model_fields),
}
ADDRESSES = {
    "badge_directory": "BADGE_DIRECTORY_DATABASE_URL",
    "badge_reader": "BADGE_WEB_READER_DATABASE_URL",
    "badge_people": "BADGE_WEB_PEOPLE_DATABASE_URL",
    "badge_notes": "BADGE_WEB_NOTES_DATABASE_URL",
    "badge_notify": "BADGE_NOTIFIER_DATABASE_URL",
}
PASSWORDS = ("POSTGRES", "READER", "PEOPLE", "NOTES", "DIRECTORY", "NOTIFY")
MIGRATED = {"migrate": {"condition": "service_completed_successfully"}}


def _program(service: dict[str, Any]) -> str:
    """What a service runs: the entry point of its image, or another one."""
    (program,) = service.get("entrypoint", [f"badge-{service['build']['target']}"])
    return str(program)


def test_kafka_is_the_version_the_tests_run_on() -> None:
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{kafka_version()}"


def test_postgres_is_the_version_the_tests_run_on() -> None:
    assert SERVICES["postgres"]["image"] == POSTGRES_IMAGE


def test_workers_and_the_directory_run_the_image_without_what_pages_and_mail_need() -> None:
    assert OURS == ["migrate", "worker", "directory", "notifier", "web"]
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    images = {name: (SERVICES[name]["image"], SERVICES[name]["build"]["target"]) for name in OURS}
    assert {images[name] for name in ("migrate", "worker", "directory")} == {
        ("badge-engine:0.1.0", "engine")
    }
    assert images["web"] == images["notifier"] == ("badge-web:0.1.0", "web")


def test_a_service_runs_the_process_it_is_named_after() -> None:
    programs = {name: _program(SERVICES[name]) for name in OURS}
    assert programs == {
        "migrate": "badge-web",
        "worker": "badge-engine",
        "directory": "badge-directory",
        "notifier": "badge-notifier",
        "web": "badge-web",
    }


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    command, *options = SERVICES[name]["command"]
    commands = typer.main.get_command(PROGRAMS[_program(SERVICES[name])])
    known = commands.commands[command]  # type: ignore[attr-defined]
    taken = {option for parameter in known.params for option in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= taken


@pytest.mark.parametrize("name", OURS)
def test_a_service_sets_only_settings_that_exist(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= SETTINGS


@pytest.mark.parametrize("name", OURS)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
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
    assert SERVICES["worker"]["depends_on"] == {**MIGRATED, **healthy}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", ["directory", "notifier", "web"])
def test_the_processes_of_the_pages_start_after_the_migration_and_say_when_they_are_ready(
    name: str,
) -> None:
    service = SERVICES[name]
    assert service["depends_on"] == MIGRATED
    assert service["restart"] == "unless-stopped"
    given = service["environment"]
    port = given.get(f"BADGE_{name.upper()}_METRICS_PORT")
    port = port or given["BADGE_WEB_BIND"].split(":")[1]
    program, option, code = service["healthcheck"]["test"][1:]
    assert (program, option) == ("python", "-c")
    assert f"http://127.0.0.1:{port}/readyz" in code
    assert compile(code, "healthcheck", "exec")


def test_every_process_has_its_own_role_and_the_migration_gives_them_their_passwords() -> None:
    migrate = SERVICES["migrate"]
    assert set(ADDRESSES) == set(roles.NAMES)
    for role, setting in ADDRESSES.items():
        assert migrate["environment"][setting].startswith(f"postgresql://{role}:")
    assert "--passwords" in migrate["command"]
    own = {
        "directory": {"badge_directory"},
        "notifier": {"badge_notify"},
        "web": {"badge_reader", "badge_people", "badge_notes"},
    }
    for name, wanted in own.items():
        given = SERVICES[name]["environment"]
        assert {role for role, setting in ADDRESSES.items() if setting in given} == wanted
        assert "DATABASE_URL" not in given
        for setting in ADDRESSES.values():
            assert given.get(setting) in (None, migrate["environment"][setting])


def test_pages_are_published_on_this_machine_only() -> None:
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8080:8080"]
    assert "ports" not in SERVICES["directory"]


def test_the_mail_catcher_is_for_trying_only() -> None:
    assert SERVICES["mailpit"]["profiles"] == ["dev"]
    assert SERVICES["mailpit"]["network_mode"] == "service:notifier"
    assert SERVICES["notifier"]["ports"] == ["127.0.0.1:8025:8025"]
    assert SERVICES["notifier"]["environment"]["BADGE_NOTIFIER_SMTP_URL"].endswith(":-}")


def test_a_secret_that_a_setting_can_name_is_a_file() -> None:
    for name in ("web", "notifier"):
        given = SERVICES[name]["environment"]
        files = [value for setting, value in given.items() if setting.endswith("_FILE")]
        assert files == [f"/run/secrets/{secret}" for secret in SERVICES[name]["secrets"]]
    assert set(SERVICES["web"]["secrets"]) == set(COMPOSE["secrets"])
    ignored = (PROJECT / ".gitignore").read_text().splitlines()
    for secret in COMPOSE["secrets"].values():
        assert secret["file"].removeprefix(".") in ignored


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


def test_passwords_issuer_and_key_come_from_the_environment_and_have_no_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    secrets = {f"{role}_PASSWORD" for role in PASSWORDS}
    given = {"BADGE_WEB_ISSUER", "BADGE_ENGINE_NOTES_PUBLIC_KEY"}
    assert set(re.findall(r"\$\{(\w+):\?", text)) == secrets | given
    assert set(re.findall(r"\$\{(\w+):-", text)) == {
        "BADGE_WEB_PUBLIC_URL",
        "BADGE_NOTIFIER_FROM",
        "BADGE_NOTIFIER_SMTP_URL",
    }
    assert set(re.findall(r"\$\{(\w+)[^:\w]", text)) == {"name"}  # of the shell, in the comment
