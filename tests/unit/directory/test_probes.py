"""/healthz and /readyz, answered by a thread of the process."""

import json
import urllib.error
import urllib.request
from typing import Any

from engine.local.ports import free_ports
from engine.probes import READY, Readiness, probes


def asked(port: int, path: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_ready_is_503_only_without_what_is_needed() -> None:
    states = {"database": READY, "kafka": "away"}
    checks = {name: lambda name=name: states[name] for name in states}
    (port,) = free_ports(1)

    with probes("127.0.0.1", port, Readiness(checks, ["database"])) as bound:
        assert bound == port
        assert asked(port, "/readyz?verbose") == (200, states)
        assert asked(port, "/healthz") == (200, {"process": "alive"})
        assert asked(port, "/elsewhere")[0] == 404

    states["database"] = "away"
    assert Readiness(checks, ["database"]).answer() == (503, states)


def test_checks_are_asked_at_most_once_a_second() -> None:
    answers = iter([READY, "away"])
    readiness = Readiness({"database": lambda: next(answers)}, ["database"])

    assert readiness.answer() == readiness.answer() == (200, {"database": READY})


def test_port_0_is_no_port() -> None:
    with probes("127.0.0.1", 0, Readiness({}, [])) as bound:
        assert bound is None
