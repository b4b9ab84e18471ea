"""The workers under test, with a supervisor that starts again what ends."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.end_to_end.deployment import WorkerProcess, wait_until

_LOOK_EVERY_SECONDS = 0.1
_RESTART_SECONDS = 0.3
_CRASHES_AT_MOST = 30  # ends with exit code 1: what crashes more often does not get over anything

ONE_MORE = "worker-more"


def names(size: int) -> list[str]:
    """The workers of a fleet of this size."""
    return [f"worker-{number + 1}" for number in range(size)]


class Crashing(Exception):
    """Workers end by themselves again and again."""


@dataclass
class Slot:
    """A worker's place in the fleet: its process comes and goes, its name stays."""

    name: str
    launch: Callable[[str], WorkerProcess]
    worker: WorkerProcess
    held: bool = False  # what ends stays down
    logs: list[str] = field(default_factory=list)

    @property
    def pid(self) -> int:
        """The number of the process there now; the relay is in its group."""
        return self.worker.process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.worker.process.poll() is None


@dataclass(frozen=True)
class Ended:
    """A worker that ended, and with what."""

    at: float
    name: str
    code: int
    last_words: str


class Fleet:
    """Some workers. `launch` starts one under a name."""

    def __init__(self, launch: Callable[[str], WorkerProcess], size: int) -> None:
        self._launch = launch
        self.slots = [Slot(name, launch, launch(name)) for name in names(size)]
        for slot in self.slots:
            slot.logs.append(str(slot.worker.log))
        self.ended: list[Ended] = []
        self._logs_of_the_gone: list[str] = []
        self.starts = size
        self._stopping = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._supervisor.start()

    def _supervise(self) -> None:
        while not self._stopping.wait(_LOOK_EVERY_SECONDS):
            for slot in self.slots:
                if not slot.held and not slot.running:
                    self._again(slot)

    def _again(self, slot: Slot) -> None:
        code = slot.worker.process.returncode
        words = slot.worker.logged()[-1500:] if code not in (0, -signal.SIGKILL) else ""
        self.ended.append(Ended(time.time(), slot.name, code, words))
        slot.worker.kill_rest()
        time.sleep(_RESTART_SECONDS)  # as a supervisor does
        self._start(slot)

    def _start(self, slot: Slot) -> None:
        slot.worker = slot.launch(slot.name)
        slot.logs.append(str(slot.worker.log))
        self.starts += 1

    def check(self) -> None:
        """Raises Crashing, with the last words, if the workers cannot be kept going."""
        crashes = [ended for ended in self.ended if ended.code == 1]
        if len(crashes) > _CRASHES_AT_MOST:
            raise Crashing(crashes[-1].last_words)

    def kill(self, slot: Slot) -> int:
        """SIGKILL to worker and relay; the supervisor starts it again. Gives the process killed."""
        pid = slot.pid
        os.killpg(pid, signal.SIGKILL)
        return pid

    @contextmanager
    def frozen(self, slot: Slot) -> Iterator[int]:
        """Worker and relay are stopped for the length of the block, and go on after it."""
        pid = slot.pid
        os.killpg(pid, signal.SIGSTOP)
        try:
            wait_until(lambda: state_of(pid) == "T")
            yield pid
        finally:
            os.killpg(pid, signal.SIGCONT)

    def replace(self, slot: Slot) -> int:
        """SIGTERM, and a new one in its place; the old one's exit code."""
        slot.held = True
        try:
            code = slot.worker.terminate()
            self._start(slot)
        finally:
            slot.held = False
        return code

    @contextmanager
    def one_more(self) -> Iterator[Slot]:
        """Another worker for the length of the block."""
        slot = Slot(ONE_MORE, self._launch, self._launch(ONE_MORE))
        slot.logs.append(str(slot.worker.log))
        self.starts += 1
        self.slots = [*self.slots, slot]
        try:
            yield slot
        finally:
            slot.held = True
            slot.worker.terminate()
            self.slots = [other for other in self.slots if other is not slot]
            self._logs_of_the_gone += slot.logs

    def stop(self) -> list[int]:
        """SIGTERM to all of them; their exit codes."""
        self._stopping.set()
        self._supervisor.join()
        running = [slot for slot in self.slots if slot.running]
        return [slot.worker.terminate() for slot in running]

    def kill_all(self) -> None:
        """Leave no process behind."""
        self._stopping.set()
        self._supervisor.join()
        for slot in self.slots:
            slot.worker.kill_rest()

    def logs(self) -> list[str]:
        """Every log of every process there ever was."""
        return [log for slot in self.slots for log in slot.logs] + self._logs_of_the_gone


def state_of(pid: int) -> str:
    """A process's state as /proc names it: R, S, D, T (stopped), Z; "" if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # before it was opened, or before it was read
        return ""
