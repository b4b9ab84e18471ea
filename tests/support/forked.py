"""Run a module as `python -m` does, in a process forked from one that has imported the engine.

Importing the engine, Faust and SQLAlchemy takes one to two seconds of CPU, and a test end to end
starts some ten processes. A fork of a process that did it once takes some milliseconds. Everything
else is as with `python -m`: arguments, environment, output, signals, exit code.
"""

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]

# What commands import, but nothing of the tests: a seeded defect edits the engine in its process.
# Of governance without its libraries: every worker would have their 90 MB, and its memory is
# measured.
_PRELOADED = [
    "engine.cli.main", "replay.cli", "directory.cli", "notifier.cli", "governance.bootstrap",
]  # fmt: skip

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(_PRELOADED)

# Two threads that ask for the exit code of one process at once would both read it from its pipe.
_LOCK = threading.Lock()


class ForkedProcess:
    """A module that runs with these arguments: what `subprocess.Popen` offers, as far as needed.

    It leads a process group of its own and works in `folder`. `output` and `errors` are files;
    standard input is empty.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        output: Path,
        errors: Path | None = None,
        folder: Path = ROOT,
    ) -> None:
        self.args = [module, *arguments]
        places = (str(folder), str(output), str(errors or output))
        self._process = _FORKS.Process(target=_run, args=(self.args, dict(environment), places))
        with _LOCK, _no_main():
            self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | Any:
        """The exit code; -N after signal N; None while it runs."""
        return self.poll()

    def poll(self) -> int | None:
        """The same."""
        with _LOCK:
            return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one. Raises subprocess.TimeoutExpired."""
        wait([self._process.sentinel], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def terminate(self) -> None:
        """SIGTERM, if it still runs."""
        with _LOCK:
            self._process.terminate()


def run(
    module: str,
    *arguments: str,
    environment: Mapping[str, str],
    timeout: float = 600,
    folder: Path = ROOT,
) -> "subprocess.CompletedProcess[str]":
    """Run a module to its end; its output as text. Raises subprocess.TimeoutExpired."""
    with tempfile.TemporaryDirectory() as place:
        output, errors = Path(place, "output"), Path(place, "errors")
        process = ForkedProcess(module, arguments, environment, output, errors, folder)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise
        texts = (output.read_text(errors="replace"), errors.read_text(errors="replace"))
    return subprocess.CompletedProcess(process.args, code, *texts)


def _run(
    arguments: Sequence[str], environment: Mapping[str, str], places: tuple[str, str, str]
) -> None:
    """Become `python -m ARGUMENTS` in the forked process."""
    os.setsid()
    folder, *files = places
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    _redirect(*files)
    module, *_ = sys.argv = list(arguments)
    sys.modules.pop(module, None)  # imported before, and now run
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _redirect(output: str, errors: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(output, flags, 0o600), 1)
    os.dup2(os.open(errors, flags, 0o600), 2)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for the rest of the process
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide this process's main module, such as pytest's: each fork would import it first."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@atexit.register
def _end() -> None:
    """Kill what a test has left: at exit this process would wait for its end."""
    for process in multiprocessing.active_children():
        process.kill()
