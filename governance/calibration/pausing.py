"""Which cases wait for a calibration: those that hang on a rubric which raters disagree on twice
running."""

from engine.queries import recognition
from governance.calibration import standing
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.store.cases import Case


def paused_rubrics(sitting: Sitting, rules: CommitteeRules, case: Case) -> tuple[str, ...]:
    """The paused rubrics ("practice/1") that a line of what is applied for counts, in order.

    Raises:
        CatalogAltered, PolicyAltered
    """
    if case.kind not in ("first", "renewal") or "calibration" not in rules.policy.governance:
        return ()
    stages = {stage.name for stage in rules.policy.stages if stage.badge == case.about}
    _, policy, lines = recognition.rubric_lines(sitting.engine, case.program)
    counting = [
        line for line in lines if line.stage in stages and line.renewal == (case.kind == "renewal")
    ]
    return tuple(
        rubric.key
        for rubric in policy.rubrics
        if any(line.counts(rubric) for line in counting)
        and standing.paused(sitting, case.program, rubric.key)
    )
