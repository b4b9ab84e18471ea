""".ci/run prints the answer about known vulnerabilities it got: never "none" for "not asked"."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[3] / ".ci" / "run"


def _package(name: str, *ids: str) -> dict[str, object]:
    vulns = [{"id": number, "fix_versions": ["2.0"]} for number in ids]
    return {"name": name, "version": "1.0", "vulns": vulns}


def _answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages})


SKIPPED: dict[str, object] = {"name": "lost", "skip_reason": "no advisories for it"}

ANSWERS = {
    "none": (_answer(_package("a"), _package("b")), 0, "2 of 2 packages checked, 0 vulnerable"),
    "one": (_answer(_package("a"), _package("b", "X-1")), 1, "b 1.0: X-1, fixed in 2.0"),
    "some not asked": (_answer(_package("a"), SKIPPED), 0, "1 of 2 packages checked, 0 vulnerable"),
    "nobody asked": (_answer(SKIPPED, SKIPPED), 0, "NOT CHECKED"),
    "no answer": ("", 1, "NOT CHECKED"),
}


def _audited(folder: Path, answer: str, code: int) -> "subprocess.CompletedProcess[str]":
    """The step of .ci/run, with a pip-audit that answers so."""
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (folder / "answer").write_text(answer)
    tool = programs / "pip-audit"
    tool.write_text(
        '#!/usr/bin/env bash\nwhile [ "$1" != --output ]; do shift; done\n'
        f'cp answer "$2"\nexit {code}\n'
    )
    tool.chmod(0o755)
    step = RUN.read_text().split("\naudit() {", 1)[1].split("\n}\n", 1)[0]
    script = f"set -euo pipefail\naudit() {{{step}\n}}\naudit\n"
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("answered", ANSWERS)
def test_it_prints_the_answer_it_got(answered: str, tmp_path: Path) -> None:
    answer, code, wanted = ANSWERS[answered]
    done = _audited(tmp_path, answer, code)
    assert (done.returncode, done.stderr) == (0, "")
    assert wanted in done.stdout


def test_an_answer_that_cannot_be_read_fails(tmp_path: Path) -> None:
    assert _audited(tmp_path, "no JSON", 0).returncode == 1


def test_it_asks_about_all_that_ships_by_hash() -> None:
    # A superset of what a worker installs: test_locks.py says so.
    assert "--requirement requirements-web.lock --require-hashes" in RUN.read_text()
