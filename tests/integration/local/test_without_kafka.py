"""A run without a real Kafka says so at its end, or fails if one is required."""

import os
import subprocess
import sys
from pathlib import Path

_PROJECT = Path(__file__).parents[3]
_TEST = "tests/integration/local/test_apache_kafka.py"


def _run_without_kafka(required: str) -> "subprocess.CompletedProcess[str]":
    nothing = {"JAVA_HOME": "/nowhere", "DOCKER_HOST": "unix:///nowhere"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _TEST],
        cwd=_PROJECT,
        env={**os.environ, **nothing, "BADGE_ENGINE_REQUIRE_KAFKA": required},
        capture_output=True,
        text=True,
        check=False,
    )


def test_skipped_tests_are_counted_in_a_section_of_their_own() -> None:
    run = _run_without_kafka(required="")
    assert run.returncode == 0, run.stdout
    assert "NOT TESTED: REAL KAFKA" in run.stdout
    assert "4 tests were skipped: " in run.stdout
    assert "Java 17" in run.stdout


def test_where_kafka_is_required_its_absence_is_a_failure() -> None:
    run = _run_without_kafka(required="1")
    assert run.returncode == 1, run.stdout
    assert "BADGE_ENGINE_REQUIRE_KAFKA=1, but no real Kafka could be started" in run.stdout
