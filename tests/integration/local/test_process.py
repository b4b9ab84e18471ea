"""A guarded process: its failures are told with its last words, and it ends when told to."""

from pathlib import Path

import pytest

from engine.local import process
from engine.local.errors import PartFailed
from engine.local.process import GuardedProcess, last_lines
from tests.integration.local.processes import descendants


def _shell(folder: Path, script: str) -> GuardedProcess:
    return GuardedProcess("the part", ["sh", "-c", script], folder)


def test_a_process_that_ends_at_once_tells_its_last_words(tmp_path: Path) -> None:
    part = _shell(tmp_path, "echo the disk is full >&2; exit 3")
    with pytest.raises(PartFailed, match=r"(?s)the part ended before it was ready.*disk is full"):
        part.start(lambda: False)


def test_a_process_that_never_answers_is_ended(tmp_path: Path) -> None:
    part = _shell(tmp_path, "echo thinking; exec sleep 60")
    before = descendants()
    with pytest.raises(PartFailed, match=r"(?s)the part was not ready in 0 s.*thinking"):
        part.start(lambda: False, seconds=0.3)
    assert not part.running
    assert descendants() <= before


def test_a_process_that_will_not_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "STOP_SECONDS", 0.3)
    part = _shell(tmp_path, "trap '' TERM; echo deaf; while :; do sleep 0.1; done")
    part.start(lambda: "deaf" in part.last_words())
    part.stop()
    assert not part.running


def test_a_running_process_is_not_started_a_second_time(tmp_path: Path) -> None:
    part = _shell(tmp_path, "exec sleep 60")
    part.start(lambda: True)
    try:
        with pytest.raises(PartFailed, match="running already"):
            part.start(lambda: True)
    finally:
        part.kill()


def test_the_stack_of_a_java_program_does_not_hide_its_reason() -> None:
    output = "Exception: the port is taken\n" + "\tat org.example.Server.bind\n" * 40
    assert last_lines(output) == "\n  Exception: the port is taken"
