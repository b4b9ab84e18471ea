"""The image: locked by hash, without root, with what the sources need and nothing else."""

import re
import shlex
import tomllib
from pathlib import Path

import typer.main

from engine.cli.main import app

PROJECT = Path(__file__).parents[3]
TEXT = re.sub(r"\\\n", " ", (PROJECT / "Dockerfile").read_text())
STAGES = re.split(r"^FROM ", TEXT, flags=re.MULTILINE)[1:]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())


def _copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.MULTILINE)
    return {word.rstrip("/") for line in lines for word in shlex.split(line)[:-1]}


def test_every_download_is_checked_by_hash_and_nothing_else_is_downloaded() -> None:
    installs = re.findall(r"pip (?:install|wheel) ([^&\n]+)", TEXT)
    assert len(installs) == 4
    for options in installs:
        assert "--no-deps" in options
        assert any(way in options for way in ("--require-hashes", "--no-index", "--no-build-iso"))


def test_what_is_copied_exists_and_is_let_through_to_the_build() -> None:
    ignored = (PROJECT / ".dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert _copied() == allowed
    assert all((PROJECT / name).exists() for name in allowed)


def test_every_package_of_the_project_is_copied() -> None:
    packages = set(PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert packages <= _copied()
    assert {PYPROJECT["project"]["readme"], *PYPROJECT["project"]["license-files"]} <= _copied()


def test_the_image_has_no_build_tools_and_runs_without_root() -> None:
    last = STAGES[-1]
    assert "pip" not in last
    user = re.search(r"^USER (\d+):(\d+)$", last, re.MULTILINE)
    assert user is not None
    assert 0 not in map(int, user.groups())


def test_both_stages_use_one_version_of_python_that_the_project_allows() -> None:
    assert {stage.split()[0] for stage in STAGES} == {"python:${PYTHON}-slim"}
    version = re.search(r"^ARG PYTHON=3\.(\d+)$", TEXT, re.MULTILINE)
    assert version is not None
    assert PYPROJECT["project"]["requires-python"] == f">=3.{version[1]}"


def test_the_health_check_and_the_entry_point_are_commands_that_exist() -> None:
    health = re.search(r"HEALTHCHECK .*CMD \[(.+)\]", TEXT)
    entry = re.search(r"^ENTRYPOINT \[(.+)\]", TEXT, re.MULTILINE)
    assert health is not None
    assert entry is not None
    program, command, option = re.findall(r'"([^"]+)"', health[1])
    assert program in PYPROJECT["project"]["scripts"]
    assert re.findall(r'"([^"]+)"', entry[1]) == [program]
    known = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    assert option in {name for parameter in known.params for name in parameter.opts}
