"""`badge-directory run` as a process."""

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from directory.settings import DirectorySettings
from tests.support.forked import ForkedProcess


@contextmanager
def running(
    settings: DirectorySettings, log: Path, metrics_port: int = 0
) -> Iterator[ForkedProcess]:
    """The process, killed in the end if it has not ended."""
    assert settings.database_url is not None
    environment = {
        "PATH": os.environ["PATH"],
        "KAFKA_BOOTSTRAP": settings.bootstrap,
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "BADGE_DIRECTORY_TOPIC": settings.topic,
        "BADGE_DIRECTORY_METRICS_PORT": str(metrics_port),
        "BADGE_ENGINE_SESSION_SECONDS": "3",
        "BADGE_ENGINE_LOG_FORMAT": "json",
    }
    log.touch()
    process = ForkedProcess("directory.cli", ["run"], environment, log)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGCONT)
            os.kill(process.pid, signal.SIGKILL)
        process.wait(10)


def ready(port: int) -> tuple[int, dict[str, str]]:
    """What /readyz answers; 0 while nothing does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}
