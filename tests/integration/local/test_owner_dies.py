"""What was started does not outlive the process that started it, however that one ends."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.local.processes import alive, descendants, wait_until

# The parts are started in a thread that ends at once: they must not end with it.
_OWNER = """
import signal, sys, threading
from contextlib import ExitStack
from engine.local.embedded_broker import embedded_broker
from engine.local.embedded_postgres import embedded_postgres

# A shell that starts something in the background has it ignore Ctrl-C, and all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
with ExitStack() as stack:
    def start():
        stack.enter_context(embedded_broker())
        stack.enter_context(embedded_postgres())
        print("ready", flush=True)
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    signal.pause()
"""


@pytest.fixture
def folders() -> Iterator[Path]:
    """Where the owner's temporary folders go: in reach of every account, as /tmp is."""
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        Path(place).chmod(0o711)
        yield Path(place)


@pytest.mark.verify
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_and_no_folder_is_left_when_the_owner_dies_of(
    number: signal.Signals, folders: Path
) -> None:
    parts = _owner_with_parts(folders, number)
    wait_until(lambda: not alive(parts))
    wait_until(lambda: not list(folders.iterdir()))


def _owner_with_parts(folders: Path, number: signal.Signals) -> set[int]:
    """Start an owner, wait until its parts are there, end it; the pids its parts had."""
    program = f"import tempfile; tempfile.tempdir = {str(folders)!r}\n{_OWNER}"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as owner:
        try:
            assert owner.stdout is not None
            assert owner.stdout.readline() == "ready\n"
            parts = descendants(owner.pid)
            assert len(parts) > 4, "two wardens, the broker, PostgreSQL and its own processes"
            assert len(list(folders.iterdir())) == 2
        finally:
            owner.send_signal(number)
    return parts
