"""`badge-engine`, with the points, a clock that can be stepped, and, if asked for, a defect.

What a worker of the fault harness runs instead of `engine.cli.main`; its relay does the same.
"""

import os
import sys
from pathlib import Path

from engine.cli import main
from engine.cli.commands import run
from engine.handlers.policy import Clock
from tests.verification.faults import stacks

FOLDER = "FAULT_POINTS"
CLOCK = "FAULT_CLOCK"
DEFECT = "FAULT_DEFECT"


def start() -> None:
    """Wrap what the environment asks for, then be `badge-engine`."""
    stacks.show_when_asked()
    if folder := os.environ.get(FOLDER):
        from tests.verification.faults import points

        points.install(Path(folder))
    if file := os.environ.get(CLOCK):
        from tests.verification.faults.parts.clock import stepped_clock

        _use_clock(stepped_clock(Path(file)))
    if name := os.environ.get(DEFECT):
        from tests.verification.defects import install

        install(name)
    run.RELAY_COMMAND = (
        sys.executable,
        "-m",
        "tests.verification.faults.process",
        "relay",
        "--child",
    )
    main.main()


def _use_clock(clock: Clock) -> None:
    """No worker here is given `--now`, so this is what all of them ask."""
    vars(run)["clock"] = lambda _now: clock


if __name__ == "__main__":
    start()
