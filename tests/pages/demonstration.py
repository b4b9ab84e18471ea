"""The example history on the real pages, as `make pages` shows it, for the length of a block."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.local.ports import free_ports

_EXAMPLES = Path(__file__).parents[2] / "examples"
_GIVEN = ("KAFKA_BOOTSTRAP", "DATABASE_URL")
_STOP_SECONDS = 60


_HALF_YEAR = ("--events", _EXAMPLES / "half-year.jsonl", "--people", _EXAMPLES / "people.jsonl")
_GUILD = (
    "--events", _EXAMPLES / "recognition/history.jsonl",
    "--people", _EXAMPLES / "recognition/people.jsonl",
    "--under", "aurora=recognition",
)  # fmt: skip


@contextmanager
def demonstration(*, guild: bool = False, **settings: str) -> Iterator[dict[str, str]]:
    """The link of each persona, by name. Broker and database are its own. `guild`: Aurora Guild
    with its committee, in place of the other programs; `settings`: of its processes."""
    environment = {k: v for k, v in os.environ.items() if k not in _GIVEN} | settings
    environment["BADGE_WEB_UNDO_SECONDS"] = "5"
    environment["BADGE_WEB_BIND"] = f"127.0.0.1:{free_ports(1)[0]}"
    given = _GUILD if guild else _HALF_YEAR
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "demo", *map(str, given)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield dict(_links(process))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(_STOP_SECONDS) == 0


def _links(process: "subprocess.Popen[str]") -> Iterator[tuple[str, str]]:
    """The lines NAME, tab, URL; the last persona's ends them."""
    assert process.stdout is not None
    for line in process.stdout:
        name, _, link = line.rstrip("\n").partition("\t")
        yield name, link
        if name == "Ops":
            return
    raise AssertionError(f"it ended with exit code {process.wait()}")
