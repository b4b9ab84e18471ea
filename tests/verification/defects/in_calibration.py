"""Defects of calibrations: what raters agree on, what follows, and who rates what."""

from tests.verification.defects.calibration_checks import SCENARIO
from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_ALPHA = "governance.rules.calibration.alpha"
_AGREEMENT = "governance.rules.calibration.agreement"
_RATERS = "governance.rules.calibration.raters"
_ANCHORS = "governance.rules.calibration.anchors"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "alpha-of-numbers",
        "levels are compared as numbers, not as an order",
        "K1",
        Edit(f"{_ALPHA}:_alpha", 'level_of_measurement="ordinal"', 'level_of_measurement="ratio"'),
    ),
    _of(
        "nothing-varies-full",
        "where nothing varies, raters agree in full",
        "K1",
        Edit(f"{_ALPHA}:_alpha", "return None", "return 1.0"),
    ),
    _of(
        "missing-is-zero",
        "an anchor that somebody did not rate counts as rated 0",
        "K1",
        Edit(
            f"{_ALPHA}:_counts",
            "if rating is not None:\n                counts[anchor, rating] += 1",
            "counts[anchor, rating or 0] += 1",
        ),
    ),
    _of(
        "limit-is-worse",
        "an alpha at its limit is of the band below",
        "K2",
        Edit(f"{_AGREEMENT}:band", "alpha >= terms.alpha_good", "alpha > terms.alpha_good"),
    ),
    _of(
        "too-few-raters-tell",
        "what three raters agree on counts as what four do",
        "K2",
        Edit(f"{_AGREEMENT}:band", "if raters < terms.raters_at_least:", "if False:"),
    ),
    _of(
        "any-two-rows-pause",
        "two rows that are unreliable once each pause decisions",
        "K2",
        Edit(
            f"{_AGREEMENT}:is_paused",
            "bool(last_two[0].unreliable(terms) & last_two[1].unreliable(terms))",
            "bool(last_two[0].unreliable(terms) and last_two[1].unreliable(terms))",
        ),
    ),
    _of(
        "low-is-no-bias",
        "who rates too low is not coached for it",
        "K3",
        Edit(
            f"{_RATERS}:RaterResult.finding",
            "abs(self.bias) > Fraction(terms.bias) or self.exact < _LEAST_EXACT",
            "self.bias > Fraction(terms.bias)",
        ),
    ),
    _of(
        "few-anchors-tell",
        "a bias is told from fewer than six anchors",
        "K3",
        Edit(f"{_RATERS}:RaterResult.finding", "self.anchors < FEWEST_FOR_BIAS or ", ""),
    ),
    _of(
        "own-work-rated",
        "raters rate their own work",
        "K4",
        Edit(f"{_ANCHORS}:asked_of", " and whose[each] != rater", ""),
    ),
    _of(
        "half-is-part",
        "who left anchors out has taken part all the same",
        "K4",
        Edit(f"{_ANCHORS}:took_part", "set(asked) <= set(rated)", "bool(set(asked) & set(rated))"),
    ),
)
