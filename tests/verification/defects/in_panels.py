"""Defects of panels: who is drawn, when a panel closes, and what says who sat on it."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.panels_checks import SCENARIO

_ARCS = "governance.rules.panels.problem:_arcs"
_NEXT = "governance.rules.panels.closing:next_step"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "panel-anybody-outsider",
        "the seat of an outsider is given to somebody who shares a cohort",
        "D1",
        Edit(_ARCS, 'if place == "other" or is_outsider:', "if True:"),
    ),
    _of(
        "panel-above-cap",
        "somebody reviews one more than the cap of a quarter",
        "D1",
        Edit(_ARCS, "problem.cap - load + 1", "problem.cap - load + 2"),
    ),
    _of(
        "panel-loads-even",
        "a review of who has many costs as one of who has none",
        "D1",
        Edit(_ARCS, "_LOAD * (load + i) ** 2", "_LOAD"),
    ),
    _of(
        "panel-twice-a-case",
        "somebody sits on two panels of one case",
        "D1",
        Edit(
            _ARCS,
            "yield Arc(_person(who), _at_case(case, who), 1,",
            "yield Arc(_person(who), _at_case(case, who), 2,",
        ),
    ),
    _of(
        "panel-reciprocal",
        "two subjects of one draw review each other",
        "D1",
        Edit(
            "governance.rules.panels.problem:without_reciprocity",
            "allowed[case].discard(loser)",
            "allowed[case].discard(winner)",
        ),
    ),
    _of(
        "panel-beacon-lost",
        "what members entered before a draw does not change its seed",
        "D2",
        Edit("governance.rules.seeds:seed_of", "(head, about, *beacons)", "(head, about)"),
    ),
    _of(
        "panel-of-two",
        "a panel with two reviews closes once it is late",
        "D3",
        Edit(_NEXT, "given < LEAST or", ""),
    ),
    _of(
        "panel-closes-at-once",
        "a panel closes at the moment of its last review",
        "D3",
        Edit(_NEXT, '"wait" if panel.given_today else "close"', '"close"'),
    ),
    _of(
        "panel-spread-above",
        "scores exactly two apart bring no adjudicator",
        "D3",
        Edit("governance.rules.panels.closing:is_wide", ">= Fraction", "> Fraction"),
    ),
    _of(
        "panel-named-twice",
        "stewardship of panels that share somebody is published at once",
        "D4",
        Edit("governance.rules.panels.stewardship:_disjoint", "if theirs and not theirs & members:",
             "if theirs:"),
    ),
    _of(
        "panel-rest-named",
        "the record of somebody stands with those of a panel that they did not share",
        "D4",
        Edit(
            "governance.rules.panels.stewardship:due",
            "and not members & named",
            "",
        ),
    ),
    _of(
        "panel-histogram-of-four",
        "a histogram shows what each of four gave",
        "D5",
        Edit("governance.rules.panels.showing:histogram", "< LEAST_OF_HISTOGRAM", "< LEAST"),
    ),
)  # fmt: skip
