"""`badge-governance freeze`: the evidence of a case is frozen now."""

from governance.cases import desk, moving, rules_in_force
from governance.committee import Sitting


def freeze(sitting: Sitting, program: str, case_id: str) -> str:
    """Freeze the first pack of an acknowledged case, whatever is open of it; of one that settles or
    is on the desk another, if what it rests on is another now. Gives a line.

    Raises:
        CaseRefused: unknown-case, not-in-state, key-erased
    """
    case = moving.locked(sitting, program, case_id)
    if case.state == "acknowledged":
        case = moving.settle(sitting, rules_in_force.in_force(sitting, program), case)
    elif case.state in ("settling", "on_desk"):
        case = desk.refrozen(sitting, case) or case
    else:
        raise moving.not_in_state(case)
    pack = desk.current_pack(sitting, case)
    state = case.state.replace("_", " ")
    return f"pack {pack.number} as of {pack.as_of}: {pack.digest}; the case is {state}"
