"""Before a decision is withdrawn, its subject is heard."""

from governance.cases import moving, rules_in_force, texts
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.store import log
from governance.store.cases import Case


def answer(sitting: Sitting, program: str, case_id: str, subject: str, text: str) -> Case:
    """The subject answers; then the pack is frozen.

    Raises:
        CaseRefused: unknown-case; not-in-state, as they answered or the days are over;
            statement-needed, as it has no words.
    """
    case = moving.of_subject(sitting, program, case_id, subject)
    if case.state != "hearing":
        raise moving.not_in_state(case)
    sealed = texts.seal(sitting, case, "hearing.answered", text)
    if sealed is None:
        raise CaseRefused("statement-needed", "An answer has words.")
    log.note(sitting.tx, program, case_id, "hearing.answered", subject, {}, sitting.now, sealed)
    return moving.settle(sitting, rules_in_force.in_force(sitting, program), case)
