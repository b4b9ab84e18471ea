"""Defects of fairness reports: what is shown of few people, and what can be worked out."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.fairness_checks import SCENARIO

_TABLE = "governance.rules.fairness.suppression:SuppressedTable"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "fair-two-left-out",
        "a share that all but one or two are in is shown",
        "F1",
        Edit(
            "governance.rules.fairness.suppression:is_unsafe",
            " or whole - part in SMALL",
            "",
        ),
    ),
    _of(
        "fair-one-withheld",
        "one withheld share stands alone under its total",
        "F2",
        Edit(f"{_TABLE}._withhold_more", "if not hidden or", "if hidden or"),
    ),
    _of(
        "fair-nobody-moves",
        "nobody is moved from a group that has nobody",
        "F2",
        Edit(f"{_TABLE}._moves", "here[each] <= self._least(each)", "here[each] < 0"),
    ),
    _of(
        "fair-amber-for-one",
        "a difference that one more person would lift is flagged",
        "F3",
        Edit("governance.rules.fairness.comparing:_flag", "_is_low(part + 1,", "_is_low(part,"),
    ),
    _of(
        "fair-red-by-chance",
        "a difference is red whatever chance it has",
        "F3",
        Edit("governance.rules.fairness.comparing:_flag", "if p < thresholds.p:", "if p:"),
    ),
    _of(
        "fair-lines-of-the-eligible",
        "who fails one line only is exchanged, which changes who is eligible",
        "F4",
        Edit(
            "governance.rules.fairness.line_table:_free",
            "if person.failed - {line}",
            "if True",
        ),
    ),
)
