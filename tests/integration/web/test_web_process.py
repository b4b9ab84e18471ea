"""`badge-web run` as a process: it starts without PostgreSQL, says so, and ends in good order."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from engine.local.ports import free_ports
from tests.support.master_key import master_key_file
from tests.support.signing_keys import signing_key_file

_READY_SECONDS, _STOP_SECONDS = 60.0, 30.0


@pytest.fixture
def process() -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A process whose PostgreSQL is away, with its address."""
    bind = f"127.0.0.1:{free_ports(1)[0]}"
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    settings = {
        "BADGE_WEB_BIND": bind,
        "BADGE_WEB_PUBLIC_URL": f"http://{bind}",
        "BADGE_WEB_DEV_ISSUER": "1",
        "BADGE_WEB_READER_DATABASE_URL": away,
        "BADGE_WEB_PEOPLE_DATABASE_URL": away,
        "BADGE_WEB_NOTES_DATABASE_URL": away,
        "BADGE_WEB_NOTES_PRIVATE_KEY_FILE": str(master_key_file()),
        "BADGE_WEB_SIGNING_KEY_FILE": str(signing_key_file()),
    }
    command = [sys.executable, "-m", "web.cli", "run"]
    with subprocess.Popen(
        command, env=os.environ | settings, stderr=subprocess.PIPE, text=True
    ) as started:
        try:
            yield started, f"http://{bind}"
        finally:
            started.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_without_postgresql_says_so_and_ends_with_0(
    process: tuple["subprocess.Popen[str]", str], number: signal.Signals
) -> None:
    started, address = process
    _await(f"{address}/healthz")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/readyz", timeout=10)
    assert refused.value.code == 503

    started.send_signal(number)

    assert started.wait(_STOP_SECONDS) == 0
    assert started.stderr is not None
    lines = started.stderr.read()
    assert "pages cannot be answered yet" in lines
    assert '"event": "stopped"' in lines


def _await(url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            assert time.monotonic() < deadline, f"{url} does not answer"
            time.sleep(0.05)
