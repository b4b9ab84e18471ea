"""A web process on this machine, and somebody signed in to it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import httpx

from benchmarks import memory
from benchmarks.boards import PROGRAM
from benchmarks.pages.program import as_role
from engine.local.ports import free_ports
from web import new_keys

_TICKS = os.sysconf("SC_CLK_TCK")
_READY_SECONDS = 60.0
COOKIE = "badges-dev"


@dataclass(frozen=True, slots=True)
class WebProcess:
    """Where it answers, and its number in the system."""

    address: tuple[str, int]
    pid: int

    @property
    def host(self) -> str:
        """As a Host header has it."""
        return f"{self.address[0]}:{self.address[1]}"

    def signed_in(self, participant: str) -> str:
        """The cookie of a session of a participant, by the dev issuer."""
        hint = urlencode({"login_hint": f"{participant}@{PROGRAM}", "next": f"/p/{PROGRAM}/kudos"})
        with httpx.Client(base_url=f"http://{self.host}", follow_redirects=True) as browser:
            answer = browser.get(f"/sign-in?{hint}")
            assert answer.status_code == 200, (answer.url, answer.status_code)
            return f"{COOKIE}={browser.cookies[COOKIE]}"

    def processor_seconds(self) -> float:
        """What it has used so far."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS

    def peak_mb(self) -> float:
        """The most memory it ever held."""
        return memory.of_process(self.pid)


def environment(url: str, port: int) -> dict[str, str]:
    """The settings of a web process over a database, without a limit of requests."""
    return {
        **_keys(),
        "BADGE_WEB_BIND": f"127.0.0.1:{port}",
        "BADGE_WEB_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BADGE_WEB_DEV_ISSUER": "1",
        "BADGE_WEB_READER_DATABASE_URL": as_role(url, "badge_reader"),
        "BADGE_WEB_PEOPLE_DATABASE_URL": as_role(url, "badge_people"),
        "BADGE_WEB_NOTES_DATABASE_URL": as_role(url, "badge_notes"),
        "BADGE_WEB_REQUESTS_PER_MINUTE": "100000000",
        "BADGE_WEB_LOG_LEVEL": "warning",
    }


@cache
def _keys() -> dict[str, str]:
    """New keys for this run, as settings; whose files the system cleans up."""
    lines = new_keys.make(Path(tempfile.mkdtemp(prefix="badge-keys-")))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


@contextmanager
def web_process(url: str, statements: Path) -> Iterator[WebProcess]:
    """`benchmarks.pages.server` over a database, until the block ends."""
    with _process(url, "benchmarks.pages.server", str(statements)) as process:
        yield process


@contextmanager
def giving_process(url: str, bootstrap: str, undo_seconds: float) -> Iterator[WebProcess]:
    """`badge-web run` over a database and Kafka, until the block ends."""
    kafka = {"KAFKA_BOOTSTRAP": bootstrap, "BADGE_WEB_UNDO_SECONDS": f"{undo_seconds:g}"}
    with _process(url, "web.cli", "run", **kafka) as process:
        yield process


@contextmanager
def _process(url: str, *command: str, **settings: str) -> Iterator[WebProcess]:
    (port,) = free_ports(1)
    started = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | environment(url, port) | settings,
    )
    try:
        process = WebProcess(("127.0.0.1", port), started.pid)
        _await(process, started)
        yield process
    finally:
        started.terminate()
        started.wait(30)


def _await(process: WebProcess, started: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while started.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"http://{process.host}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the web process did not become ready")
