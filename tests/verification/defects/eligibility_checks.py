"""Eligibility of a program with stages of every kind, held against the oracle."""

import json
from functools import cache

from engine.catalog.loader import parse
from engine.queries.eligibility import Question
from events.instants import parse_instant
from replay.build.preview import PreviewIntake
from tests.support import mentors
from tests.support.given import LATEST
from tests.verification.checker.verdict import Violation
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.eligibility import eligible_under
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.wire_values import instant

SCENARIO = "eligibility"
JUDGED = "I4"
_SEEDS = range(3)
# Facts of the histories lie on such instants: an end that is in or out shows.
_INSTANTS = ("2025-08-27T22:00:00Z", "2026-02-23T22:00:00Z")


def violations() -> list[Violation]:
    """The lines that are not the oracle's."""
    found = []
    for seed in _SEEDS:
        records = mentors.history(seed)
        for as_of in _INSTANTS:
            for renewal in (False, True):
                expected = _expected(seed, as_of, renewal)
                found += [
                    Violation(JUDGED, f"eligibility of {one['participant_id']} as of {as_of}")
                    for one, other in zip(_lines(records, as_of, renewal), expected, strict=True)
                    if one != other
                ]
    return found


@cache
def _expected(seed: int, as_of: str, renewal: bool) -> list[dict[str, object]]:
    catalog, records = read_catalog(mentors.CATALOG), mentors.history(seed)
    return eligible_under(catalog, records, NOW, instant(as_of), renewal)


def _lines(records: list[bytes], as_of: str, renewal: bool) -> list[dict[str, object]]:
    catalog = parse(mentors.CATALOG)
    intake = PreviewIntake(catalog, LATEST)
    for record in records:
        intake.process(record)
    question = Question(catalog, catalog.policy, parse_instant(as_of), renewal=renewal)
    return [json.loads(json.dumps(one.as_json())) for one in intake.eligible(question)]
