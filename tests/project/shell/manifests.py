"""What is wrong with manifests of Kubernetes, in sentences; nothing, if they fit the project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import kubernetes_validate

from tests.project.shell.deployed import ADDRESSES, SETTINGS, unknown_words

VERSION = "1.37.0"
USER = 10001
WORKLOADS = ("StatefulSet", "Deployment", "Job")
# The key of each address in the Secret, and the role it is an address of.
ROLE_OF = {role.removeprefix("badge_"): role for role in ADDRESSES} | {
    "owner": "badge_engine_owner",
    "engine": "badge_engine",
}

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workload:
    """What a workload is, as far as other files have to agree with it. `command`: the program, its
    command, options. `roles`: of the database. `files`: of the keys it is given."""

    name: str
    kind: str
    image: str
    command: list[str]
    settings: dict[str, str]
    roles: set[str]
    files: set[str]
    ports: dict[str, int]
    replicas: int


def workloads(manifests: list[Manifest]) -> dict[str, Workload]:
    """The workloads by name, each with what its process gets."""
    maps = {m["metadata"]["name"]: m["data"] for m in manifests if m["kind"] == "ConfigMap"}
    return {m["metadata"]["name"]: _found(m, maps) for m in manifests if m["kind"] in WORKLOADS}


def faults(manifests: list[Manifest]) -> Iterator[str]:
    """All that is wrong, each with the manifest's name."""
    for manifest in manifests:
        name = f"{manifest.get('kind')} {manifest.get('metadata', {}).get('name')}"
        try:
            kubernetes_validate.validate(manifest, VERSION, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{name}: {error.message}"
            return
        if manifest["kind"] == "Secret":
            yield f"{name}: secrets are made by hand, never kept here"
    pods = [m for m in manifests if m["kind"] in WORKLOADS]
    for manifest in pods:
        yield from (f"{manifest['metadata']['name']}: {fault}" for fault in _of_pod(manifest))
    for found in workloads(manifests).values():
        yield from (f"{found.name}: {fault}" for fault in _of_process(found))
    yield from _of_budgets(manifests)
    yield from _of_services(manifests)


def _found(manifest: Manifest, maps: Mapping[str, Mapping[str, str]]) -> Workload:
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    settings: dict[str, str] = {}
    for source in container.get("envFrom", []):
        settings |= maps[source["configMapRef"]["name"]]
    roles = set()
    for entry in container["env"]:
        of = entry.get("valueFrom", {})
        settings[entry["name"]] = entry.get("value", str(of))
        if of.get("secretKeyRef", {}).get("name") == "badge-databases":
            roles.add(ROLE_OF[of["secretKeyRef"]["key"]])
    return Workload(
        name=manifest["metadata"]["name"],
        kind=manifest["kind"],
        image=container["image"],
        command=container["command"],
        settings=settings,
        roles=roles,
        files=_files(manifest),
        ports={port["name"]: port["containerPort"] for port in container.get("ports", [])},
        replicas=manifest["spec"].get("replicas", 1),
    )


def _files(manifest: Manifest) -> set[str]:
    return {
        item["path"]
        for volume in manifest["spec"]["template"]["spec"]["volumes"]
        for item in volume.get("secret", {}).get("items", [])
    }


def _of_pod(manifest: Manifest) -> Iterator[str]:
    """What Kubernetes would run, though it should not."""
    pod = manifest["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    whole, own = pod.get("securityContext", {}), container.get("securityContext", {})
    if whole.get("runAsUser") != USER or not whole.get("runAsNonRoot"):
        yield f"runs as another user than {USER}, that of the image"
    if whole.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "has no seccomp profile"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "may get more rights than it has"
    if own.get("readOnlyRootFilesystem") is not True:
        yield "may write into its image"
    if own.get("capabilities") != {"drop": ["ALL"]}:
        yield "has capabilities"
    if pod.get("automountServiceAccountToken") is not False:
        yield "gets a token of Kubernetes"
    resources = container.get("resources", {})
    if "memory" not in resources.get("limits", {}) or "cpu" not in resources.get("requests", {}):
        yield "says not what it needs"
    if container["image"].endswith(":latest") or ":" not in container["image"]:
        yield "has no version"
    labels = manifest["spec"]["template"]["metadata"]["labels"]
    if manifest["kind"] != "Job":
        if manifest["spec"]["selector"]["matchLabels"].items() - labels.items():
            yield "does not select its own pods"
        for probe, path in (("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
            if container.get(probe, {}).get("httpGet", {}).get("path") != path:
                yield f"has no {probe} on {path}"


def _of_process(found: Workload) -> Iterator[str]:
    """What the process would refuse, or do otherwise than is meant."""
    program, command, *options = found.command
    if unknown := unknown_words(program, command, options):
        yield f"{program} does not know {unknown}"
    if unknown := set(found.settings) - SETTINGS:
        yield f"no such settings: {unknown}"
    ports = {text for name, text in found.settings.items() if name.endswith("METRICS_PORT")}
    if found.kind != "Job" and ports != {str(found.ports.get("metrics"))}:
        yield f"answers probes on {ports}, and is asked on {found.ports.get('metrics')}"
    hosts = {text for name, text in found.settings.items() if name.endswith("METRICS_HOST")}
    if found.kind != "Job" and hosts != {"0.0.0.0"}:
        yield "answers probes to itself only"
    keys = {
        text.rpartition("/")[2]
        for text in found.settings.values()
        if text.startswith("/run/secrets/badge-keys/")
    }
    if keys != found.files:
        yield f"is given the files {found.files}, and names {keys}"
    if found.kind == "StatefulSet" and "metadata.name" not in found.settings.get(
        "BADGE_ENGINE_INSTANCE", ""
    ):
        yield "has no lasting name"


def _of_budgets(manifests: list[Manifest]) -> Iterator[str]:
    budgets = {m["metadata"]["name"] for m in manifests if m["kind"] == "PodDisruptionBudget"}
    several = {found.name for found in workloads(manifests).values() if found.replicas > 1}
    if budgets != several:
        yield f"disruption budgets for {budgets}, though {several} run more than once"


def _of_services(manifests: list[Manifest]) -> Iterator[str]:
    found = workloads(manifests)
    for service in (m for m in manifests if m["kind"] == "Service"):
        name = service["metadata"]["name"]
        selected = service["spec"]["selector"]["app.kubernetes.io/name"]
        for port in service["spec"]["ports"]:
            if found[selected].ports.get(port["targetPort"]) != port["port"]:
                yield f"service {name}: {selected} has no port {port['targetPort']}"
