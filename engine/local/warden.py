"""Run one command as a child, and see to it that it never outlives the process that asked for it.

Run as a script by `engine.local.process`, with the standard library only:

    warden.py OWNER_PID FOLDER STOP_SIGNAL KILL_SIGNAL USER COMMAND...

SIGTERM to the warden sends the child STOP_SIGNAL, SIGUSR1 sends it KILL_SIGNAL; the warden ends
when the child has ended, with its return code. When the owner is gone, the child is killed and
FOLDER removed. USER is the account to run the child as, or "-" for the present one.

A process of its own, rather than the kernel's parent-death signal, because that signal follows
the starting thread instead of the starting process, and exists on Linux only.
"""

import os
import pwd
import select
import shutil
import signal
import subprocess
import sys

OWNER_CHECK_SECONDS = 0.5
DYING_SECONDS = 10.0


def main(arguments: list[str]) -> int:
    """Guard the command until it ends; its return code, negative for a signal as in subprocess."""
    owner, folder, stop, kill, user, *command = arguments
    meaning = {int(signal.SIGTERM): int(stop), int(signal.SIGUSR1): int(kill)}

    # Signals arrive as bytes in a pipe, set up before the child exists, so that none can be lost
    # between its start and the first look.
    arrivals, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, *meaning):
        signal.signal(number, lambda *_: None)

    child = _start(command, user)
    while child.poll() is None:
        if os.getppid() != int(owner):
            _abandon(child, int(kill), folder)
        elif select.select([arrivals], [], [], OWNER_CHECK_SECONDS)[0]:
            for number in os.read(arrivals, 64):
                if number in meaning:
                    child.send_signal(meaning[number])
    return child.returncode


def _start(command: list[str], user: str) -> "subprocess.Popen[bytes]":
    if user == "-":
        return subprocess.Popen(command)
    group = pwd.getpwnam(user).pw_gid
    return subprocess.Popen(command, user=user, group=group, extra_groups=[])


def _abandon(child: "subprocess.Popen[bytes]", kill: int, folder: str) -> None:
    child.send_signal(kill)
    try:
        child.wait(DYING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(abs(main(sys.argv[1:])))
