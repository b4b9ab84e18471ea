"""Eligibility as the engine works it out, against the oracle: example by example."""

import json
from datetime import UTC, datetime

import pytest

from engine.catalog import loader
from engine.queries.eligibility import Question
from events.instants import parse_instant
from replay.build.preview import PreviewIntake
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.eligibility import eligible_under
from tests.verification.oracle.wire_values import instant
from tests.verification.oracle.worked_examples import WorkedCase, worked_cases

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATEST = parse_instant("2026-11-02T00:00:00Z")
AS_OF = ("2024-06-01T00:00:00Z", "2025-12-01T00:00:00Z", "2026-10-01T00:00:00Z")


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name)
@pytest.mark.parametrize("renewal", [False, True], ids=["given", "renewed"])
def test_the_engine_gives_what_the_oracle_gives(case: WorkedCase, renewal: bool) -> None:
    catalog = loader.parse(case.catalog)
    if not catalog.policy.stages:
        pytest.skip("its catalog has no stages")
    intake = PreviewIntake(catalog, LATEST)
    for line in case.lines:
        intake.process(line)
    for as_of in (*AS_OF, *(expected["as_of"] for expected in case.eligible)):
        question = Question(catalog, catalog.policy, parse_instant(as_of), None, renewal)
        given = [json.loads(json.dumps(one.as_json())) for one in intake.eligible(question)]
        naive = read_catalog(case.catalog)
        assert given == eligible_under(naive, case.lines, NOW, instant(as_of), renewal)
