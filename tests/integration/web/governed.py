"""A case of the person of the matrix, decided and appealed, and the committee that looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from engine.queries.snapshot import Reader
from governance.calibration import holding, keeping
from governance.calibration.keeping import AnchorGiven
from governance.cases import appeals, desk, moving, opening, rules_in_force, signing
from governance.cases.signing import AskedSignature
from governance.committee import Committee, Sitting
from governance.store import cases, conflicts, people
from governance.store.people import Officer, Role
from tests.integration.web.people_surface import PeopleSurface
from tests.support.case_keys import case_keys

OPENED = datetime(2026, 5, 3, 1, 2, 3, tzinfo=UTC)
ON_CASE, OTHER_MEMBER, CHAIR, AUDITOR = "mona", "otto", "cher", "audi"
REVIEWER = "revi"
SIGNERS = ("ruth", "sam")
OTHERS_ON_CASE = ("nils", "pia")
OFFICERS = (ON_CASE, OTHER_MEMBER, CHAIR, AUDITOR, REVIEWER, *SIGNERS, *OTHERS_ON_CASE)
RECORDED = "is not yet on record"
STATEMENT = f"the care that {{}} shows {RECORDED}"
GROUND = "a meeting of {} was forgotten"


class PlantedCommittee:
    """A committee whose clock the test moves."""

    def __init__(self, surface: PeopleSurface) -> None:
        governance, reader = surface.pools.governance, surface.pools.reader
        assert governance is not None
        self.now = OPENED
        self._committee = Committee(governance, Reader(reader), case_keys(), lambda: self.now)

    @contextmanager
    def sitting(self, **later: float) -> Iterator[Sitting]:
        """A sitting, so much later than the one before."""
        self.now += timedelta(**later)
        with self._committee.sitting() as sitting:
            yield sitting

    def appoint(self, program: str, *names: str, role: Role = "member") -> None:
        """Give people a part."""
        with self.sitting() as sitting:
            for name in names:
                officer = Officer(program, name, frozenset({role}))
                people.write(sitting.tx, officer, "coordinator", sitting.now)

    def acknowledged(self, program: str, subject: str, about: str) -> str:
        """Somebody applies, and waits for what is open; gives the case."""
        with self.sitting(hours=1) as sitting:
            case = opening.apply(sitting, program, subject, about, f"{subject} applies")
        with self.sitting(hours=1) as sitting:
            moving.acknowledge(sitting, program, case.case_id, "coordinator")
        return case.case_id

    def applied(self, program: str, subject: str, about: str) -> str:
        """Somebody applies, and goes on whatever is open; gives the case."""
        with self.sitting() as sitting:
            case = opening.apply(sitting, program, subject, about, f"{subject} applies")
        with self.sitting(hours=1) as sitting:
            moving.acknowledge(sitting, program, case.case_id, "coordinator")
        with self.sitting(hours=1) as sitting:
            moving.go_on(sitting, program, case.case_id, subject)
        return case.case_id

    def brought(self, program: str, case_id: str) -> None:
        """The case has settled and comes to the desk."""
        with self.sitting(hours=72) as sitting:
            rules = rules_in_force.in_force(sitting, program)
            case = moving.locked(sitting, program, case_id)
            desk.bring(sitting, rules, case)

    def opened(self, program: str, case_id: str, *members: str) -> str:
        """Members open the pack, without names; gives its digest."""
        digest = ""
        for member in members:
            with self.sitting(minutes=1) as sitting:
                digest = desk.open_pack(sitting, program, case_id, member).pack.digest
        return digest

    def declined(self, program: str, case_id: str, statement: str) -> None:
        """The two signers decline."""
        digest = self.opened(program, case_id, *SIGNERS)
        asked = AskedSignature(digest, "declined", statement)
        for member in SIGNERS:
            with self.sitting(minutes=1) as sitting:
                signing.sign(sitting, program, case_id, member, self.now, asked)

    def published(self, surface: PeopleSurface, program: str, partition: int) -> None:
        """What was decided of a program is accepted by a worker, as if it had been published."""
        rows = surface.harness.rows(
            "SELECT value FROM governance.outbox JOIN governance.cases USING (case_id) "
            "WHERE program = %s ORDER BY id",
            program,
        )
        surface.govern(*(bytes(value) for (value,) in rows), partition=partition)

    def appealed(self, program: str, case_id: str, subject: str, ground: str) -> str:
        """The subject appeals; gives the appeal."""
        with self.sitting(hours=1) as sitting:
            return appeals.lodge(sitting, program, case_id, subject, ground).case_id


def plant_calibration(surface: PeopleSurface, program: str, subject: str) -> tuple[str, str]:
    """An open calibration that "revi" is asked to rate, and an anchor that is the subject's work;
    gives both."""
    committee = PlantedCommittee(surface)
    with committee.sitting(days=20) as sitting:
        kept = [
            keeping.keep(
                sitting, program, "coordinator",
                AnchorGiven("practice/1", f"Work {number}", "Somebody asked.", {"care": 2}, whose),
            )
            for number, whose in enumerate((subject, *[""] * 7))
        ]  # fmt: skip
        opened = holding.open_(sitting, program, "practice/1", "coordinator")
    return opened.calibration_id, kept[0].anchor_id


def plant_case(
    surface: PeopleSurface, program: str, subject: str, name: str, about: str, partition: int = 0
) -> tuple[str, str]:
    """A case of somebody that was declined, and their appeal against it, on which "mona" has a seat
    and has opened the pack, as the auditor has; gives both."""
    committee = PlantedCommittee(surface)
    committee.appoint(program, *SIGNERS)
    committee.appoint(program, AUDITOR, role="auditor")
    committee.appoint(program, REVIEWER, role="reviewer")
    first = committee.applied(program, subject, about)
    committee.brought(program, first)
    committee.declined(program, first, STATEMENT.format(name))
    committee.published(surface, program, partition)
    committee.appoint(program, ON_CASE, *OTHERS_ON_CASE)
    appeal = committee.appealed(program, first, subject, GROUND.format(name))
    committee.appoint(program, OTHER_MEMBER)
    committee.appoint(program, CHAIR, role="chair")
    committee.opened(program, appeal, ON_CASE, AUDITOR)
    with committee.sitting() as sitting:
        conflicts.declare(sitting.tx, program, (subject, "paul"), "family", subject, sitting.now)
        given = cases.of(sitting.tx, program, first)
        assert given is not None
        assert given.state == "appealed"
    return first, appeal
