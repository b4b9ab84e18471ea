"""A committee that is deployed: schemas, roles, the process, and members who act as pages do.

The clock of governance is a file that the test moves.
"""

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from directory.migrations import CHAIN as DIRECTORY
from engine.queries.snapshot import Reader
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from governance.committee import Committee, Sitting
from governance.migrations import CHAIN as GOVERNANCE
from governance.store import cases, people
from governance.store.cases import Case
from governance.store.people import Officer
from notifier.migrations import CHAIN as NOTIFIER
from tests.end_to_end.deployment import Deployment
from tests.integration.web.people_surface import PASSWORD
from tests.support.case_keys import case_key_file, case_keys
from tests.support.forked import ForkedProcess
from web.database import roles
from web.migrations import CHAIN as WEB

PROGRAM = "aurora"
LODGE = Path(__file__).parents[1] / "support/lodge.yaml"


class CommitteeSite:
    """The committee of one deployment, with five members."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.now = datetime.now(UTC) - timedelta(days=20)
        self._now_file = deployment.folder / "now"
        self._tick()
        deployment.run("migrate")
        self._owner = connect(deployment.database, "test")
        for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
            schema.migrate(self._owner, chain=chain)
        with transaction(self._owner) as tx:
            roles.make(tx)
            for name in roles.NAMES:
                tx.execute(f"ALTER ROLE {name} PASSWORD '{PASSWORD}'")
        self._pools = [connect(self._as_role(name), "test") for name in _ROLES]
        pool, reader = self._pools
        self.committee = Committee(pool, Reader(reader), case_keys(), lambda: self.now)
        for member in ("ada", "ben", "cleo", "dora", "emil"):
            with self.committee.sitting() as sitting:
                officer = Officer(PROGRAM, member, frozenset({"member"}))
                people.write(sitting.tx, officer, "cora", self.now)

    def close(self) -> None:
        """Close all connections."""
        for engine in (self._owner, *self._pools):
            engine.dispose()

    def move(self, **by: float) -> None:
        """Let time pass for governance: days=1, say."""
        self.now += timedelta(**by)
        self._tick()

    def _tick(self) -> None:
        fresh = self._now_file.with_suffix(".new")
        fresh.write_text(self.now.isoformat())
        fresh.replace(self._now_file)

    def _as_role(self, name: str) -> str:
        own = make_url(self.deployment.database).set(username=name, password=PASSWORD)
        return own.render_as_string(hide_password=False)

    @contextmanager
    def running(self, module: str = "governance.cli", **others: str) -> Iterator[ForkedProcess]:
        """A process of governance, killed in the end if it still runs."""
        log = self.deployment.folder / f"governance-{uuid.uuid4().hex[:6]}.log"
        log.touch()
        environment = self.deployment.environment() | {
            "BADGE_GOVERNANCE_DATABASE_URL": self._as_role(_ROLES[0]),
            "BADGE_GOVERNANCE_READER_DATABASE_URL": self._as_role(_ROLES[1]),
            "BADGE_GOVERNANCE_KEY_FILE": str(case_key_file()),
            "BADGE_GOVERNANCE_NOW_FILE": str(self._now_file),
            **others,
        }
        process = ForkedProcess(module, ["run"], environment, log)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)

    def do(self, act: Callable[[Sitting], Case]) -> Case:
        """One use case, in a sitting of its own."""
        with self.committee.sitting() as sitting:
            return act(sitting)

    def case(self, case_id: str) -> Case:
        """The case as it is now."""
        with self.committee.sitting() as sitting:
            case = cases.of(sitting.tx, PROGRAM, case_id)
        assert case is not None
        return case


_ROLES = ("badge_governance", "badge_reader")
