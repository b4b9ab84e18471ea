"""promtool, of Debian's package prometheus: the foreign judge of alerts and expressions."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRE = "BADGE_ENGINE_REQUIRE_PROMTOOL"


def promtool(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run it in a folder. Skips the test where it is not installed, or fails it where CI requires
    it."""
    there = shutil.which("promtool")
    if there is None:
        missing = "promtool is not installed; on Debian: apt install prometheus"
        if os.environ.get(REQUIRE):
            pytest.fail(missing)
        pytest.skip(missing)
    return subprocess.run(
        [there, *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
