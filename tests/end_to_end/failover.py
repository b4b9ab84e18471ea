"""A primary PostgreSQL that dies while workers work, a standby that is promoted, and then every
worker replaced, one after the other: nothing is missing, nothing is published in two ways.

`python -m tests.end_to_end.failover --events 20000` runs it at any size and prints for how long
each step took. The standby confirms each commit before it counts; otherwise the last ones
would be lost with the primary.
"""

import argparse
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from benchmarks.history import write
from engine.local import broker
from engine.local.embedded_postgres import EmbeddedPostgres
from engine.local.folder import temporary_folder
from engine.local.postgres_install import postgres_install
from engine.local.process import GuardedProcess, run_tool
from tests.end_to_end.deployment import Deployment, WorkerProcess, wait_until
from tests.end_to_end.kill import check, load

_PORT = "5432"


@dataclass(frozen=True)
class FailoverFigures:
    """What happened. `repeats`: messages that stand on the topic twice, byte for byte the same.
    `still`: seconds from the death of the primary until a batch was committed. `…_replaced`:
    seconds from SIGTERM until another was in its place and a batch was committed."""

    events: int
    awards: int
    messages: int
    repeats: int
    still: float
    first_replaced: float
    second_replaced: float


class StandbyServer:
    """A second server with all that a first one has, confirming its commits."""

    def __init__(self, first: Path, folder: Path) -> None:
        install = postgres_install(folder)
        self.folder = folder
        copy = [
            *(str(install.programs / "pg_basebackup"), "-D", str(folder / "data")),
            *("-h", str(first), "-p", _PORT, "-U", "postgres", "-R", "--checkpoint=fast"),
        ]
        run_tool("the standby could not be copied", copy, folder, install.user)
        options = {"port": _PORT, "listen_addresses": "", "unix_socket_directories": str(folder)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self._process = GuardedProcess(
            "the standby",
            [str(install.programs / "postgres"), "-D", str(folder / "data"), *words],
            folder,
            stop_signal=signal.SIGINT,
            kill_signal=signal.SIGQUIT,
            user=install.user,
        )

    def start(self) -> None:
        """Start, and return once it can be read."""
        self._process.start(lambda: bool(self._asked("SELECT true")))

    def promote(self) -> None:
        """Let it be written."""
        self._asked("SELECT pg_promote()")

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def _asked(self, statement: str) -> object:
        with suppress(psycopg.OperationalError), session(self.folder) as connection:
            return connection.execute(statement).fetchone()
        return None


def session(folder: Path) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the server that has its socket here; what it is told counts at once."""
    return psycopg.connect(
        host=str(folder), port=_PORT, user="postgres", dbname="postgres", autocommit=True
    )


@contextmanager
def two_servers() -> Iterator[tuple[EmbeddedPostgres, StandbyServer, str]]:
    """A primary, its standby, and the address of both that leads to the one that can be written."""
    with temporary_folder("first") as one, temporary_folder("second") as two:
        primary = EmbeddedPostgres(one, {"shared_buffers": "128MB"})
        primary.start()
        standby = StandbyServer(one, two)
        try:
            standby.start()
            with session(one) as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("SELECT pg_reload_conf()")
            both = f"host={one}:{_PORT}&host={two}:{_PORT}&target_session_attrs=read-write"
            yield primary, standby, f"postgresql://postgres@/postgres?{both}"
        finally:
            primary.kill()
            standby.kill()


def failover(
    deployment: Deployment, primary: EmbeddedPostgres, standby: StandbyServer, events: int
) -> FailoverFigures:
    """Two workers. The primary dies at a fifth of the history; they are replaced, one after the
    other, at two and three fifths."""
    history = deployment.folder / "history.jsonl"
    with history.open("wb") as file:
        write(load(events), file)
    deployment.run("migrate")
    deployment.run("publish", str(history))
    batch = str(max(20, events // 200))
    workers: dict[str, WorkerProcess] = {}

    def start(instance: str) -> None:
        workers[instance] = deployment.start(INSTANCE=instance, BATCH_RECORDS=batch)

    def replaced(instance: str) -> float:
        began = time.monotonic()
        assert workers[instance].terminate() == 0
        start(instance)
        return _until_committed(deployment, began)

    try:
        start("first")
        start("second")
        deployment.wait_for(events // 5, seconds=300)
        began = time.monotonic()
        primary.kill()
        standby.promote()
        still = _until_committed(deployment, began)
        deployment.wait_for(2 * events // 5, seconds=300)
        after_first = replaced("first")
        deployment.wait_for(3 * events // 5, seconds=300)
        after_second = replaced("second")
        assert deployment.drained(timeout=600)["lag"] == 0
        for worker in workers.values():
            assert worker.terminate() == 0, worker.logged()[-2000:]
    finally:
        for worker in workers.values():
            if worker.process.poll() is None:
                worker.kill()
    (messages, repeats), awards = check(deployment, history)
    return FailoverFigures(
        events,
        awards,
        messages,
        repeats,
        *(round(seconds, 1) for seconds in (still, after_first, after_second)),
    )


def _until_committed(deployment: Deployment, began: float) -> float:
    """Seconds since `began` until the cursors have moved."""
    seen: list[int] = []

    def moved() -> bool:
        with suppress(Exception):  # nobody can be asked while nobody answers
            seen.append(deployment.passed())
        return len(seen) > 1 and seen[-1] > seen[0]

    wait_until(moved, 120)
    return time.monotonic() - began


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.failover")
    parser.add_argument("--events", type=int, default=20_000)
    arguments = parser.parse_args()
    with (
        broker(None) as kafka,
        two_servers() as (primary, standby, address),
        tempfile.TemporaryDirectory() as folder,
    ):
        deployment = Deployment(kafka.bootstrap, address, Path(folder), {"SESSION_SECONDS": "10"})
        for name, value in asdict(failover(deployment, primary, standby, arguments.events)).items():
            print(f"{name:>22}  {value:,}")


if __name__ == "__main__":
    main()
