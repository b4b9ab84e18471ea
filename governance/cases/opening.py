"""Cases begin: somebody applies, a renewal opens, a decision is to be withdrawn."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from engine.queries import eligibility, recognition
from engine.queries.errors import UnknownProgram
from events.instants import from_datetime
from events.schemas.decision_recorded import DecisionRecorded
from governance import notices
from governance.cases import moving, rules_in_force, texts
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.states import CaseKind, CaseState
from governance.store import cases, log
from governance.store.cases import Case


def apply(
    sitting: Sitting,
    program: str,
    subject: str,
    about: str,
    reason: str = "",
    case_id: str | None = None,
) -> Case:
    """Somebody asks for a stage, its renewal or a waiver. With every line met but those over
    reviews it is acknowledged at once, with all of them met its pack is frozen.

    `case_id`: of a request that may come twice; the second time the same case is the answer.

    Raises:
        CaseRefused: unknown-matter, already-open; not-allowed, as the id is of another case, the
            renewal is not open yet or the reason cannot be kept.
    """
    if case_id is not None:
        before = _repeated(sitting, program, case_id, (subject, about))
        if before is not None:
            return before
    rules = rules_in_force.in_force(sitting, program)
    kind = _kind(sitting, rules, program, subject, about)
    case = new_case(sitting, rules, (program, subject, about), kind, "applied", subject, case_id)
    if not cases.insert(sitting.tx, case):
        before = _repeated(sitting, program, case.case_id, (subject, about))
        if before is not None:
            return before
        raise CaseRefused("already-open", "There is an open case of this already.")
    note_opened(sitting, case, subject, reason)
    return seen_by_itself(sitting, rules, case)


def open_renewal(sitting: Sitting, program: str, subject: str, about: str) -> Case | None:
    """Open the renewal of a term that ends soon; None if a case of the matter is open."""
    rules = rules_in_force.in_force(sitting, program)
    who = (program, subject, about)
    case = new_case(sitting, rules, who, "renewal", "applied", moving.ITSELF)
    if not cases.insert(sitting.tx, case):
        return None
    note_opened(sitting, case, moving.ITSELF, "")
    notices.notify(sitting, case, "renewal_opens", [subject])
    return seen_by_itself(sitting, rules, case)


def open_withdrawal(
    sitting: Sitting, program: str, subject: str, decision_id: str, by: str, reason: str
) -> Case:
    """Ask whether a decision about somebody still stands; they are heard first. One that is open
    already is the answer.

    Raises:
        CaseRefused: unknown-case, as no decision in force of that id gave them anything;
            statement-needed, as no reason is given.
    """
    if not reason.strip():
        raise CaseRefused("statement-needed", "A withdrawal needs a reason, which they will read.")
    about = _granted_by(sitting, program, subject, decision_id)
    if about is None:
        raise CaseRefused("unknown-case", "There is no such decision in force.")
    rules = rules_in_force.in_force(sitting, program)
    case = replace(
        new_case(sitting, rules, (program, subject, about), "withdrawal", "hearing", by),
        of_decision=decision_id,
    )
    if not cases.insert(sitting.tx, case):
        return next(
            each
            for each in cases.page(sitting.tx, program, _CONTESTED, ["withdrawal"], subject)
            if each.of_decision == decision_id
        )
    note_opened(sitting, case, by, reason, of_decision=decision_id)
    notices.notify(sitting, case, "hearing", [subject])
    return case


_CONTESTED: tuple[CaseState, ...] = ("hearing", "settling", "on_desk")


def new_case(
    sitting: Sitting,
    rules: CommitteeRules,
    who: tuple[str, str, str],
    kind: CaseKind,
    state: CaseState,
    by: str,
    case_id: str | None = None,
) -> Case:
    """A case to be inserted, with a key of its own. `who`: program, subject and matter."""
    key = sitting.keys.new()
    case = Case(
        case_id or str(uuid4()), *who, kind, state, sitting.now, by, sitting.now,
        wrapped_key=key.wrapped, kid=key.kid,
    )  # fmt: skip
    return replace(case, due_on=moving.due(rules, case, state, sitting.now))


def note_opened(sitting: Sitting, case: Case, by: str, text: str, **more: str) -> None:
    """Note who opened a case, with their words sealed."""
    body: Mapping[str, Any] = {"kind": case.kind, "about": case.about, **more}
    sealed = texts.seal(sitting, case, "case.opened", text)
    log.note(sitting.tx, case.program, case.case_id, "case.opened", by, body, sitting.now, sealed)


def seen_by_itself(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
    """Acknowledge an application that lacks nothing but reviews, and freeze the pack of one that
    lacks nothing; another waits for a coordinator."""
    ground = moving.ground_now(sitting, case)
    if case.state == "applied":
        if not ground.met_but_reviews:
            return case
        case = moving.acknowledged(sitting, rules, case, ground, moving.ITSELF)
    return moving.settle(sitting, rules, case) if ground.all_met else case


def kind_of(sitting: Sitting, program: str, subject: str, about: str) -> CaseKind:
    """Whether a stage would be renewed: somebody who holds or has held a term of it renews it,
    unless all were retracted."""
    person = recognition.read(sitting.engine, program, subject, from_datetime(sitting.now))
    stage = next((each for each in person.stages if each.stage.badge == about), None)
    return "renewal" if stage is not None and stage.terms else "first"


def _kind(
    sitting: Sitting, rules: CommitteeRules, program: str, subject: str, about: str
) -> CaseKind:
    matter = rules.matters().get(about)
    if matter is None:
        raise CaseRefused("unknown-matter", "The committee of this program does not decide that.")
    if matter.stage is None:
        return "waiver"
    person = recognition.read(sitting.engine, program, subject, from_datetime(sitting.now))
    stage = next(each for each in person.stages if each.stage.badge == about)
    if not stage.terms:
        return "first"
    opens = person.renewal_opens(stage)
    if opens is not None and rules.calendar.day(person.as_of) < opens:
        raise CaseRefused("not-allowed", f"A renewal opens on {opens}.")
    return "renewal"


def _granted_by(sitting: Sitting, program: str, subject: str, decision_id: str) -> str | None:
    """What a decision in force gave somebody."""
    try:
        facts = eligibility.facts_of(sitting.engine, program, subject)
    except UnknownProgram:
        return None
    return next(
        (
            str(fact.data["case"])
            for fact in facts
            if (fact.type, fact.id) == (DecisionRecorded.TYPE, decision_id)
            and fact.data["participant_id"] == subject
            and fact.data["outcome"] in ("granted", "renewed")
        ),
        None,
    )


def _repeated(sitting: Sitting, program: str, case_id: str, asked: tuple[str, str]) -> Case | None:
    case = cases.of(sitting.tx, program, case_id)
    if case is not None and (case.subject, case.about) != asked:
        raise CaseRefused("not-allowed", "This idempotency key is of another application.")
    return case
