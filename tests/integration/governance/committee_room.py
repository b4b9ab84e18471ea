"""A committee on a real database, under the real roles; facts are accepted as a worker does.

The clock stands at issuing.NOW until it is moved.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from directory.migrations import CHAIN as DIRECTORY
from engine.catalog.model import Catalog
from engine.queries.snapshot import Reader
from engine.store.postgres import schema
from engine.store.postgres.connection import connect
from governance.committee import Committee, Sitting
from governance.migrations import CHAIN as GOVERNANCE
from governance.rules.states import CaseKind, CaseState
from governance.store import cases, people
from governance.store.cases import Case
from governance.store.people import Officer, Role
from notifier.migrations import CHAIN as NOTIFIER
from tests.integration.handlers.harness import Harness
from tests.integration.web.people_surface import make_roles
from tests.support.case_keys import case_keys
from tests.support.issuing import NOW
from web.migrations import CHAIN as WEB

PROGRAM = "aurora"


@dataclass
class CommitteeRoom:
    """The committee and everything around it. `pool`: of badge_governance; the harness's
    connections may do anything. `url_of`: the database's address, by role."""

    harness: Harness
    committee: Committee
    pool: Engine
    url_of: Mapping[str, str]
    now: datetime = NOW
    _cases: int = 0

    @contextmanager
    def sitting(self) -> Iterator[Sitting]:
        """A transaction as badge_governance."""
        with self.committee.sitting() as sitting:
            yield sitting

    def move(self, **by: float) -> None:
        """Let time pass: days=1, say."""
        self.now += timedelta(**by)

    def govern(self, *values: bytes, partition: int = 0) -> None:
        """Accept facts that only the process of governance tells, as a worker does."""
        batch = self.harness.batch(*values, partition=partition)
        self.harness.take(replace(batch, on="governance"))

    def seat(self, participant: str, *roles: Role, **known: Any) -> None:
        """Let somebody govern the program; a member if no role is named."""
        with self.sitting() as sitting:
            officer = Officer(PROGRAM, participant, frozenset(roles or ("member",)), **known)
            people.write(sitting.tx, officer, "cora", self.now)

    def dismiss(self, participant: str) -> None:
        """Let somebody have no part in governing any more."""
        with self.sitting() as sitting:
            known = people.of(sitting.tx, PROGRAM, participant)
            assert known is not None
            people.write(sitting.tx, replace(known, roles=frozenset()), "cora", self.now)

    def erase(self, participant: str) -> None:
        """Erase somebody, as far as the committee goes."""
        self.harness.rows(
            "SELECT web.erase_from_governance(%s, %s, %s)", PROGRAM, participant, self.now
        )

    def open(
        self,
        subject: str = "imani",
        about: str = "proficient-mentor",
        kind: CaseKind = "first",
        state: CaseState = "applied",
        **known: Any,
    ) -> Case:
        """A new case as the table has it, without an entry in the log."""
        self._cases += 1
        key = case_keys().new()
        case = Case(
            f"00000000-0000-4000-8000-{self._cases:012d}", PROGRAM, subject, about, kind, state,
            self.now, subject, self.now, wrapped_key=key.wrapped, kid=key.kid,
        )  # fmt: skip
        case = replace(case, **known)
        with self.sitting() as sitting:
            assert cases.insert(sitting.tx, case)
        return case


@contextmanager
def committee_room(url: str, catalog: Catalog) -> Iterator[CommitteeRoom]:
    """A committee on a database that has nothing in it yet but, perhaps, schemas. `catalog`: under
    which programs start."""
    harness = Harness(url, catalog)
    for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
        schema.migrate(harness.engine, chain=chain)
    url_of = make_roles(harness)
    pool = connect(url_of["badge_governance"], "test")
    reader = connect(url_of["badge_reader"], "test")
    committee = Committee(pool, Reader(reader), case_keys(), lambda: room.now)
    room = CommitteeRoom(harness, committee, pool, url_of)
    try:
        yield room
    finally:
        for each in (pool, reader):
            each.dispose()
        harness.close()
