"""End to end: real Kafka and PostgreSQL, and workers as processes, with a defect in them."""

import json
import os
import signal
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from engine.intake.destination import destination
from engine.settings import Settings
from engine.store.postgres.connection import connect, transaction
from engine.stream.offsets import topics
from tests.end_to_end.deployment import Deployment, WorkerProcess, wait_until
from tests.support.forked import ForkedProcess
from tests.verification.checker.collect import collect
from tests.verification.checker.seen import Observations
from tests.verification.defects.databases import Databases
from tests.verification.defects.defect import Defect
from tests.verification.defects.exports import exported
from tests.verification.defects.transactional import Published, publish
from tests.verification.faults import points, stacks
from tests.verification.oracle.histories import NOW

PATIENCE = 240.0
"""Seconds within which everything is read and published, however slow the machine."""
_STANDS_STILL = 6.0
_NOW = ("--now", NOW.isoformat())


@dataclass
class Installation:
    """The engine as it is installed; every process of it has the defect, if there is one."""

    deployment: Deployment
    engine: Engine
    points: Path
    defect: Defect | None
    processes: list[WorkerProcess] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The settings of the installation."""
        named = self.deployment
        return Settings(
            KAFKA_BOOTSTRAP=named.bootstrap,
            activity_topic=named.activity,
            governance_topic=named.governance,
            awards_topic=named.awards,
            dead_letters_topic=f"{named.name}.dead-letters",
            partitions=2,
        )

    def publish(self, *values: bytes) -> None:
        """Publish records, each loop or person in one partition."""
        self.publish_together([(destination(value).key, value, ()) for value in values])

    def publish_together(self, records: Sequence[Published], *, commit: bool = True) -> None:
        """Publish records in one transaction, which is committed or aborted."""
        here = self.deployment
        publish(here.bootstrap, here.activity, records, commit=commit)

    def start(self, *command: str, **settings: str) -> WorkerProcess:
        """Start a process of the engine: `run` with what follows it, or `relay`."""
        log = self.deployment.folder / f"{uuid.uuid4().hex[:6]}.log"
        environment = {
            **self.deployment.environment(),
            **{f"BADGE_ENGINE_{name}": value for name, value in settings.items()},
            "FAULT_POINTS": str(self.points),
            **({"FAULT_DEFECT": self.defect.name} if self.defect else {}),
        }
        arguments = [*command, *_NOW] if command[0] == "run" else command
        log.touch()
        process = ForkedProcess("tests.verification.defects.process", arguments, environment, log)
        self.processes.append(WorkerProcess(process, log))
        return self.processes[-1]

    def dismiss(self, worker: WorkerProcess) -> None:
        """Kill a worker, if it has not ended: either will do."""
        worker.kill_rest()
        self.processes.remove(worker)

    def dies_at(self, point: str, worker: WorkerProcess | None = None) -> None:
        """Wait until a process has died at a point that was armed."""
        self.until(lambda: self._reached(point) is not None)
        if worker is not None:
            worker.kill_rest()

    def freezes_at(self, point: str) -> int:
        """Wait until a process has stopped at a point that was armed; its number."""
        frozen: list[int] = []

        def reached() -> bool:
            number = self._reached(point)
            frozen.extend([] if number is None else [number])
            return bool(frozen)

        self.until(reached)
        return frozen[0]

    def _reached(self, point: str) -> int | None:
        return points.reached(self.points, point)

    def processed(self) -> None:
        """Wait until everything published is processed."""
        ends = topics.ranges(self.settings, self.deployment.activity)

        def done() -> bool:
            return all(self._at(number) == there.end for number, there in ends.items())

        if self.defect is not None and self.defect.stands_still:
            self.until(lambda: self.steps() > 0)
            with suppress(AssertionError):
                wait_until(done, _STANDS_STILL)
        else:
            self.until(done)

    def drained(self) -> None:
        """Wait until everything is processed and the outbox is empty."""
        self.processed()
        self.published()

    def published(self) -> None:
        """Wait until the outbox is empty."""
        self.until(lambda: self._one("SELECT count(*) FROM outbox") == 0)

    def seen(self) -> Observations:
        """Everything that resulted, when no process works any more."""
        for worker in self.processes:
            worker.kill_rest()
        return collect(_Commands(self.deployment, self.engine), NOW)

    def steps(self) -> int:
        """How often a cursor has moved."""
        return int(self._one("SELECT count(*) FROM checker.cursor_log"))

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition. Fails if a process ends by itself meanwhile, and if the condition
        never holds, with what the processes are doing."""
        try:
            wait_until(lambda: condition() or bool(self.ended()), PATIENCE)
        except AssertionError as error:
            running = [each for each in self.processes if each.process.poll() is None]
            doing = [stacks.ask(each.process.pid, each.log) for each in running]
            raise AssertionError("\n".join([str(error), *doing])) from None
        assert not self.ended(), self.ended()

    def ended(self) -> list[str]:
        """The last output of processes that ended by themselves: neither killed nor terminated."""
        return [
            worker.logged()[-2000:] for worker in self.processes if (worker.process.poll() or 0) > 0
        ]

    def _at(self, partition: int) -> int:
        return int(
            self._one(
                "SELECT coalesce(max(next_offset), -1) FROM cursors "
                f"WHERE topic = '{self.deployment.activity}' AND partition = {partition}"
            )
        )

    def _one(self, query: str) -> Any:
        with transaction(self.engine) as tx:
            row = tx.one(query)
            assert row is not None
            return row[0]


def go_on(pid: int) -> None:
    """Let a process that was stopped go on."""
    os.kill(pid, signal.SIGCONT)


@contextmanager
def installation(
    bootstrap: str, databases: Databases, folder: Path, defect: Defect | None
) -> Iterator[Installation]:
    """An installation of one's own: topics, a database; all its processes end with the block."""
    with databases.one() as url:
        settings = {"SESSION_SECONDS": "6", "PARTITIONS": "2"}
        deployment = Deployment(bootstrap, url, folder, settings)
        armed = folder / "points"
        armed.mkdir(parents=True)
        engine = connect(url, "test")
        made = Installation(deployment, engine, armed, defect)
        try:
            topics.create(made.settings)
            yield made
        finally:
            for worker in made.processes:
                worker.kill_rest()
            engine.dispose()


@dataclass(frozen=True)
class _Commands:
    """What the checker asks an installation; the exports are written by this process."""

    deployment: Deployment
    engine: Engine

    def environment(self) -> dict[str, str]:
        return self.deployment.environment()

    def run(self, *arguments: str) -> None:
        what, _, _, file, *options = arguments
        lines = exported(self.engine, what, *options)
        Path(file).write_text("".join(json.dumps(line) + "\n" for line in lines))
