"""A stepped clock: read again each time, with proof of who read what."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from engine.handlers.policy import IntakePolicy, system_clock
from events.instants import from_datetime
from tests.verification.faults.parts.clock import readers, step, stepped_clock

pytestmark = pytest.mark.verify


def test_without_a_step_it_is_the_system_clock(tmp_path: Path) -> None:
    clock = stepped_clock(tmp_path / "clock")
    before = system_clock()
    assert before <= clock() <= system_clock()


@pytest.mark.parametrize("seconds", [7200.0, -7200.0, 0.25])
def test_a_step_is_in_the_next_reading_and_back_in_the_one_after_it(
    tmp_path: Path, seconds: float
) -> None:
    clock = stepped_clock(tmp_path / "clock")
    clock()
    step(tmp_path / "clock", seconds)
    before = system_clock()
    assert before <= clock() - timedelta(seconds=seconds) <= system_clock()
    assert readers(tmp_path / "clock") == {os.getpid(): seconds}
    step(tmp_path / "clock", 0)
    assert clock() <= system_clock()
    assert readers(tmp_path / "clock") == {os.getpid(): 0}


def test_a_step_that_nobody_has_read_has_no_proof(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = stepped_clock(file)
    clock()
    step(file, 60)
    assert readers(file) == {os.getpid(): 0}


def test_what_is_too_far_in_the_future_follows_the_step(tmp_path: Path) -> None:
    terms = IntakePolicy(stepped_clock(tmp_path / "clock"), tolerance=timedelta(0))
    step(tmp_path / "clock", 86_400 * 365)
    assert terms.latest() > from_datetime(system_clock() + timedelta(days=364))


def test_each_process_leaves_its_own_proof(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    step(file, 5)
    stepped_clock(file)()
    code = "import sys, pathlib; from tests.verification.faults.parts.clock import stepped_clock;"
    code += "stepped_clock(pathlib.Path(sys.argv[1]))()"
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    seen = readers(file)
    assert seen.pop(os.getpid()) == 5
    assert list(seen.values()) == [5]
