"""The examples that were worked out by hand, previewed from their files."""

import pytest

from engine.catalog.loader import parse
from events.instants import parse_instant
from replay.build.preview import preview
from tests.verification.oracle.worked_examples import WorkedCase, compared, worked_cases

LATEST = parse_instant("2026-11-02T00:00:00Z")


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name)
def test_a_preview_gives_what_was_worked_out_by_hand(case: WorkedCase) -> None:
    got = preview(case.lines, parse(case.catalog), LATEST)
    assert compared(case, [award.as_json() for award in got.awards]) == case.awards
    refused = got.report.as_json()["dead_letters"]
    assert isinstance(refused, dict)
    assert {reason: n for reason, n in refused.items() if n} == case.refused


def test_raising_the_bar_moves_no_award() -> None:
    before, after = worked_cases("14-*")
    assert before.catalog != after.catalog
    assert parse(before.catalog).digest == parse(after.catalog).digest
    assert parse(before.catalog).policy.digest != parse(after.catalog).policy.digest
    given = [preview(c.lines, parse(c.catalog), LATEST).awards for c in (before, after)]
    assert given[0] == given[1]
