"""`tests.verification.faults.process` in a process that never outlives its parent."""

import os
import signal
import threading

from tests.verification.faults.process import start

_LOOK_EVERY_SECONDS = 0.5


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(_LOOK_EVERY_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)  # of a session of its own: the relay too


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    start()
