"""A small program with a committee: who applies, who decides, and what happened to them.

Its catalog is tests/support/lodge.yaml. `imani` is ready for `senior` unless a test says otherwise.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.catalog import loader
from engine.handlers.policy import IntakePolicy
from governance.cases import desk, moving, opening, signing
from governance.cases.desk import OpenedPack
from governance.cases.signing import AskedSignature
from governance.errors import CaseRefused, RefusalKind
from governance.process.moving_on import MovingOn
from governance.rules.states import Outcome
from governance.store import cases, log, outbox, packs, seats
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.notes import MASTER

CATALOG = loader.parse((Path(__file__).parents[2] / "support/lodge.yaml").read_text())
SUBJECT = "imani"
MEMBERS = ("ada", "ben", "cleo", "dora", "emil")


@dataclass
class Lodge:
    """What a test does in the program, a line each."""

    room: CommitteeRoom
    _facts: int = field(default=0)

    def __post_init__(self) -> None:
        for member in MEMBERS:
            self.room.seat(member)

    # ---- facts

    def accept(self, *events: dict[str, Any]) -> None:
        """Accept facts as a worker does."""
        terms = IntakePolicy(clock=lambda: self.room.now, notes_key=MASTER)
        self.room.harness.tell_by_topic(
            *(json.dumps(event).encode() for event in events), terms=terms
        )

    def event(self, fact: str, days_ago: float, **data: Any) -> dict[str, Any]:
        """A fact of so many days ago, of the subject unless `participant_id` says of whom."""
        self._facts += 1
        at = self.room.now - timedelta(days=days_ago)
        return {
            "specversion": "1.0", "id": f"e-{self._facts}", "source": "/test",
            "type": f"mentoring.{fact}.v1", "time": at.isoformat(),
            "data": {"program_id": PROGRAM, "participant_id": SUBJECT} | data,
        }  # fmt: skip

    def training(self, name: str, credits: int, days_ago: float = 20, **data: Any) -> None:
        """A course with credits."""
        course = {"completion_id": name, "course_id": name, "kind": "clinic"}
        self.accept(self.event("training.completed", days_ago, **course, credits=credits, **data))

    def reviews(self, panel: str, *scores: int, days_ago: float = 15) -> None:
        """The reviews of a panel: PANEL-1, PANEL-2, …"""
        self.accept(
            *(
                self.event(
                    "review.submitted", days_ago,
                    review_id=f"{panel}-{seat}", panel_id=panel, seat=seat, rubric="practice",
                    rubric_version=1, ratings={"communication": score}, score=score,
                )
                for seat, score in enumerate(scores, start=1)
            )
        )  # fmt: skip

    def retract(self, kind: str, name: str) -> None:
        """Take a fact out."""
        fact = {"fact_type": f"mentoring.{kind}.v1", "fact_id": name}
        self.accept(self.event("fact.retracted", 0, **fact))

    def ready(self) -> None:
        """Everything that `senior` asks for."""
        self.training("clinic", 12)
        self.reviews("panel", 3, 3, 3)

    # ---- cases

    def apply(self, about: str = "senior", reason: str = "it is time") -> Case:
        with self.room.sitting() as sitting:
            return opening.apply(sitting, PROGRAM, SUBJECT, about, reason)

    def on_desk(self, about: str = "senior") -> Case:
        """A case that has come to the desk: `ready` or gone on with."""
        case = self.apply(about)
        if case.state == "applied":
            with self.room.sitting() as sitting:
                case = moving.acknowledge(sitting, PROGRAM, case.case_id, "cora")
        if case.state == "acknowledged":
            with self.room.sitting() as sitting:
                case = moving.go_on(sitting, PROGRAM, case.case_id, SUBJECT)
        self.room.move(hours=73)
        self.step()
        case = self.case(case.case_id)
        assert case.state == "on_desk", case.state
        return case

    def step(self) -> int:
        """What a process does that has just started."""
        return MovingOn(self.room.committee).step()

    def case(self, case_id: str) -> Case:
        with self.room.sitting() as sitting:
            case = cases.of(sitting.tx, PROGRAM, case_id)
        assert case is not None
        return case

    def seated(self, case: Case) -> list[str]:
        """Who has a seat now, in the order of assignment."""
        with self.room.sitting() as sitting:
            every = seats.of_case(sitting.tx, case.case_id)
        return [seat.member for seat in every if seat.left_at is None]

    def left(self, case: Case) -> dict[str, str | None]:
        """Who had a seat and left it, with why."""
        with self.room.sitting() as sitting:
            every = seats.of_case(sitting.tx, case.case_id)
        return {seat.member: seat.why for seat in every if seat.left_at is not None}

    def open(self, case: Case, member: str) -> OpenedPack:
        with self.room.sitting() as sitting:
            return desk.open_pack(sitting, PROGRAM, case.case_id, member)

    def sign(
        self,
        case: Case,
        member: str,
        outcome: Outcome,
        statement: str = "because of what the pack shows",
        pack: str | None = None,
        authenticated_at: datetime | None = None,
        also: Sequence[str] = (),
        retracts: Sequence[str] = (),
    ) -> Case:
        """Sign the current pack, just authenticated, unless the test says so."""
        digest = pack or self.digest(case)
        asked = AskedSignature(digest, outcome, statement, tuple(also), tuple(retracts))
        at = authenticated_at or self.room.now
        with self.room.sitting() as sitting:
            return signing.sign(sitting, PROGRAM, case.case_id, member, at, asked)

    def open_and_sign(self, case: Case, member: str, outcome: Outcome, **how: Any) -> Case:
        self.open(case, member)
        return self.sign(case, member, outcome, **how)

    def decide(self, case: Case, outcome: Outcome, **how: Any) -> Case:
        """Let every seat sign the same until the case is decided."""
        for member in self.seated(case):
            case = self.open_and_sign(case, member, outcome, **how)
            if case.state != "on_desk":
                break
        assert case.state in ("decided", "settled"), case.state
        return case

    def digest(self, case: Case) -> str:
        """Of the current pack."""
        with self.room.sitting() as sitting:
            current = cases.of(sitting.tx, PROGRAM, case.case_id)
            assert current is not None
            pack = packs.of(sitting.tx, case.case_id, current.pack or 0)
        assert pack is not None
        return pack.digest

    def log_of(self, case: Case) -> list[str]:
        """The kinds of the entries of a case."""
        with self.room.sitting() as sitting:
            log.verify(sitting.tx)
            return [entry.kind for entry in log.of_case(sitting.tx, case.case_id)]

    # ---- what is published

    def published(self) -> list[dict[str, Any]]:
        """What waits to be published, as events, in order."""
        with self.room.sitting() as sitting:
            return [json.loads(each.fact.value) for each in outbox.waiting(sitting.tx, 1000)]

    def deliver(self) -> None:
        """Let the engine accept what waits to be published."""
        self.accept(*self.published())

    def standing(self) -> list[str]:
        """The badges of the subject's awards that stand."""
        with self.room.harness.transaction() as tx:
            return [
                str(badge)
                for (badge,) in tx.rows(
                    "SELECT badge FROM awards WHERE recipient = %s AND standing ORDER BY badge",
                    SUBJECT,
                )
            ]


def refused(kind: RefusalKind, error: CaseRefused) -> bool:
    """Whether a refusal is of this kind, in words that name nobody."""
    return error.kind == kind and SUBJECT not in str(error)
