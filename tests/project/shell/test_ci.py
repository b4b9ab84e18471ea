""".ci/run does what README.md tells a newcomer to do."""

import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[3]
RUN = PROJECT / ".ci" / "run"


def test_it_is_a_script_that_bash_can_read() -> None:
    assert RUN.stat().st_mode & 0o111
    done = subprocess.run(["bash", "-n", str(RUN)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_runs_what_the_readme_says_and_insists_on_real_kafka() -> None:
    text = RUN.read_text()
    readme = (PROJECT / "README.md").read_text()
    for target in re.findall(r"^    make ([\w-]+)$", readme, re.MULTILINE):
        assert f"make --no-print-directory {target}" in text
    assert "make --no-print-directory verify" in text
    assert "export BADGE_ENGINE_REQUIRE_KAFKA=1" in text
    assert "set -euo pipefail" in text


def test_no_command_of_it_is_cut_off_by_the_one_it_is_piped_into() -> None:
    # With pipefail, `… | head` ends the whole run now and then: it closes the pipe too early.
    assert "| head" not in RUN.read_text()
