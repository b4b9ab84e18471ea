"""Defects of dossiers: what reviewers of a panel read."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.dossier_checks import SCENARIO
from tests.verification.defects.edit import Edit

_DOSSIER = "governance.rules.dossiers:dossier"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "dossier-names",
        "a learner is known by their id, not by a number",
        "E1",
        Edit(
            _DOSSIER,
            "for number, one in enumerate(learners.values(), start=1)",
            "for number, one in learners.items()",
        ),
    ),
    _of(
        "dossier-days",
        "an assessment has its day, by which it is recognised",
        "E1",
        Edit("governance.rules.dossiers:_month", 'f"{calendar.period(\'month\', at):%Y-%m}"', "at"),
    ),
    _of(
        "dossier-endless",
        "what was before the six months counts too",
        "E2",
        Edit(_DOSSIER, "if fact.time < since:", "if False:"),
    ),
    _of(
        "dossier-of-later",
        "who is asked later reads more than the others",
        "E2",
        Edit(_DOSSIER, "if fact.time <= until and _is_theirs(fact, mentor)",
             "if _is_theirs(fact, mentor)"),
    ),
    _of(
        "dossier-judges-itself",
        "what the mentor gave the work of their own learner counts",
        "E3",
        Edit(
            "governance.rules.dossiers:_is_theirs", 'and data["assessed_by"] == "independent"', ""
        ),
    ),
)  # fmt: skip
