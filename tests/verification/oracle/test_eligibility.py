"""The oracle's eligibility: the examples that were worked out by hand, and a few sentences more."""

from datetime import UTC, datetime

import pytest

from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.eligibility import eligible_under, terms_of
from tests.verification.oracle.oracle import tell
from tests.verification.oracle.wire_values import instant
from tests.verification.oracle.worked_examples import (
    WorkedCase,
    answered,
    compared,
    worked_cases,
)

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name)
def test_the_oracle_gives_what_was_worked_out_by_hand(case: WorkedCase) -> None:
    catalog = read_catalog(case.catalog)
    awards = answer_under(catalog, case.lines, NOW).awards
    assert compared(case, awards) == case.awards
    for expected in case.eligible:
        lines = eligible_under(catalog, case.lines, NOW, instant(expected["as_of"]))
        assert answered(expected, lines) == expected
    assert not case.terms or terms_of(awards) == case.terms
    refused = tell(case.lines, NOW).report["dead_letters"]
    assert {reason: n for reason, n in refused.items() if n} == case.refused


def test_every_example_is_there_and_can_fail() -> None:
    cases = worked_cases()
    assert len({case.name.split("-")[0] for case in cases}) == 15
    for case in cases:
        later = [line.replace(b'"granted"', b'"declined"') for line in case.lines]
        if later != case.lines and case.awards:
            awards = answer_under(read_catalog(case.catalog), later, NOW).awards
            assert len(awards) < len(case.awards)
