"""Nothing that an error quotes is logged: its message may be a person's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.store.cursors.cursors import CursorMoved
from engine.tracebacks import described, traced, where

PROJECT = Path(__file__).parents[3]
SECRET = "what only ben may read"

_HEAD = "import logging; from engine.observability import configure, logger; configure('json')\n"


def _log(*lines: str) -> str:
    """What a process of its own logs, because logging is global."""
    code = "\n".join([_HEAD, *lines])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stderr, "it logs nothing"
    return done.stderr


def _chained() -> BaseException:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        return error


def test_the_types_and_places_of_all_causes_are_told_and_no_message() -> None:
    text = traced(_chained())
    assert text.count("Traceback (most recent call last)") == 2
    assert "ValueError\ncaused by\n" in text
    assert text.endswith("KeyError")
    assert "in _chained" in text
    assert f'"{SECRET}' not in text
    assert SECRET not in text


def test_what_we_say_ourselves_is_told() -> None:
    assert described(CursorMoved("the cursor moved")) == "CursorMoved: the cursor moved"
    assert described(OSError(28, "No space left on device")).endswith("No space left on device")
    assert (
        described(UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET))
        == "UnicodeDecodeError"
    )


def test_an_error_of_a_loop_of_causes_ends() -> None:
    error = KeyError()
    error.__context__ = error
    assert traced(error) == "KeyError"


def test_the_place_is_the_last_of_ours() -> None:
    with pytest.raises(json.JSONDecodeError) as raised:
        json.loads("{")  # not ours
    assert where(raised.value) == "JSONDecodeError"


RAISED = f"try:\n  raise KeyError({SECRET!r})\nexcept KeyError as error:\n"


@pytest.mark.parametrize(
    "line",
    [
        "logger('engine.x').error('it failed', exc_info=True)",
        "logging.getLogger('faust').exception('Crashed reason=%r', error)",
        "logging.getLogger('asyncio').error('never retrieved\\n%s' % error, exc_info=error)",
    ],
    ids=["ours", "a library's", "asyncio's"],
)
def test_no_log_tells_it(line: str) -> None:
    logged = _log(RAISED + f"  {line}")
    assert SECRET not in logged.replace(f"raise KeyError({SECRET!r})", "")
    assert "KeyError" in logged


def test_no_thread_that_ends_tells_it() -> None:
    logged = _log(
        "import threading",
        f"def fail(): raise KeyError({SECRET!r}[:])",
        "thread = threading.Thread(target=fail)",
        "thread.start(); thread.join()",
    )
    (line,) = logged.splitlines()
    assert json.loads(line)["event"] == "a thread ended"
    assert json.loads(line)["exception"].endswith("KeyError")
