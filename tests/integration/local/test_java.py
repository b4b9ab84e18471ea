"""Only a Java that can run Apache Kafka is taken."""

from pathlib import Path

import pytest

from engine.local.errors import PartMissing
from engine.local.java import java


def _install(home: Path, version: str) -> str:
    program = home / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2024-01-16' >&2\n")
    program.chmod(0o755)
    return str(program)


def test_the_java_of_java_home_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    program = _install(tmp_path, "21.0.2")
    assert java() == program


@pytest.mark.parametrize("version", ["11.0.22", "1.8.0_402"])
def test_an_old_java_is_refused_by_name(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    program = _install(tmp_path, version)
    with pytest.raises(PartMissing, match=f"Java 17 or later; {program} says: .*{version}"):
        java()


def test_no_java_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartMissing, match="no java on the PATH"):
        java()
