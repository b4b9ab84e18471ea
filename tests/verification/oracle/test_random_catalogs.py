"""Under any catalog of the language, the engine gives what the oracle gives.

A disagreement is shown with the smallest catalog and history that have it.
"""

from typing import NamedTuple

import pytest
import yaml

from engine.catalog.loader import CatalogError, parse
from replay.build.preview import preview
from tests.support.given import LATEST
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.broad_histories import broad_history
from tests.verification.oracle.catalog_text import read_catalog
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json
from tests.verification.oracle.random_catalogs import random_catalog
from tests.verification.oracle.smallest import smallest
from tests.verification.oracle.vocabulary import KINDS


class Answers(NamedTuple):
    """What somebody says that a history gives."""

    awards: list[Json]
    invitations: list[Json]
    report: Json


def of_engine(text: str, lines: list[bytes]) -> Answers:
    """What a preview says."""
    got = preview(lines, parse(text), LATEST)
    awards = [award.as_json() for award in got.awards]
    return Answers(awards, [dict(one) for one in got.invitations], got.report.as_json())


def of_oracle(text: str, lines: list[bytes]) -> Answers:
    """What the oracle says."""
    said = answer_under(read_catalog(text), lines, NOW)
    return Answers(said.awards, said.invitations, said.report)


def compare(seed: int, events: int = 80) -> None:
    """The catalog and the history of a seed. Of a disagreement it shows the smallest."""
    made = random_catalog(seed)
    lines = broad_history(seed, events, zone=made.zone, kinds=KINDS, people=2 + seed % 3)
    if of_engine(made.text, lines) != of_oracle(made.text, lines):
        written, fewer = smallest(made.written, lines, _differ)
        text = yaml.safe_dump(written, sort_keys=False)
        shown = "\n".join([text, *(line.decode() for line in fewer)])
        assert of_engine(text, fewer) == of_oracle(text, fewer), f"seed {seed}\n{shown}"


def _differ(written: Json, lines: list[bytes]) -> bool:
    text = yaml.safe_dump(written, sort_keys=False)
    try:
        return of_engine(text, lines) != of_oracle(text, lines)
    except (CatalogError, KeyError, ValueError, IndexError, TypeError, AttributeError):
        return False


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_a_preview_gives_what_the_oracle_gives_under_any_catalog(first: int) -> None:
    for seed in range(first, first + 10):
        compare(seed)


@pytest.mark.verify
@pytest.mark.parametrize("first", range(1000, 1200, 100))
def test_a_preview_gives_what_the_oracle_gives_under_thousands_of_catalogs(first: int) -> None:
    for seed in range(first, first + 100):
        compare(seed, 60 + seed % 100)
