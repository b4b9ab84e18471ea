"""Whatever anybody does with cases, at whatever time: one example of it, and what must hold then.

People are of the committee or not, subjects or not, and do what they may and what they may not.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from structlog.testing import capture_logs

from engine.store.postgres.connection import Transaction
from events.schemas.decision_recorded import DecisionRecorded
from governance.cases import appeals, desk, hearings, moving, opening, signing
from governance.cases.signing import AskedSignature
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import freezing
from governance.rules.states import APPLICATIONS, Outcome
from governance.store import cases, conflicts, log, packs, seats, signatures
from governance.store.cases import Case
from governance.store.packs import Pack
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import MEMBERS, SUBJECT, Lodge

PEOPLE = (SUBJECT, *MEMBERS, "gus", "stranger")
MATTERS = ("senior", "elder", "waiver-leave")
OUTCOMES: tuple[Outcome, ...] = (
    "granted", "declined", "renewed", "retracted", "stands", "upheld", "rejected"
)  # fmt: skip
_OPEN = ("applied", "acknowledged", "settling", "on_desk")
_NEEDS = {
    "acknowledged": ("case.acknowledged", "case.opened"),
    "settling": ("pack.frozen",),
    "on_desk": ("pack.frozen",),
    "decided": ("decision.published",),
    "appealed": ("appeal.lodged",),
    "final": ("decision.published",),
    "settled": ("appeal.settled",),
    "withdrawn": ("case.withdrawn",),
}


@dataclass(frozen=True)
class CaseDeed:
    """One thing that somebody does. `which`: the case, counted from the last; what a verb has no
    use for is left out of account."""

    verb: str
    who: str
    which: int = 0
    about: str = "senior"
    outcome: Outcome = "granted"
    hours: int = 1


class CaseStory:
    """One example in a lodge that is empty."""

    def __init__(self, lodge: Lodge) -> None:
        self.lodge = lodge
        self._facts = itertools.count()
        lodge.room.seat("gus", "bench")

    def do(self, step: CaseDeed) -> None:
        """Do it, or be refused."""
        verb: Callable[[CaseDeed], object] = getattr(self, f"_{step.verb}")
        with suppress(CaseRefused):
            verb(step)

    # ---- what people do

    def _apply(self, step: CaseDeed) -> None:
        with self.lodge.room.sitting() as sitting:
            opening.apply(sitting, PROGRAM, step.who, step.about, "a reason")

    def _acknowledge(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: moving.acknowledge(sitting, *case, "cora"))

    def _go_on(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: moving.go_on(sitting, *case, step.who))

    def _withdraw(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: moving.withdraw(sitting, *case, step.who))

    def _answer(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: hearings.answer(sitting, *case, step.who, "no"))

    def _appeal(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: appeals.lodge(sitting, *case, step.who, "why"))

    def _recuse(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: desk.recuse(sitting, *case, step.who, "friend"))

    def _open(self, step: CaseDeed) -> None:
        self._with_case(step, lambda sitting, case: desk.open_pack(sitting, *case, step.who))

    def _sign(self, step: CaseDeed) -> None:
        """Sign the pack that is current, unless the hours are odd many: one that never was."""
        case = self._case(step)
        pack = self._pack(case)
        if case is not None and pack is not None:
            digest = pack.digest if step.hours % 5 else "0" * 64
            asked = AskedSignature(digest, step.outcome, "because")
            at = self.lodge.room.now - timedelta(minutes=step.hours % 7)
            with self.lodge.room.sitting() as sitting:
                signing.sign(sitting, PROGRAM, case.case_id, step.who, at, asked)

    def _decide(self, step: CaseDeed) -> None:
        """Let every seat open and sign the same."""
        case = self._case(step)
        for member in self.lodge.seated(case) if case is not None else ():
            for verb in ("open", "sign"):
                self.do(CaseDeed(verb, member, step.which, outcome=step.outcome))

    def _contest(self, step: CaseDeed) -> None:
        case = self._case(step)
        if case is not None and case.decision_id is not None:
            with self.lodge.room.sitting() as sitting:
                opening.open_withdrawal(
                    sitting, PROGRAM, case.subject, case.decision_id, "cora", "it fell"
                )

    def _conflict(self, step: CaseDeed) -> None:
        with self.lodge.room.sitting() as sitting:
            if step.who != SUBJECT:
                pair = (SUBJECT, step.who)
                conflicts.declare(sitting.tx, PROGRAM, pair, "family", step.who, sitting.now)

    # ---- what happens

    def _wait(self, step: CaseDeed) -> None:
        self.lodge.room.move(hours=step.hours)

    def _process(self, step: CaseDeed) -> None:
        with capture_logs() as logged:
            self.lodge.step()
        assert [entry for entry in logged if entry["log_level"] == "error"] == []

    def _deliver(self, step: CaseDeed) -> None:
        self.lodge.deliver()

    def _fact(self, step: CaseDeed) -> None:
        self.lodge.training(f"late {next(self._facts)}", 2, days_ago=step.hours / 24)

    def _retract(self, step: CaseDeed) -> None:
        self.lodge.retract("review.submitted", f"panel-{1 + step.which % 3}")

    # ---- reading

    def cases(self) -> list[Case]:
        """All cases, the last one first."""
        with self.lodge.room.sitting() as sitting:
            every = [case for who in PEOPLE for case in cases.of_subject(sitting.tx, PROGRAM, who)]
        return sorted(every, key=lambda case: (case.opened_at, case.case_id), reverse=True)

    def _case(self, step: CaseDeed) -> Case | None:
        every = self.cases()
        return every[step.which % len(every)] if every else None

    def _pack(self, case: Case | None) -> Pack | None:
        if case is None or case.pack is None:
            return None
        with self.lodge.room.sitting() as sitting:
            return packs.of(sitting.tx, case.case_id, case.pack)

    def _with_case(self, step: CaseDeed, do: Callable[[Sitting, tuple[str, str]], object]) -> None:
        case = self._case(step)
        if case is not None:
            with self.lodge.room.sitting() as sitting:
                do(sitting, (PROGRAM, case.case_id))

    # ---- what must hold

    def check(self) -> Sequence[str]:
        """What holds whatever was done; gives the states of the cases."""
        every = self.cases()
        in_matters = Counter(
            (case.subject, case.about)
            for case in every
            if case.kind in APPLICATIONS and case.state in _OPEN
        )
        assert set(in_matters.values()) <= {1}, "two open cases of one matter"
        for case in every:
            with self.lodge.room.sitting() as sitting:
                _check_log(sitting.tx, case)
                _check_facts(sitting, case)
        with self.lodge.room.sitting() as sitting:
            log.verify(sitting.tx)
        self.lodge.deliver()
        refused = self.lodge.room.harness.rows("SELECT count(*)::int FROM dead_letters")
        assert refused == [(0,)], "the engine refuses what was decided"
        return [case.state for case in every]


def _check_log(tx: Transaction, case: Case) -> None:
    kinds = Counter(entry.kind for entry in log.of_case(tx, case.case_id))
    assert kinds["case.opened"] == 1
    assert case.state not in _NEEDS or any(kinds[need] for need in _NEEDS[case.state]), case.state
    assert kinds["pack.frozen"] == (case.pack or 0)
    assert kinds["decision.published"] <= 1
    assert kinds["vote.signed"] == len(signatures.of_case(tx, case.case_id))
    assert kinds["member.recused"] == len(seats.recusals(tx, case.case_id))
    assigned = kinds["member.assigned"] + kinds["appeal.assigned"]
    assert assigned == len(seats.of_case(tx, case.case_id))


def _check_facts(sitting: Sitting, case: Case) -> None:
    facts = list(_facts(sitting.tx, case))
    decisions = [fact for fact in facts if fact["type"] == DecisionRecorded.TYPE]
    is_decided = case.kind in APPLICATIONS and case.outcome is not None
    assert len(decisions) == is_decided, (case.state, len(decisions))
    if case.outcome in (None, "stands", "rejected"):
        assert facts == decisions
    if case.outcome is not None:
        _check_signers(sitting, case)
    for decision in decisions:
        pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
        assert pack is not None
        assert decision["data"]["pack"] == pack.digest
        assert decision["data"]["outcome"] == case.outcome
        assert decision["data"]["approver_ids"] == sorted(_signers(sitting.tx, case))
        if case.outcome in ("granted", "renewed"):
            assert freezing.opened(sitting, case, pack).ground.all_met


def _check_signers(sitting: Sitting, case: Case) -> None:
    """Two of those who were assigned signed the current pack, which they had opened; neither is the
    subject, recused, or of those whose decision is appealed."""
    signers = _signers(sitting.tx, case)
    assert len(signers) >= 2
    assert case.subject not in signers
    assert signers <= {seat.member for seat in seats.of_case(sitting.tx, case.case_id)}
    assert not signers & {each.member for each in seats.recusals(sitting.tx, case.case_id)}
    for member in signers:
        assert signatures.has_opened(sitting.tx, case.case_id, case.pack or 0, member)
    if case.kind == "appeal" and case.of_case is not None:
        first = signatures.of_case(sitting.tx, case.of_case)
        assert not signers & {each.member for each in first}


def _signers(tx: Transaction, case: Case) -> set[str]:
    recused = {each.member for each in seats.recusals(tx, case.case_id)}
    return {
        each.member
        for each in signatures.of_case(tx, case.case_id)
        if (each.number, each.outcome) == (case.pack, case.outcome) and each.member not in recused
    }


def _facts(tx: Transaction, case: Case) -> Iterator[dict[str, Any]]:
    rows = tx.rows(
        "SELECT value FROM governance.outbox WHERE case_id = %s::text::uuid", case.case_id
    )
    for (value,) in rows:
        yield json.loads(bytes(value))
