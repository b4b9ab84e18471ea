"""`make` says what there is, does what it says, and explains what it lacks."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def _make(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    listed = dict(re.findall(r"^  make ([\w-]+) +(\S.*)$", _make().stdout, re.MULTILINE))
    assert set(listed) == TARGETS


def test_every_target_is_a_command_not_a_file() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == TARGETS


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/commands.md"])
def test_documents_name_only_targets_that_exist(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)\b", text, re.MULTILINE))
    assert named <= TARGETS


def test_without_a_python_that_is_new_enough_it_says_what_to_install(tmp_path: Path) -> None:
    run = _make("venv", "PYTHON=", f"VENV={tmp_path / 'venv'}")
    assert run.returncode != 0
    assert "no Python 3.11 or later" in run.stderr
    assert "make PYTHON=/path/to/python3.11" in run.stderr
    assert not (tmp_path / "venv").exists()


def _would_run(*arguments: str) -> str:
    return _make("--dry-run", "--assume-old", ".venv/.ready", *arguments).stdout


def test_nothing_is_lost_between_test_and_verify() -> None:
    """What `make test` leaves out is what `make verify` runs; properties run in both."""
    assert '-m "not verify"' in _would_run("test")
    assert '-m "verify or hypothesis" --hypothesis-profile verify' in _would_run("verify")
    assert '-m "verify or hypothesis" --hypothesis-profile full' in _would_run("verify", "FULL=1")


def test_verify_breaks_things_for_some_minutes_and_with_full_for_half_an_hour_twice() -> None:
    faults = re.compile(r"faults\.run --minutes (\S+) .*\n? *(?:--seed (\d+))?")
    assert faults.findall(_would_run("verify")) == [("3", "7")]
    full = _would_run("verify", "FULL=1")
    assert faults.findall(full) == [("30", "7"), ("30", "")]  # the second is drawn
    for module in ("end_to_end.kill", "integration.replay.killed", "verification.defects"):
        assert f"-m tests.{module}" in full


def test_some_tests_can_be_named_long_ones_too() -> None:
    named = _would_run("test", "TESTS=tests/unit -k level")
    assert named.rstrip().endswith("tests/unit -k level")
    assert "verify" not in named


def test_check_is_lint_and_the_unit_tests() -> None:
    text = _would_run("check")
    assert "check mypy" in text
    assert "tests/unit" in text


def test_lint_runs_every_check_even_after_one_has_failed(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, code in (("ruff", 1), ("mypy", 0), ("lint-imports", 1)):
        (tools / name).write_text(f"#!/bin/sh\necho ran {name} $1\nexit {code}\n")
        (tools / name).chmod(0o755)
    ready = tmp_path / ".ready"
    ready.touch()
    run = _make("lint", f"BIN={tools}", f"READY={ready}", "--assume-old", str(ready))
    assert run.returncode != 0
    ran = re.findall(r"^ran (.+?) *$", run.stdout, re.MULTILINE)
    assert ran == ["ruff check", "ruff format", "mypy", "lint-imports --no-logo"]
    assert "error: failed: ruff ruff lint-imports" in run.stderr
