"""The jars are fetched once, whole or not at all, and a failure says what to do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.local.errors import PartMissing
from engine.local.kafka_jars import kafka_jars, kafka_version

_FETCHES = """#!/bin/sh
echo run >> "$(dirname "$0")/runs"
for word; do case "$word" in -DoutputDirectory=*) to="${word#*=}";; esac; done
mkdir -p "$to" && echo jar > "$to/kafka.jar"
"""
_IS_OFFLINE = """#!/bin/sh
for word; do case "$word" in -DoutputDirectory=*) to="${word#*=}";; esac; done
mkdir -p "$to" && echo half > "$to/kafka.jar"
echo '[ERROR] Unknown host repo.example'
exit 1
"""

UseMaven = Callable[[str], None]


@pytest.fixture
def use_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseMaven:
    """Given an empty cache: what stands for Maven is this script."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def write(script: str) -> None:
        maven = tmp_path / "mvn"
        maven.write_text(script)
        maven.chmod(0o755)

    return write


def test_the_second_start_takes_the_jars_of_the_first(use_maven: UseMaven, tmp_path: Path) -> None:
    use_maven(_FETCHES)
    first = kafka_jars()
    assert kafka_jars() == first
    assert (first / "kafka.jar").read_text() == "jar\n"
    assert first == tmp_path / "cache" / "badge-engine" / f"kafka-{kafka_version()}"
    assert (tmp_path / "runs").read_text() == "run\n"


def test_two_first_starts_at_once_both_get_the_jars(use_maven: UseMaven, tmp_path: Path) -> None:
    use_maven(_FETCHES)
    with ThreadPoolExecutor(2) as pool:
        folders = [future.result() for future in [pool.submit(kafka_jars) for _ in range(2)]]
    assert folders[0] == folders[1]
    assert [path.name for path in folders[0].parent.iterdir()] == [folders[0].name]


def test_without_the_network_nothing_is_left_and_the_message_says_what_to_do(
    use_maven: UseMaven, tmp_path: Path
) -> None:
    use_maven(_IS_OFFLINE)
    with pytest.raises(PartMissing, match=r"(?s)needs the network.*KAFKA_BOOTSTRAP.*Unknown host"):
        kafka_jars()
    assert list((tmp_path / "cache" / "badge-engine").iterdir()) == []


def test_without_maven_the_message_says_what_to_do(
    use_maven: UseMaven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del use_maven  # the cache is empty, and no script is written
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartMissing, match="install mvn, or set KAFKA_BOOTSTRAP"):
        kafka_jars()
