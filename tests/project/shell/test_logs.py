"""Logs stay readable: what belongs to every first start is left out, what repeats is said once."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]

_HEAD = "import logging; from engine.observability import configure; configure('json')\n"


def _logged(*lines: str) -> list[str]:
    """The events that a process logs; a process of its own, because logging is global."""
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + "\n".join(lines)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line)["event"] for line in done.stderr.splitlines()]


def test_what_libraries_say_at_every_start_is_left_out() -> None:
    kafka = "logging.getLogger('aiokafka.consumer.group_coordinator')"
    assert _logged(
        f"{kafka}.warning('Marking the coordinator dead (node %s)for group %s.', 1, 'g')",
        f"{kafka}.error('Group Coordinator Request failed: %s', 'no coordinator yet')",
        f"{kafka}.warning('Heartbeat failed for group %s because it is rebalancing', 'g')",
        f"{kafka}.warning('Heartbeat session expired')",
    ) == ["Heartbeat session expired"]


def test_fausts_services_are_heard_only_when_something_is_wrong() -> None:
    service = "logging.getLogger('engine.stream.fetch.app')"
    said = _logged(
        f"{service}.info('[^App]: Starting...')", f"{service}.error('[^App]: Crashed reason=...')"
    )
    assert said == ["[^App]: Crashed reason=..."]


def test_a_library_that_repeats_itself_is_heard_once_in_a_while() -> None:
    kafka = "logging.getLogger('aiokafka')"
    repeated = f"for n in range(80): {kafka}.error('Unable connect to node %s', n)"
    assert _logged(repeated) == ["Unable connect to node 0"]


def test_the_engine_itself_is_always_heard() -> None:
    engine = "logging.getLogger('engine.relay')"
    assert _logged(f"for n in range(3): {engine}.warning('waiting')") == ["waiting"] * 3
