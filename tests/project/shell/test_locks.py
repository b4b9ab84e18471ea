"""The lock files hold what pyproject.toml asks for, by hash, and know no package index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[3]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())
LOCKS = (
    "requirements.lock",
    "requirements-web.lock",
    "requirements-dev.lock",
    "requirements-build.lock",
)

_PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ;[^\n\\]+)? \\\n((?:    --hash=.+\n)+)", re.MULTILINE)


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _locked(lock: str) -> dict[str, str]:
    text = (PROJECT / lock).read_text()
    return {_name(pin[1]): pin[2] for pin in _PINNED.finditer(text)}


def _group(name: str) -> list[str]:
    wanted: list[str] = []
    for entry in PYPROJECT["dependency-groups"][name]:
        wanted += [entry] if isinstance(entry, str) else _group(entry["include-group"])
    return wanted


ENGINE = PYPROJECT["project"]["dependencies"]
PAGES = [*ENGINE, *PYPROJECT["project"]["optional-dependencies"]["web"]]
ASKED = {
    "requirements.lock": ENGINE,
    "requirements-web.lock": PAGES,
    "requirements-dev.lock": [*PAGES, *_group("dev")],
    "requirements-build.lock": PYPROJECT["build-system"]["requires"],
}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_locked_at_a_version_that_fits(lock: str) -> None:
    locked = _locked(lock)
    for text in ASKED[lock]:
        requirement = Requirement(text)
        version = locked.get(_name(requirement.name))
        assert version is not None, f"{text} is not in {lock}: run `make lock`"
        assert requirement.specifier.contains(version), f"{lock} has {version}: run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_hashes(lock: str) -> None:
    text = (PROJECT / lock).read_text()
    begun = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    assert len(begun) == len(_locked(lock))
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def test_the_lock_of_the_pages_has_all_of_the_engines() -> None:
    assert _locked("requirements.lock").items() <= _locked("requirements-web.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_agree_on_versions(lock: str) -> None:
    everything = _locked("requirements-dev.lock")
    assert _locked(lock).items() <= everything.items()


def test_a_worker_installs_no_library_of_the_pages() -> None:
    locked = _locked("requirements.lock")
    for text in PYPROJECT["project"]["optional-dependencies"]["web"]:
        assert _name(Requirement(text).name) not in locked


def test_what_builds_the_package_is_what_the_build_group_names() -> None:
    assert PYPROJECT["build-system"]["requires"] == PYPROJECT["dependency-groups"]["build"]
