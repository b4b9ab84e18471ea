"""Appeals: the subject asks others to look at what was decided."""

from dataclasses import replace

from governance import notices
from governance.cases import moving, opening, rules_in_force, seating
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import freezing
from governance.rules import ids
from governance.rules.states import APPEALABLE
from governance.store import cases, log
from governance.store.cases import Case


def lodge(sitting: Sitting, program: str, case_id: str, subject: str, text: str) -> Case:
    """Appeal against what was decided; gives the appeal, a case of its own that is on the desk at
    once. Done already: the same appeal.

    Raises:
        CaseRefused: unknown-case; not-in-state, also while the decision is not in the ledger yet;
            not-allowed, as such an outcome is not appealed; too-late; statement-needed, as it has
            no words.
    """
    first = moving.of_subject(sitting, program, case_id, subject)
    appeal_id = ids.appeal_case(case_id)
    before = cases.of(sitting.tx, program, appeal_id)
    if before is not None:
        return before
    rules = rules_in_force.in_force(sitting, program)
    if first.state not in ("decided", "final"):
        raise moving.not_in_state(first)
    if first.outcome not in APPEALABLE:
        raise CaseRefused("not-allowed", "Only what was declined or retracted can be appealed.")
    if first.state == "final" or rules.over(first, sitting.now):
        raise CaseRefused("too-late", "The days in which it could be appealed are over.")
    if not text.strip():
        raise CaseRefused("statement-needed", "Say what was wrong with the decision.")
    first = moving.move(sitting, rules, first, "appealed")
    who = (program, subject, first.about)
    appeal = replace(
        opening.new_case(sitting, rules, who, "appeal", "on_desk", subject, appeal_id),
        of_case=case_id,
        of_decision=first.decision_id or first.of_decision,
    )
    assert cases.insert(sitting.tx, appeal), "the first case is locked"
    log.note(
        sitting.tx, program, case_id, "appeal.lodged", subject, {"case": appeal_id}, sitting.now
    )
    opening.note_opened(sitting, appeal, subject, text)
    pack = freezing.freeze(sitting, appeal)
    appeal = cases.update(sitting.tx, replace(appeal, pack=pack.number))
    seating.fill(sitting, rules, appeal)
    notices.notify(sitting, appeal, "appeal_lodged", seating.chairs(sitting, program))
    return appeal
