"""A server process that is guarded by a warden, can be killed, and gives its last output;
and the tools that are run once before it."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.local import warden
from engine.local.errors import PartFailed

READY_SECONDS = 60.0
STOP_SECONDS = 30.0
_POLL_SECONDS = 0.05
_LAST_LINES = 25


@dataclass
class GuardedProcess:
    """One server: at most one run at a time, any number of runs one after the other.

    `folder` holds its data and `log`; the warden removes it if this process dies.
    `stop_signal` ends the server in good order, `kill_signal` as a crash would.
    `user` is the account it runs as; None is the present one.
    """

    name: str
    command: Sequence[str]
    folder: Path
    stop_signal: signal.Signals = signal.SIGTERM
    kill_signal: signal.Signals = signal.SIGKILL
    user: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    _warden: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        """Standard output and standard error of all runs."""
        return self.folder / "log"

    @property
    def running(self) -> bool:
        """Whether the server process is there; it need not answer yet."""
        return self._warden is not None and self._warden.poll() is None

    def start(self, answers: Callable[[], bool], seconds: float = READY_SECONDS) -> None:
        """Start, and return once `answers()` is true.

        Raises PartFailed, with the last log lines, if the server ends first or does not answer
        in time; it is not running then.
        """
        if self.running:
            raise PartFailed(f"{self.name} is running already: stop it before starting it again")
        with self.log.open("ab") as log:
            self._warden = subprocess.Popen(
                self._guarded_command(),
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A Ctrl-C in the terminal is for us: we decide when our parts end.
                start_new_session=True,
            )
        deadline = time.monotonic() + seconds
        while not answers():
            if not self.running:
                raise PartFailed(f"{self.name} ended before it was ready{self.last_words()}")
            if time.monotonic() > deadline:
                self.kill()
                raise PartFailed(f"{self.name} was not ready in {seconds:.0f} s{self.last_words()}")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End in good order; killed if that takes longer than STOP_SECONDS."""
        self._signal(signal.SIGTERM)
        if self._warden is not None:
            with suppress(subprocess.TimeoutExpired):
                self._warden.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End as a crash would, and return when the process is gone; nothing if it is not there."""
        self._signal(signal.SIGUSR1)
        if self._warden is not None:
            self._warden.wait()
            self._warden = None

    def last_words(self) -> str:
        """The end of the log as an indented block to end a message with."""
        return last_lines(self.log.read_text(errors="replace") if self.log.exists() else "")

    def _guarded_command(self) -> list[str]:
        return [
            *(sys.executable, "-I", "-S", str(warden.__file__)),
            *(str(os.getpid()), str(self.folder)),
            *(str(int(self.stop_signal)), str(int(self.kill_signal)), self.user or "-"),
            *self.command,
        ]

    def _signal(self, number: signal.Signals) -> None:
        if self._warden is not None:
            self._warden.send_signal(number)


def run_tool(failing: str, command: Sequence[str], cwd: Path, user: str | None = None) -> None:
    """Run a program to its end in `cwd`, as `user` (None: the present one).

    Raises PartFailed, which begins with `failing` and ends with the last lines of its output, if
    it ends with anything but 0.
    """
    done = subprocess.run(
        command,
        cwd=cwd,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise PartFailed(failing + last_lines(done.stdout + done.stderr))


def last_lines(output: str) -> str:
    """The last lines of what a program printed, as an indented block to end a message with."""
    # Java's stack frames would push the reason out of sight.
    lines = [line for line in output.splitlines() if not line.startswith("\tat ")]
    return "".join(f"\n  {line}" for line in lines[-_LAST_LINES:]) or ", and said nothing"
