"""The engine as it is deployed: topics and a database of its own, commands, worker processes."""

import json
import os
import signal
import subprocess
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.store.cursors import cursors as stored
from engine.store.cursors.cursors import Cursor
from engine.store.postgres.connection import connect, transaction
from tests.integration.local import processes
from tests.support import forked, notes
from tests.support.forked import ForkedProcess

ROOT = Path(__file__).parents[2]
SECONDS = 60.0


def wait_until(condition: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Return once the condition holds; fail after `seconds`: processes start, groups form."""
    processes.wait_until(condition, seconds)


@dataclass
class WorkerProcess:
    """A worker process, leader of a process group that its relay is in."""

    process: ForkedProcess
    log: Path

    def kill(self) -> None:
        """SIGKILL, the relay too: none of them can finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS)

    def kill_rest(self) -> None:
        """SIGKILL to what is left of its group, if anything."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS)

    def terminate(self) -> int:
        """SIGTERM to the worker alone; its exit code."""
        self.process.terminate()
        return self.process.wait(SECONDS)

    def logged(self) -> str:
        """Its log so far."""
        return self.log.read_text(errors="replace")


@dataclass
class Deployment:
    """Everything that belongs to one installation. `settings` are BADGE_ENGINE_* by name."""

    bootstrap: str
    database: str
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: f"e2e-{uuid.uuid4().hex[:8]}")
    worker_module: str = "engine.cli.main"
    surroundings: Mapping[str, str] = field(default_factory=dict)  # other variables, by name

    @property
    def activity(self) -> str:
        """The input topic of most."""
        return f"{self.name}.activity"

    @property
    def governance(self) -> str:
        """The input topic of committees."""
        return f"{self.name}.governance"

    @property
    def awards(self) -> str:
        """The output topic."""
        return f"{self.name}.awards"

    def environment(self) -> dict[str, str]:
        """The environment of every process."""
        ours = {
            "ACTIVITY_TOPIC": self.activity,
            "GOVERNANCE_TOPIC": self.governance,
            "AWARDS_TOPIC": self.awards,
            "DEAD_LETTERS_TOPIC": f"{self.name}.dead-letters",
            "GROUP": self.name,
            "LOG_FORMAT": "json",
            "NOTES_PUBLIC_KEY": notes.SETTING,
            **self.settings,
        }
        return {
            **{name: value for name, value in os.environ.items() if "BADGE_ENGINE_" not in name},
            "KAFKA_BOOTSTRAP": self.bootstrap,
            "DATABASE_URL": self.database,
            **self.surroundings,
            **{f"BADGE_ENGINE_{name}": value for name, value in ours.items()},
        }

    def run(self, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        """Run a command of `badge-engine` that ends with this exit code."""
        return self.run_module("engine.cli.main", *arguments, code=code)

    def run_module(
        self, module: str, *arguments: str, code: int = 0
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command that ends with this exit code."""
        done = forked.run(module, *arguments, environment=self.environment())
        assert done.returncode == code, (arguments, done.returncode, done.stderr[-2000:])
        return done

    def start(self, *arguments: str, **settings: str) -> WorkerProcess:
        """Start a worker process. The caller must end it."""
        log = self.folder / f"worker-{uuid.uuid4().hex[:6]}.log"
        environment = self.environment() | {f"BADGE_ENGINE_{n}": v for n, v in settings.items()}
        log.touch()
        return WorkerProcess(
            ForkedProcess(self.worker_module, ["run", *arguments], environment, log), log
        )

    @contextmanager
    def working(self, *arguments: str, **settings: str) -> Iterator[WorkerProcess]:
        """A worker for the length of the block, killed in the end if it still runs."""
        worker = self.start(*arguments, **settings)
        try:
            yield worker
        finally:
            if worker.process.poll() is None:
                worker.kill()

    def publish(self, *values: bytes) -> None:
        """Publish records as `badge-engine publish` does."""
        file = self.folder / f"{uuid.uuid4().hex}.jsonl"
        file.write_bytes(b"".join(value + b"\n" for value in values))
        self.run("publish", str(file))

    def status(self, *arguments: str) -> dict[str, Any]:
        """What `badge-engine status` says."""
        status: dict[str, Any] = json.loads(self.run("status", "--json", *arguments).stdout)
        return status

    def drained(self, timeout: float = 120.0) -> dict[str, Any]:
        """Wait until all is read and published."""
        return self.status("--wait", "--timeout", f"{timeout:g}")

    def passed(self) -> int:
        """How many offsets all cursors have passed, of both topics."""
        known = self.cursors_of_both()
        every = [cursor for of_topic in known.values() for cursor in of_topic.values()]
        return sum(cursor.next_offset - cursor.first_offset for cursor in every)

    def cursors(self) -> dict[int, Cursor]:
        """The cursors of the activity topic by partition."""
        return self.cursors_of_both()[self.activity]

    def cursors_of_both(self) -> dict[str, dict[int, Cursor]]:
        """The cursors by topic and partition."""
        engine = connect(self.database, "test")
        try:
            with transaction(engine) as tx:
                return stored.of_topics(tx, (self.activity, self.governance))
        finally:
            engine.dispose()

    def wait_for(self, offsets: int, seconds: float = SECONDS) -> None:
        """Wait until the cursors have passed so many offsets."""
        wait_until(lambda: self.passed() >= offsets, seconds)

    def export(self, *arguments: str) -> list[dict[str, Any]]:
        """What `badge-engine awards export` writes."""
        file = self.folder / f"{uuid.uuid4().hex}.jsonl"
        self.run("awards", "export", "--output", str(file), *arguments)
        return [json.loads(line) for line in file.read_bytes().splitlines()]

    def preview(
        self, history: Path, *arguments: str, catalog: str = "mentorloop"
    ) -> list[dict[str, Any]]:
        """What `badge-replay preview` gives for a history file."""
        file = self.folder / f"{uuid.uuid4().hex}.jsonl"
        given = ("--from", str(history), "--catalog", catalog, "--output", str(file))
        self.run_module("replay.cli", "preview", *given, *arguments)
        return [json.loads(line) for line in file.read_bytes().splitlines()]
