"""Long work that an operator starts: a command as a child process, one at a time, kept in
web.jobs. It goes on when the browser is closed."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import deque
from collections.abc import Mapping, Sequence

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from engine.observability import logger
from engine.queries.visible import visible
from engine.store import audit_log
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from web.identity.tokens.cached import Clock
from web.store import jobs as table
from web.store.jobs import StoredJob

log = logger(__name__)

COMMAND = (sys.executable, "-m", "engine.cli.main")
_BEAT_SECONDS = 1.0
_END_SECONDS = 15.0
_MOST_LINES, _MOST_OF_A_LINE = 200, 400
_TRIES, _PAUSE_SECONDS = 60, 0.5
_AWAY = (DatabaseUnreachable, OperationalError, psycopg.OperationalError)


class JobRunning(Exception):
    """Another job is running."""


class Jobs:
    """Starts commands of `badge-engine` and keeps what they say. `pool`: of the engine's role;
    `environment`: the settings of the commands."""

    def __init__(
        self,
        pool: Engine,
        clock: Clock,
        environment: Mapping[str, str],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._environment = environment
        self._command = command
        self._lock = threading.Lock()
        self._running: dict[str, tuple[subprocess.Popen[str], threading.Thread]] = {}

    def start(
        self,
        action: str,
        by: str,
        because: str,
        details: Mapping[str, object],
        arguments: Sequence[str],
    ) -> str:
        """Start a command; gives the job's id. Who started what and why stands in the audit log
        before it runs. Raises JobRunning."""
        now = self._clock()
        job = StoredJob(str(uuid.uuid4()), action, by, now, None, None, "")
        with transaction(self._pool) as tx:
            if not table.begin(tx, job, now):
                raise JobRunning
            audit_log.note(tx, action, by, because, {**details, "job": job.id})
        try:
            process = subprocess.Popen(
                [*self._command, *arguments],
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="backslashreplace",
                start_new_session=True,
            )
        except OSError as error:
            log.error("a job cannot be started", action=action, error=type(error).__name__)
            self._keep_end(job.id, None, "")
            return job.id
        thread = threading.Thread(
            target=self._follow, args=(job.id, process), name=f"job {action}", daemon=True
        )
        with self._lock:
            self._running[job.id] = process, thread
        thread.start()
        log.info("job started", action=action, job=job.id)
        return job.id

    def close(self) -> None:
        """Let what runs end between two of its steps, and keep that."""
        with self._lock:
            running = list(self._running.values())
        for process, _ in running:
            process.send_signal(signal.SIGINT)
        for process, thread in running:
            thread.join(_END_SECONDS)
            if thread.is_alive():
                process.kill()
                thread.join(_END_SECONDS)

    def _follow(self, id: str, process: "subprocess.Popen[str]") -> None:
        lines: deque[str] = deque(maxlen=_MOST_LINES)
        assert process.stdout is not None
        stdout = process.stdout
        reading = threading.Thread(
            target=lambda: lines.extend(map(_line, stdout)), name="job output", daemon=True
        )
        reading.start()
        while True:
            try:
                code = process.wait(_BEAT_SECONDS)
                break
            except subprocess.TimeoutExpired:
                self._keep_beat(id, _text(lines))
        reading.join(_END_SECONDS)
        self._keep_end(id, code if code >= 0 else None, _text(lines))
        with self._lock:
            del self._running[id]
        log.info("job ended", job=id, exit=code)

    def _keep_beat(self, id: str, output: str) -> None:
        try:
            with transaction(self._pool) as tx:
                table.beat(tx, id, self._clock(), output)
        except _AWAY as error:
            log.warning("PostgreSQL is away", job=id, error=type(error).__name__)

    def _keep_end(self, id: str, code: int | None, output: str) -> None:
        for _ in range(_TRIES):
            try:
                with transaction(self._pool) as tx:
                    table.finish(tx, id, self._clock(), code, output)
                return
            except _AWAY:
                time.sleep(_PAUSE_SECONDS)
        log.error("the end of a job could not be kept", job=id)


def _line(line: str) -> str:
    return visible(line.rstrip("\n"))[:_MOST_OF_A_LINE]


def _text(lines: "deque[str]") -> str:
    return "\n".join(list(lines))
