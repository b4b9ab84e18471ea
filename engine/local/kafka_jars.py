"""The jars of Apache Kafka: fetched once by Maven, then taken from the user's cache folder."""

import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from contextlib import suppress
from pathlib import Path

from engine.local.errors import PartMissing

POM = Path(__file__).with_name("kafka") / "pom.xml"
_MAVEN_SECONDS = 300


def kafka_version() -> str:
    """The version of Apache Kafka the pom names, such as "4.4.0"."""
    namespace = {"m": "http://maven.apache.org/POM/4.0.0"}
    for dependency in ET.parse(POM).iterfind(".//m:dependency", namespace):
        if dependency.findtext("m:groupId", namespaces=namespace) == "org.apache.kafka":
            return dependency.findtext("m:version", "", namespace)
    raise PartMissing(f"{POM} names no dependency of org.apache.kafka")


def kafka_jars() -> Path:
    """The folder with the jars; Maven is run, and needs the network, the first time only.

    Raises PartMissing if Maven is needed and not there or could not fetch them.
    """
    cached = _cache_folder()
    return cached if cached.is_dir() else _fetch(cached)


def _cache_folder() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "badge-engine" / f"kafka-{kafka_version()}"


def _fetch(target: Path) -> Path:
    maven = shutil.which("mvn")
    if maven is None:
        raise PartMissing(
            "Apache Kafka needs Maven for its first start here: install mvn, "
            "or set KAFKA_BOOTSTRAP to the address of a broker"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    # Downloaded next to its place and renamed into it: a folder of that name is always complete.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as work:
        shutil.copy(POM, work)
        jars = Path(work) / "jars"
        _run_maven([maven, "-q", "-B", "dependency:copy-dependencies"], Path(work), jars)
        # Fails if another process was quicker; its jars are as good.
        with suppress(OSError):
            jars.rename(target)
    return target


def _run_maven(command: list[str], work: Path, jars: Path) -> None:
    command = [*command, "-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
    try:
        done = subprocess.run(
            command,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_MAVEN_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PartMissing(_could_not_fetch(f"Maven took longer than {_MAVEN_SECONDS} s")) from late
    if done.returncode != 0 or not jars.is_dir():
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        raise PartMissing(_could_not_fetch("\n  ".join(lines[:10]) or "Maven said nothing"))


def _could_not_fetch(reason: str) -> str:
    return (
        f"Maven could not fetch Apache Kafka {kafka_version()}: its first start on a machine "
        "needs the network (later ones do not). Connect it, or set KAFKA_BOOTSTRAP to the "
        f"address of a broker.\n  {reason}"
    )
