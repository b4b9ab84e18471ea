"""The images: locked by hash, without root, with what the sources need and nothing else."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer.main
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

import engine.cli.main
import web.cli
from web.settings import WebSettings

PROJECT = Path(__file__).parents[3]
TEXT = re.sub(r"\\\n", " ", (PROJECT / "Dockerfile").read_text())
STAGES = {
    stage.split("\n")[0].split(" AS ")[1].strip(): stage
    for stage in re.split(r"^FROM ", TEXT, flags=re.MULTILINE)[1:]
}
IMAGES = {"engine": engine.cli.main.app, "web": web.cli.app}
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())


def _copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.MULTILINE)
    return {word.rstrip("/") for line in lines for word in shlex.split(line)[:-1]}


def test_every_download_is_checked_by_hash_and_nothing_else_is_downloaded() -> None:
    installs = re.findall(r"pip (?:install|wheel) ([^&\n]+)", TEXT)
    assert len(installs) == 6
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


def test_what_is_read_when_it_runs_is_in_the_package() -> None:
    """Fonts, drawings, styles, templates, catalogs and SQL are no modules, and come along."""
    packed = {
        file.distribution_path for file in WheelBuilder(str(PROJECT)).recurse_included_files()
    }
    for name in (
        "credentials/fonts/badge-card-text.ttf",
        "credentials/fonts/hanken-grotesk.OFL.txt",
        "credentials/artwork/artwork.svg",
        "credentials/artwork/artwork.css",
        "web/database/roles.sql",
        "web/static/pages.css",
        "web/templates/layout.html",
        "engine/catalog/shipped/mentorloop.yaml",
    ):
        assert name in packed


def test_the_images_have_no_build_tools_and_run_without_root() -> None:
    for name in IMAGES:
        assert STAGES[name].startswith("runtime AS ")
        assert "pip" not in STAGES[name] + STAGES["runtime"]
        assert "USER" not in STAGES[name]
    user = re.search(r"^USER (\d+):(\d+)$", STAGES["runtime"], re.MULTILINE)
    assert user is not None
    assert 0 not in map(int, user.groups())


def test_only_the_image_of_the_pages_has_their_libraries() -> None:
    def locks(stage: str) -> set[str]:
        """The locks that a stage installs, and those it is made from and copies from."""
        text = STAGES[stage]
        found = set(re.findall(r"-r (\S+\.lock)", text))
        sources = {text.split()[0], *re.findall(r"--from=(\S+) /opt/badge-engine", text)}
        for source in sources & set(STAGES):
            found |= locks(source)
        return found

    assert locks("engine") == {"requirements.lock"}
    assert locks("web") == {"requirements.lock", "requirements-web.lock"}


def test_the_image_of_the_engine_can_do_all_but_serve_pages() -> None:
    absent = [Requirement(text) for text in PYPROJECT["project"]["optional-dependencies"]["web"]]
    modules = {"python-multipart": "multipart"}
    code = "".join(
        f"sys.modules[{modules.get(library.name, library.name)!r}] = None\n" for library in absent
    )
    needed = "web.cli, web.database.migrating, directory.cli, directory.bootstrap"
    code = f"import sys\n{code}import {needed}\n"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_without_a_target_the_engine_is_built() -> None:
    assert list(STAGES)[-1] == "engine"


def test_all_stages_use_one_version_of_python_that_the_project_allows() -> None:
    outside = {stage.split()[0] for stage in STAGES.values()} - set(STAGES)
    assert outside == {"python:${PYTHON}-slim"}
    version = re.search(r"^ARG PYTHON=3\.(\d+)$", TEXT, re.MULTILINE)
    assert version is not None
    assert PYPROJECT["project"]["requires-python"] == f">=3.{version[1]}"


@pytest.mark.parametrize("name", IMAGES)
def test_the_entry_point_is_a_command_that_exists(name: str) -> None:
    entry = re.search(r"^ENTRYPOINT (\[.+\])", STAGES[name], re.MULTILINE)
    assert entry is not None
    assert json.loads(entry[1]) == [f"badge-{name}"]
    assert f"badge-{name}" in PYPROJECT["project"]["scripts"]


def _health(name: str) -> list[str]:
    health = re.search(r"HEALTHCHECK .*CMD (\[.+\])", STAGES[name])
    assert health is not None
    checked: list[str] = json.loads(health[1])
    return checked


def test_the_health_check_of_the_engine_is_a_command_that_exists() -> None:
    program, command, option = _health("engine")
    assert program == "badge-engine"
    known = typer.main.get_command(IMAGES["engine"]).commands[command]  # type: ignore[attr-defined]
    assert option in {name for parameter in known.params for name in parameter.opts}


def test_the_health_check_of_the_pages_asks_whether_they_are_ready() -> None:
    program, option, code = _health("web")
    assert (program, option) == ("python", "-c")
    port = WebSettings.model_fields["bind"].default.rpartition(":")[2]
    assert f"http://127.0.0.1:{port}/readyz" in code
    assert compile(code, "healthcheck", "exec")
