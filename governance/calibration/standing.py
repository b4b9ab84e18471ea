"""Who may review under a rubric, and how far its rows can be relied on, after calibrations."""

from collections.abc import Collection
from datetime import timedelta

from engine.queries import stewardship
from events.instants import from_datetime
from governance.calibration import results
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.rules.calibration import agreement
from governance.rules.calibration.agreement import AgreementHeld
from governance.rules.calibration.terms import CalibrationTerms
from governance.store import calibrations


def fit_to_review(
    sitting: Sitting, program: str, rubric: str, people: Collection[str]
) -> frozenset[str]:
    """Those of these people who took part in a calibration lately enough, as the ledger has it, and
    are not coached under this rubric ("practice/1"). Where the policy asks for no calibration, all
    of them.

    Raises:
        CatalogAltered, PolicyAltered
    """
    terms = _terms(sitting, program)
    if terms is None:
        return frozenset(people)
    since = from_datetime(sitting.now - timedelta(days=terms.valid_days))
    last = stewardship.last_of_kind(sitting.engine, program, "calibration", people)
    findings = calibrations.latest_findings(sitting.tx, program, rubric)
    return frozenset(
        person for person, at in last.items() if at >= since and findings.get(person) != "coached"
    )


def seats_more(sitting: Sitting, program: str, rubric: str) -> int:
    """How many seats a panel of this rubric gets above those of the policy: 1 where raters agreed
    on a row less than well in the last calibration, else 0. Raises as `fit_to_review` does."""
    terms, held = _held(sitting, program, rubric)
    return 0 if terms is None else agreement.seats_more(held, terms)


def unreliable_rows(sitting: Sitting, program: str, rubric: str) -> tuple[str, ...]:
    """The rows of a rubric that raters agreed on too little in its last calibration, sorted.
    Raises as `fit_to_review` does."""
    terms, held = _held(sitting, program, rubric)
    return () if terms is None else agreement.unreliable_rows(held, terms)


def paused(sitting: Sitting, program: str, rubric: str) -> bool:
    """Whether decisions that hang on a rubric wait: a row of it was unreliable in its last two
    calibrations. Raises as `fit_to_review` does."""
    terms, held = _held(sitting, program, rubric)
    return terms is not None and agreement.is_paused(held, terms)


def _held(
    sitting: Sitting, program: str, rubric: str
) -> tuple[CalibrationTerms | None, list[AgreementHeld]]:
    terms = _terms(sitting, program)
    if terms is None:
        return None, []
    return terms, results.agreements(results.held(sitting, program, rubric))


def _terms(sitting: Sitting, program: str) -> CalibrationTerms | None:
    policy = rules_in_force.in_force(sitting, program).policy
    return CalibrationTerms.of(policy.governance)
