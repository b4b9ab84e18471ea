"""Programs in Node that are not ours, with which tests check what we make."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

VERIFIERS = Path(__file__).parents[1] / "verifiers"
REQUIRE = "BADGE_ENGINE_REQUIRE_BROWSER"


def node(script: str, given: object) -> str:
    """What a script prints that gets a value as `given`. Skips without Node and its packages."""
    if shutil.which("node") is None or not (VERIFIERS / "node_modules" / "jose").exists():
        missing = "no Node with jose: run `npm ci` in tests/verifiers"
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(f"{REQUIRE}=1, but {missing}", pytrace=False)
        pytest.skip(missing)
    done = subprocess.run(
        ["node", "--input-type=module"],
        input=f"const given = {json.dumps(given)};\n{script}",
        cwd=VERIFIERS,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
