"""docker-compose.yml keeps its contract with the project: versions, settings, commands, health."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.local.apache_kafka import ONE_BROKER
from engine.local.kafka_jars import kafka_version
from tests.project.shell.deployed import ADDRESSES, SETTINGS, unknown_words
from tests.support.containers import POSTGRES_IMAGE
from web.database import roles

PROJECT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("build")]
PASSWORDS = ("POSTGRES", "READER", "PEOPLE", "NOTES", "DIRECTORY", "NOTIFY", "GOVERNANCE")
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
    assert OURS == [
        "migrate", "worker", "directory", "notifier", "governance", "web", "web-ops",
    ]  # fmt: skip
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    images = {name: (SERVICES[name]["image"], SERVICES[name]["build"]["target"]) for name in OURS}
    assert {images[name] for name in ("migrate", "worker", "directory", "governance")} == {
        ("badge-engine:0.1.0", "engine")
    }
    for name in ("notifier", "web", "web-ops"):
        assert images[name] == ("badge-web:0.1.0", "web")


def test_a_service_runs_the_process_it_is_named_after() -> None:
    programs = {name: _program(SERVICES[name]) for name in OURS}
    assert programs == {
        "migrate": "badge-web",
        "worker": "badge-engine",
        "directory": "badge-directory",
        "notifier": "badge-notifier",
        "governance": "badge-governance",
        "web": "badge-web",
        "web-ops": "badge-web",
    }


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    command, *options = SERVICES[name]["command"]
    assert not unknown_words(_program(SERVICES[name]), command, options)


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


@pytest.mark.parametrize("name", ["directory", "notifier", "governance", "web", "web-ops"])
def test_the_processes_of_the_pages_start_after_the_migration(name: str) -> None:
    assert SERVICES[name]["depends_on"] == MIGRATED
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_a_process_says_when_it_is_ready(name: str) -> None:
    service = SERVICES[name]
    given = service["environment"]
    ports = {text for setting, text in given.items() if setting.endswith("_METRICS_PORT")}
    if bound := given.get("BADGE_WEB_BIND"):
        ports.add(bound.split(":")[1])
    program, option, code = service["healthcheck"]["test"][1:]
    assert (program, option) == ("python", "-c")
    asked = re.search(r"http://127\.0\.0\.1:(\d+)/readyz", code)
    assert asked is not None
    assert asked[1] in ports
    assert compile(code, "healthcheck", "exec")


def test_every_process_gives_its_metrics_to_others_on_a_port_of_its_own() -> None:
    ports = [
        (name, text)
        for name in OURS
        for setting, text in SERVICES[name]["environment"].items()
        if setting.endswith("METRICS_PORT")
    ]
    assert len({text for _, text in ports}) == len(ports) == 7
    for name in {name for name, _ in ports}:
        hosts = [s for s in SERVICES[name]["environment"] if s.endswith("METRICS_HOST")]
        assert [SERVICES[name]["environment"][setting] for setting in hosts] == ["0.0.0.0"]


def test_every_process_has_its_own_role_and_the_migration_gives_them_their_passwords() -> None:
    migrate = SERVICES["migrate"]
    assert set(ADDRESSES) == set(roles.NAMES)
    for role, setting in ADDRESSES.items():
        assert migrate["environment"][setting].startswith(f"postgresql://{role}:")
    assert "--passwords" in migrate["command"]
    own = {
        "directory": {"badge_directory"},
        "notifier": {"badge_notify"},
        "governance": {"badge_governance"},
        "web": {"badge_reader", "badge_people", "badge_notes", "badge_governance"},
    }
    for name, wanted in own.items():
        given = SERVICES[name]["environment"]
        assert {role for role, setting in ADDRESSES.items() if setting in given} == wanted
        assert "DATABASE_URL" not in given
        for setting in ADDRESSES.values():
            assert given.get(setting) in (None, migrate["environment"][setting])
    reading = SERVICES["governance"]["environment"]["BADGE_GOVERNANCE_READER_DATABASE_URL"]
    assert reading == migrate["environment"][ADDRESSES["badge_reader"]]


def test_the_console_has_the_role_of_the_engine_and_nothing_that_opens_notes() -> None:
    given = SERVICES["web-ops"]["environment"]
    assert given["BADGE_WEB_DATABASE_URL"] == SERVICES["worker"]["environment"]["DATABASE_URL"]
    assert not set(ADDRESSES.values()) & set(given)
    assert SERVICES["web-ops"]["secrets"] == ["client_secret"]


def test_who_watches_is_asked_for_and_reads_the_files_of_the_project() -> None:
    for name in ("prometheus", "grafana"):
        service = SERVICES[name]
        assert service["profiles"] == ["watch"]
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            there = source.startswith("./") and (PROJECT / source).exists()
            assert there or source in COMPOSE["volumes"]
        assert not service["image"].endswith(":latest")


def test_prometheus_asks_each_process_where_it_answers() -> None:
    jobs = yaml.safe_load((PROJECT / "operations" / "prometheus.yml").read_text())["scrape_configs"]
    asked = set()
    for job in jobs:
        for found in job.get("dns_sd_configs", []):
            asked |= {(name, str(found["port"])) for name in found["names"]}
        for fixed in job.get("static_configs", []):
            asked |= {tuple(target.split(":")) for target in fixed["targets"]}
    answering = {
        (name, text)
        for name in OURS
        for setting, text in SERVICES[name]["environment"].items()
        if setting.endswith("METRICS_PORT")
    }
    assert answering <= asked


def test_grafana_asks_the_prometheus_that_is_there() -> None:
    file = PROJECT / "operations" / "grafana" / "datasources" / "prometheus.yml"
    (source,) = yaml.safe_load(file.read_text())["datasources"]
    assert source["url"] == "http://prometheus:9090"


def test_pages_are_published_on_this_machine_only() -> None:
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8080:8080"]
    assert SERVICES["web-ops"]["ports"] == ["127.0.0.1:8081:8081"]
    assert "ports" not in SERVICES["directory"]


def test_the_mail_catcher_is_for_trying_only() -> None:
    assert SERVICES["mailpit"]["profiles"] == ["dev"]
    assert SERVICES["mailpit"]["network_mode"] == "service:notifier"
    assert SERVICES["notifier"]["ports"] == ["127.0.0.1:8025:8025"]
    assert SERVICES["notifier"]["environment"]["BADGE_NOTIFIER_SMTP_URL"].endswith(":-}")


def test_a_secret_that_a_setting_can_name_is_a_file() -> None:
    for name in ("web", "web-ops", "notifier", "governance"):
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
        "BADGE_WEB_OPS_URL",
        "GRAFANA_PASSWORD",
    }
    assert set(re.findall(r"\$\{(\w+)[^:\w]", text)) == {"name"}  # of the shell, in the comment
