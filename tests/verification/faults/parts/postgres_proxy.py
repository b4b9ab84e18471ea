"""A proxy before PostgreSQL that understands enough to cut at a COMMIT or in the middle of a COPY.

with PostgresProxy(server.url) as proxy:
    deployment = Deployment(..., database=proxy.url)
    trap = proxy.cut_at_commit("after", application=WORKER)
    assert trap.wait(30), "no worker committed"
"""

from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url

from tests.verification.faults.parts.link import Link
from tests.verification.faults.parts.proxy import Proxy, Upstream
from tests.verification.faults.parts.session import Session
from tests.verification.faults.parts.traps import Action, Trap

WORKER = "badge-engine-worker"
RELAY = "badge-engine-relay"

_AT_COMMIT = {
    "before": Action.DROP_COMMIT,
    "after": Action.SWALLOW_ANSWER,
    "held": Action.HOLD_COMMIT,
}


class PostgresProxy(Proxy):
    """A Proxy to the server of this SQLAlchemy URL, a Unix socket or TCP without TLS.

    `url` is the same URL by way of the proxy.
    """

    def __init__(self, url: str, port: int | None = None) -> None:
        super().__init__(_upstream(url), port)
        through = make_url(url).difference_update_query(["host", "port"])
        through = through.set(host="127.0.0.1", port=self.port)
        self.url = through.render_as_string(hide_password=False)
        self._armed: list[Trap] = []

    def cut_at_commit(
        self,
        when: Literal["before", "after", "held"],
        application: str | None = None,
        containing: bytes = b"",
    ) -> Trap:
        """Arm: at the next COMMIT, reset the connection instead of passing it on ("before"), or
        after the server has carried it out and before the client hears of it ("after"); "held"
        freezes the connection with the COMMIT in it, until released.

        `application`: only connections of this application_name. `containing`: only transactions
        that have sent these bytes, such as a table's name: some only read.
        """
        return self._arm(_AT_COMMIT[when], application, containing)

    def cut_in_copy(
        self,
        action: Literal["reset", "freeze"],
        application: str | None = None,
        containing: bytes = b"",
    ) -> Trap:
        """Arm: reset or freeze the next connection that sends COPY data, with half a row message
        sent. The other arguments as for `cut_at_commit`."""
        chosen = Action.RESET_COPY if action == "reset" else Action.FREEZE_COPY
        return self._arm(chosen, application, containing)

    def tap(self, link: Link) -> Session:
        """Every connection is watched from its first byte on: it says who it is."""
        return Session(link, self._armed)

    def _arm(self, action: Action, application: str | None, containing: bytes) -> Trap:
        trap = Trap(action, application, containing, self._armed, self.ask)
        self.ask(lambda: self._armed.append(trap))
        return trap


def _upstream(url: str) -> Upstream:
    address = make_url(url)
    host = address.host or address.query.get("host") or "localhost"
    port = address.port or int(str(address.query.get("port") or 5432))
    assert isinstance(host, str), f"one server, not several: {host}"
    return Path(host) / f".s.PGSQL.{port}" if host.startswith("/") else (host, port)
