"""/healthz, /readyz and /metrics of a process, answered by a thread of their own.

/healthz says that the process runs. /readyz asks every check, at most once a second, and
answers with all of them: 200, or 503 if one that is needed is not "ready". /metrics has what the
process counts, as text that Prometheus reads.
"""

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

READY = "ready"
_KEPT_SECONDS = 1.0

Check = Callable[[], str]
"""Says "ready", or in a word what is wrong; quick, and raises nothing."""


class Readiness:
    """The checks of a process; `needed`: those without which it is not ready."""

    def __init__(self, checks: Mapping[str, Check], needed: Collection[str]) -> None:
        self._checks = checks
        self._needed = frozenset(needed)
        self._lock = threading.Lock()
        self._answer: dict[str, str] = {}
        self._until = 0.0

    def answer(self) -> tuple[int, dict[str, str]]:
        """The HTTP status, and what each check says."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._answer = {name: check() for name, check in self._checks.items()}
                self._until = time.monotonic() + _KEPT_SECONDS
            ready = all(self._answer[name] == READY for name in self._needed)
            return (200 if ready else 503), dict(self._answer)


@contextmanager
def probes(host: str, port: int, readiness: Readiness) -> Iterator[int | None]:
    """Answer on a port for the length of the block; gives the port. Port 0: nothing is answered.

    Raises OSError if the port cannot be had.
    """
    if port == 0:
        yield None
        return
    server = ThreadingHTTPServer((host, port), _handler(readiness))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="probes", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _handler(readiness: Readiness) -> type[BaseHTTPRequestHandler]:
    class ProbeHandler(BaseHTTPRequestHandler):
        server_version = "badge-engine"
        sys_version = ""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/healthz":
                self._send_json(200, {"process": "alive"})
            elif path == "/readyz":
                self._send_json(*readiness.answer())
            elif path == "/metrics":
                self._send(200, CONTENT_TYPE_PLAIN_0_0_4, generate_latest())
            else:
                self._send_json(404, {"error": "there are /healthz, /readyz and /metrics"})

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing: a probe comes every few seconds."""

        def _send_json(self, status: int, answer: dict[str, str]) -> None:
            self._send(status, "application/json", json.dumps(answer).encode())

        def _send(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    return ProbeHandler
