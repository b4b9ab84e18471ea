"""A process of governance that is killed while cases are decided: each decision is one fact.

Cases go from an application to a decision, under the process and a real worker; the process gets
SIGKILL at each step of bringing cases to the desk and of publishing, and at random instants.
`python -m tests.end_to_end.killed_committee --kills 100 --cases 50` runs it at any size, on parts
started here, and prints figures.
"""

import argparse
import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, make_url

from directory.migrations import CHAIN as DIRECTORY
from engine.local import broker, database
from engine.queries.snapshot import Reader
from engine.store.facts import ledger
from engine.store.postgres import schema
from engine.store.postgres.connection import Transaction, connect, transaction
from events.schemas.decision_recorded import DecisionRecorded
from governance.cases import desk, moving, opening, signing
from governance.cases.signing import AskedSignature
from governance.committee import Committee
from governance.migrations import CHAIN as GOVERNANCE
from governance.rules.states import Outcome
from governance.store import cases, log, outbox, people, seats, signatures
from governance.store.cases import Case
from governance.store.people import Officer
from notifier.migrations import CHAIN as NOTIFIER
from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.dying_committee import STEPS
from tests.integration.stream.published import published
from tests.integration.web.people_surface import PASSWORD
from tests.support.case_keys import case_key_file, case_keys
from tests.support.forked import ROOT, ForkedProcess
from web.database import roles
from web.migrations import CHAIN as WEB

PROGRAM, MEMBERS = "aurora", ("ada", "ben", "cleo", "dora", "emil")
_MODULE = "tests.end_to_end.dying_committee"
_KILLS = (*STEPS, "at any instant")


@dataclass(frozen=True)
class CommitteeFigures:
    """What happened. `records` stand on the topic, of which `repeats` repeat an earlier one, byte
    for byte; `lost` and `doubled`: decisions that the engine accepted not at all, or twice."""

    kills: int
    cases: int
    decisions: int
    records: int
    repeats: int
    lost: int
    doubled: int
    log_entries: int
    seconds: float


class CommitteeRun:
    """One run: a deployment with a worker, the process, and the committee that members use.

    `deployment`: with a catalog whose packs do not settle. `seed` fixes when it is killed at random
    instants."""

    def __init__(self, deployment: Deployment, seed: int = 21) -> None:
        self.deployment = deployment
        self.random = random.Random(seed)
        self.opened: list[Case] = []
        deployment.run("migrate")
        self.owner: Engine = connect(deployment.database, "test")
        for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
            schema.migrate(self.owner, chain=chain)
        with transaction(self.owner) as tx:
            roles.make(tx)
            for name in roles.NAMES:
                tx.execute(f"ALTER ROLE {name} PASSWORD '{PASSWORD}'")
        self.pool = connect(self._as_role("badge_governance"), "test")
        self.reader = connect(self._as_role("badge_reader"), "test")
        self.committee = Committee(
            self.pool, Reader(self.reader), case_keys(), lambda: datetime.now(UTC)
        )
        for member in MEMBERS:
            with self.committee.sitting() as sitting:
                officer = Officer(PROGRAM, member, frozenset({"member"}))
                people.write(sitting.tx, officer, "cora", sitting.now)

    def _as_role(self, name: str) -> str:
        url = make_url(self.deployment.database).set(username=name, password=PASSWORD)
        return url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Close all connections."""
        for each in (self.owner, self.pool, self.reader):
            each.dispose()

    @contextmanager
    def governed(self, dies: str = "") -> Iterator[ForkedProcess]:
        """The process, which kills itself at a step; killed in the end if it still runs."""
        log_file = self.deployment.folder / "governance.log"
        log_file.touch()
        environment = {
            **self.deployment.environment(),
            "BADGE_GOVERNANCE_DATABASE_URL": self._as_role("badge_governance"),
            "BADGE_GOVERNANCE_READER_DATABASE_URL": self._as_role("badge_reader"),
            "BADGE_GOVERNANCE_KEY_FILE": str(case_key_file()),
            "GOVERNANCE_DIES": dies,
        }
        process = ForkedProcess(_MODULE, ["run"], environment, log_file)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # it may lead no group yet
            process.wait(30)

    @contextmanager
    def working(self) -> Iterator[None]:
        """A worker that reads the topic of committees, killed in the end."""
        with self.deployment.working():
            wait_until(lambda: bool(self.deployment.cursors_of_both()[self.deployment.governance]))
            yield

    # ---- what people do

    def apply(self, number: int) -> None:
        """Somebody applies: for a waiver, which settles at once, or with open lines for a stage."""
        who = f"p{number}"
        about = "waiver-leave" if number % 2 else "senior"
        with self.committee.sitting() as sitting:
            case = opening.apply(sitting, PROGRAM, who, about, "it is time")
        if case.state == "applied":
            with self.committee.sitting() as sitting:
                moving.acknowledge(sitting, PROGRAM, case.case_id, "cora")
            with self.committee.sitting() as sitting:
                case = moving.go_on(sitting, PROGRAM, case.case_id, who)
        self.opened.append(case)

    def sign(self) -> int:
        """Let every seat of every case on the desk sign; gives how many cases are undecided."""
        undecided = 0
        for opened in self.opened:
            with self.committee.sitting() as sitting:
                case = cases.of(sitting.tx, PROGRAM, opened.case_id)
                sitters = seats.of_case(sitting.tx, opened.case_id)
            assert case is not None
            undecided += case.state != "decided"
            if case.state == "on_desk":
                for seat in sitters:
                    self._sign(case, seat.member)
        return undecided

    def _sign(self, case: Case, member: str) -> None:
        outcome: Outcome = "granted" if case.kind == "waiver" else "declined"
        with self.committee.sitting() as sitting:
            pack = desk.open_pack(sitting, PROGRAM, case.case_id, member).pack
        asked = AskedSignature(pack.digest, outcome, "for what the pack shows")
        with self.committee.sitting() as sitting:
            signing.sign(sitting, PROGRAM, case.case_id, member, sitting.now, asked)

    def unpublished(self) -> int:
        """How many facts wait to be published."""
        with self.committee.sitting() as sitting:
            return len(outbox.waiting(sitting.tx, 10_000))

    def accepted(self) -> Counter[str]:
        """How often the engine's ledger has each decision."""
        with transaction(self.owner) as tx:
            facts = [fact for fact in ledger.every(tx) if fact.type == DecisionRecorded.TYPE]
        return Counter(fact.id for fact in facts)


def run(parts: CommitteeRun, kills: int, count: int) -> CommitteeFigures:
    """Kill the process so often while so many cases are decided. Fails if a decision is not exactly
    one accepted fact, if a record is repeated with other bytes, if the log is broken, or if a case
    is signed, seated or decided twice."""
    began = time.monotonic()
    rounds = -(-kills // len(_KILLS))
    with parts.working():
        for kill in range(kills):
            if kill % len(_KILLS) == 0:
                this = kill // len(_KILLS)
                for number in range(count * this // rounds, count * (this + 1) // rounds):
                    parts.apply(number)
            _kill(parts, _KILLS[kill % len(_KILLS)])
        with parts.governed():
            wait_until(lambda: parts.sign() == 0 and parts.unpublished() == 0, 120)
        parts.deployment.drained()
    return _checked(parts, kills, count, began)


def _kill(parts: CommitteeRun, step: str) -> None:
    """Let the process run until it dies at this step, while members sign."""
    until = time.monotonic() + parts.random.uniform(0.2, 2)
    with parts.governed(step) as process:

        def dead() -> bool:
            parts.sign()
            return process.poll() is not None or (step not in STEPS and time.monotonic() > until)

        wait_until(dead, 60)
        assert process.poll() in (None, -signal.SIGKILL), "it ended by itself"


def _checked(parts: CommitteeRun, kills: int, count: int, began: float) -> CommitteeFigures:
    with parts.committee.sitting() as sitting:
        entries = log.verify(sitting.tx).entries
        for opened in parts.opened:
            _check_case(sitting.tx, opened)
    with transaction(parts.owner) as tx:
        rows = tx.rows(
            "SELECT event_id::text, value, partition, record_offset FROM governance.outbox"
        )
    stored = {row[0]: bytes(row[1]) for row in rows}
    assert len(stored) == count
    records = published(parts.deployment.bootstrap, parts.deployment.governance)
    for record in records:
        assert stored[json.loads(record.value)["id"]] == record.value, "repeated otherwise"
    places = {(record.partition, record.offset): record.value for record in records}
    for event_id, value, partition, offset in rows:
        # The broker does not say again where it put what its producer had to send twice.
        known = offset == -1 or places[partition, offset] == bytes(value)
        assert known, f"{event_id} is marked where it is not"
    repeats = len(records) - len(stored)
    expected = {json.loads(value)["data"]["decision_id"] for value in stored.values()}
    accepted = parts.accepted()
    assert accepted.keys() <= expected
    counts = [
        cursor.counts
        for cursor in parts.deployment.cursors_of_both()[parts.deployment.governance].values()
    ]
    assert sum(each.applied for each in counts) == count
    assert sum(each.duplicates for each in counts) == repeats
    assert sum(each.dead_letters for each in counts) == 0
    return CommitteeFigures(
        kills=kills,
        cases=len(parts.opened),
        decisions=len(stored),
        records=len(records),
        repeats=repeats,
        lost=len(expected - accepted.keys()),
        doubled=sum(number - 1 for number in accepted.values()),
        log_entries=entries,
        seconds=round(time.monotonic() - began, 1),
    )


def _check_case(tx: Transaction, opened: Case) -> None:
    """It is decided, by two who were assigned to it and signed, and its log has each step once."""
    case = cases.of(tx, PROGRAM, opened.case_id)
    assert case is not None
    assert case.state == "decided"
    signed = signatures.of_case(tx, case.case_id)
    assert [each.number for each in signed] == [1, 1]
    seated = {seat.member for seat in seats.of_case(tx, case.case_id)}
    assert {each.member for each in signed} == seated
    kinds = Counter(entry.kind for entry in log.of_case(tx, case.case_id))
    assert kinds == {
        "case.opened": 1, "case.acknowledged": 1, "pack.frozen": 1, "member.assigned": 2,
        "pack.opened": 2, "vote.signed": 2, "decision.published": 1,
    }  # fmt: skip


@contextmanager
def prepared(bootstrap: str, url: str, folder: Path) -> Iterator[CommitteeRun]:
    """A run under a catalog whose packs do not settle."""
    catalog = folder / "lodge.yaml"
    text = (ROOT / "tests/support/lodge.yaml").read_text()
    catalog.write_text(text.replace("settle_hours: 72", "settle_hours: 0"))
    settings = {"SESSION_SECONDS": "6", "PARTITIONS": "4", "CATALOG": str(catalog)}
    parts = CommitteeRun(Deployment(bootstrap, url, folder, settings))
    try:
        yield parts
    finally:
        parts.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.end_to_end.killed_committee", description=__doc__
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--cases", type=int, default=50)
    arguments = parser.parse_args()
    with (
        broker(None) as kafka,
        database(None) as postgres,
        tempfile.TemporaryDirectory() as folder,
        prepared(kafka.bootstrap, postgres.url, Path(folder)) as parts,
    ):
        figures = run(parts, arguments.kills, arguments.cases)
    for name, value in asdict(figures).items():
        print(f"{name:>12}  {value:,}")


if __name__ == "__main__":
    main()
