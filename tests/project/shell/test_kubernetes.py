"""deploy/kubernetes keeps its contract with Kubernetes, the project, and docker-compose.yml."""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project.shell.manifests import Manifest, Workload, faults, workloads

PROJECT = Path(__file__).parents[3]
FOLDER = PROJECT / "deploy" / "kubernetes"
README = (FOLDER / "README.md").read_text()
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
MANIFESTS: list[Manifest] = [
    manifest
    for name in KUSTOMIZATION["resources"]
    for manifest in yaml.safe_load_all((FOLDER / name).read_text())
]
WORKLOADS = workloads(MANIFESTS)
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())[
    "services"
]
# A worker of docker-compose.yml starts its relay; here each is a workload.
COMPOSED = {name: service for name, service in SERVICES.items() if service.get("build") is not None}


def named(kind: str, name: str, manifests: list[Manifest] = MANIFESTS) -> Manifest:
    (found,) = (m for m in manifests if m["kind"] == kind and m["metadata"]["name"] == name)
    return found


def container(manifests: list[Manifest], kind: str, name: str) -> dict[str, Any]:
    (found,) = named(kind, name, manifests)["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def test_nothing_is_wrong() -> None:
    assert list(faults(MANIFESTS)) == []


def test_every_file_is_applied() -> None:
    there = {file.name for file in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(KUSTOMIZATION["resources"]) == there
    assert KUSTOMIZATION["namespace"] == named("Namespace", "badges")["metadata"]["name"]


def test_every_process_of_compose_has_a_workload_with_its_command_and_image() -> None:
    assert set(WORKLOADS) == {*COMPOSED, "relay"}
    for name, service in COMPOSED.items():
        (program,) = service.get("entrypoint", [f"badge-{service['build']['target']}"])
        alone = ["--no-relay"] if name == "worker" else []
        assert WORKLOADS[name].command == [program, *service["command"], *alone], name
        assert WORKLOADS[name].image == service["image"], name
    assert WORKLOADS["relay"].command == ["badge-engine", "relay"]
    assert WORKLOADS["relay"].image == WORKLOADS["worker"].image


@pytest.mark.parametrize("name", [name for name in COMPOSED if name != "migrate"])
def test_a_process_has_the_settings_roles_and_ports_that_it_has_in_compose(name: str) -> None:
    service, workload = COMPOSED[name], WORKLOADS[name]
    # With a worker of compose comes its relay; where TLS and logins are at hand they are used.
    relays = WORKLOADS["relay"].settings if name == "worker" else {}
    assert set(service["environment"]) <= set(workload.settings) | set(relays)
    for setting, text in service["environment"].items():
        if setting.endswith(("_PORT", "_BIND")):
            assert (workload.settings | relays)[setting] == text, setting
    in_compose = {
        found[1]
        for text in service["environment"].values()
        if (found := re.match(r"postgresql://(\w+):", text))
    }
    assert in_compose == workload.roles


def test_the_migration_knows_the_addresses_of_all_roles_and_no_other_process_the_owner() -> None:
    migrate = WORKLOADS["migrate"]
    assert migrate.kind == "Job"
    everybody = set().union(*(w.roles for w in WORKLOADS.values()))
    assert migrate.roles == everybody - {"badge_engine"}
    assert "badge_engine_owner" not in set().union(
        *(w.roles for name, w in WORKLOADS.items() if name != "migrate")
    )


def test_only_pages_can_open_notes_and_sign() -> None:
    def has(file: str) -> set[str]:
        return {name for name, workload in WORKLOADS.items() if file in workload.files}

    assert has("BADGE_WEB_NOTES_PRIVATE_KEY_FILE") == {"web"}
    assert has("BADGE_WEB_SIGNING_KEY_FILE") == {"web"}
    assert has("BADGE_WEB_TOKEN_KEY_FILE") == {"web", "notifier"}
    assert has("BADGE_GOVERNANCE_KEY_FILE") == {"web", "governance"}


def test_each_process_logs_in_to_kafka_as_what_its_rights_are_written_for() -> None:
    users = {
        name: workload.settings["BADGE_ENGINE_KAFKA_USERNAME"]
        for name, workload in WORKLOADS.items()
    }
    assert users == {
        "migrate": "badge-admin",
        "worker": "badge-engine",
        "relay": "badge-engine",
        "web-ops": "badge-engine",
        "directory": "badge-directory",
        "notifier": "badge-notifier",
        "governance": "badge-governance",
        "web": "badge-web",
    }
    rights = (PROJECT / "docs" / "operating.md").read_text()
    for user in set(users.values()) - {"badge-admin"}:
        assert f"User:{user} " in rights


def test_what_is_made_by_hand_is_listed_with_every_key() -> None:
    made = {m["metadata"]["name"] for m in MANIFESTS if m["kind"] == "ConfigMap"}
    named_in = set(re.findall(r"create (?:secret generic|configmap) (\S+)", README))
    text = yaml.safe_dump(MANIFESTS)
    used = set(re.findall(r"(?:secretName: |secretKeyRef:\n\s+key: \S+\n\s+name: )(\S+)", text))
    used |= set(re.findall(r"configMapKeyRef:\n\s+key: \S+\n\s+name: (\S+)", text)) - made
    assert named_in == used | {"badge-authorities"}
    for key, of in re.findall(r"secretKeyRef:\n\s+key: (\S+)\n\s+name: (\S+)", text):
        assert f"--from-literal={key}=" in README, (of, key)


def test_processes_talk_to_kafka_and_postgresql_and_not_to_one_another() -> None:
    policies = [m for m in MANIFESTS if m["kind"] == "NetworkPolicy"]
    refused = named("NetworkPolicy", "nothing")["spec"]
    assert refused == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for policy in policies:
        for rule in policy["spec"].get("ingress", []) + policy["spec"].get("egress", []):
            for other in rule.get("to", []) + rule.get("from", []):
                assert "podSelector" not in other
                if "ipBlock" in other:
                    assert "10.0.0.0/8" in other["ipBlock"]["except"]
            assert rule["ports"], policy["metadata"]["name"]


@pytest.mark.parametrize(
    ("policy", "direction", "port", "to"),
    [
        ("database", "egress", 5432, set(WORKLOADS)),
        ("kafka", "egress", 9093, set(WORKLOADS)),
        ("sign-in", "egress", 443, {"web", "web-ops"}),
        ("mail", "egress", 587, {"notifier"}),
        ("pages", "ingress", 8080, {"web"}),
        ("console", "ingress", 8081, {"web-ops"}),
        ("metrics", "ingress", None, set(WORKLOADS) - {"migrate"}),
    ],
)
def test_a_way_is_open_for_those_who_need_it(
    policy: str, direction: str, port: int | None, to: set[str]
) -> None:
    spec = named("NetworkPolicy", policy)["spec"]
    (chosen,) = spec["podSelector"]["matchExpressions"]
    assert set(chosen["values"]) == to
    (rule,) = spec[direction]
    open_ports = {entry["port"] for entry in rule["ports"]}
    if port is None:
        lasting = [w for w in WORKLOADS.values() if w.kind != "Job"]
        assert open_ports == {workload.ports["metrics"] for workload in lasting}
    else:
        assert port in open_ports
        of_ours = {p for w in WORKLOADS.values() for n, p in w.ports.items() if n != "metrics"}
        assert direction == "egress" or open_ports <= of_ours


def test_replicas_in_kafka_are_those_of_three_brokers() -> None:
    assert named("ConfigMap", "badge-settings")["data"]["BADGE_ENGINE_REPLICATION"] == "3"


def _unset(path: str) -> Callable[[list[Manifest]], None]:
    def wrong(manifests: list[Manifest]) -> None:
        of = container(manifests, "Deployment", "web")
        *way, last = path.split(".")
        for step in way:
            of = of[step]
        del of[last]

    return wrong


def _setting(name: str) -> Callable[[list[Manifest]], None]:
    def wrong(manifests: list[Manifest]) -> None:
        container(manifests, "Deployment", "web")["env"].append({"name": name, "value": "1"})

    return wrong


def _web(**values: object) -> Callable[[list[Manifest]], None]:
    return lambda manifests: container(manifests, "Deployment", "web").update(values)


def _pod(**values: object) -> Callable[[list[Manifest]], None]:
    def wrong(manifests: list[Manifest]) -> None:
        named("StatefulSet", "worker", manifests)["spec"]["template"]["spec"].update(values)

    return wrong


def _secret(manifests: list[Manifest]) -> None:
    manifests.append({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "oops"}})


def _nameless(manifests: list[Manifest]) -> None:
    env = container(manifests, "StatefulSet", "worker")["env"]
    env[:] = [entry for entry in env if entry["name"] != "BADGE_ENGINE_INSTANCE"]


def _misspelt(manifests: list[Manifest]) -> None:
    spec = named("Deployment", "web", manifests)["spec"]
    spec["replica"] = spec.pop("replicas")


def _other_pods(manifests: list[Manifest]) -> None:
    spec = named("Deployment", "web", manifests)["spec"]
    spec["selector"]["matchLabels"] = {"app.kubernetes.io/name": "webb"}


def _budget(manifests: list[Manifest]) -> None:
    manifests.remove(named("PodDisruptionBudget", "web", manifests))


def _other_port(manifests: list[Manifest]) -> None:
    named("Service", "web", manifests)["spec"]["ports"][0]["port"] = 80


WRONG: dict[str, Callable[[list[Manifest]], None]] = {
    "a field that Kubernetes does not know": _misspelt,
    "a setting that does not exist": _setting("BADGE_WEB_SIGNING_KEYS_FILE"),
    "a command that does not exist": _web(command=["badge-web", "serve"]),
    "an option that does not exist": _web(command=["badge-web", "run", "--surfaces", "people"]),
    "another probe": _unset("readinessProbe"),
    "no probe": _unset("livenessProbe.httpGet"),
    "no limit of memory": _unset("resources.limits"),
    "a file system that can be written": _unset("securityContext.readOnlyRootFilesystem"),
    "more rights": _web(securityContext={"privileged": True}),
    "the newest image": _web(image="badge-web:latest"),
    "root": _pod(securityContext={"runAsUser": 0}),
    "a token": _pod(automountServiceAccountToken=True),
    "a secret": _secret,
    "no lasting name": _nameless,
    "pods of others": _other_pods,
    "no budget": _budget,
    "another port": _other_port,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_manifest_is_refused(wrong: str) -> None:
    changed = copy.deepcopy(MANIFESTS)
    WRONG[wrong](changed)
    assert list(faults(changed)) != []


def test_a_workload_is_read_as_it_is_written() -> None:
    worker = WORKLOADS["worker"]
    assert isinstance(worker, Workload)
    assert (worker.kind, worker.replicas, worker.ports) == ("StatefulSet", 2, {"metrics": 9100})
    assert worker.settings["KAFKA_BOOTSTRAP"] == "kafka.kafka.svc:9093"
