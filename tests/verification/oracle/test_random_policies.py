"""Under any policy, the engine says of everybody's eligibility what the oracle says.

Asked as of instants that lie exactly at facts, at the ends of terms and of windows, and a
microsecond before and after. A disagreement is shown with the smallest catalog and history.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

import pytest
import yaml

from engine.catalog.loader import CatalogError, parse
from engine.queries import eligibility
from events.instants import parse_instant
from replay.build.preview import PreviewIntake
from tests.support.given import LATEST
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import NaiveCatalog, kudos_kinds, read_catalog
from tests.verification.oracle.days import calendar_of, local, months_from
from tests.verification.oracle.eligibility import eligible_of
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json, OracleTelling, tell, text_of
from tests.verification.oracle.random_policies import MONTHS, events_of, random_policy
from tests.verification.oracle.recognition_histories import recognition_history
from tests.verification.oracle.smallest import smallest
from tests.verification.oracle.wire_values import instant

MICROSECOND = timedelta(microseconds=1)


class NaiveInstant(NamedTuple):
    """As of when eligibility is asked, and whether of a renewal."""

    as_of: datetime
    renewal: bool


def asked_of_engine(text: str, lines: list[bytes], questions: Iterable[NaiveInstant]) -> list[Json]:
    """The awards that a preview gives, and the lines of every question."""
    catalog = parse(text)
    intake = PreviewIntake(catalog, LATEST)
    for line in lines:
        intake.process(line)
    got = intake.result()
    found: list[Json] = [{"report": got.report.as_json()}]
    found += [award.as_json() for award in got.awards]
    for as_of, renewal in questions:
        asked = eligibility.Question(
            catalog, catalog.policy, parse_instant(text_of(as_of)), None, renewal
        )
        found += [line.as_json() for line in intake.eligible(asked)]
    return found


def asked_of_oracle(text: str, lines: list[bytes], questions: Iterable[NaiveInstant]) -> list[Json]:
    """The same by the oracle."""
    catalog = read_catalog(text)
    said = answer_under(catalog, lines, NOW)
    facts = tell(lines, NOW, kudos_kinds(catalog)).facts
    found: list[Json] = [{"report": said.report}, *said.awards]
    for question in questions:
        found += eligible_of(catalog, facts, question.as_of, question.renewal)
    return found


def questions_of(
    random: Random, catalog: NaiveCatalog, telling: OracleTelling, awards: list[Json], number: int
) -> list[NaiveInstant]:
    """Some instants at the edges of facts, terms and windows."""
    edges = list(_edges(random, catalog, telling, awards))
    chosen = random.sample(edges, min(number, len(edges)))
    shifts = [timedelta(0), -MICROSECOND, MICROSECOND]
    return [
        NaiveInstant(
            min(edge + random.choice(shifts), NOW + timedelta(days=900)), random.random() < 0.3
        )
        for edge in chosen
    ]


def _edges(
    random: Random, catalog: NaiveCatalog, telling: OracleTelling, awards: list[Json]
) -> Iterator[datetime]:
    yield NOW
    for fact in telling.facts:
        yield fact.time
        months = random.choice(MONTHS)
        day = months_from(local(catalog.calendar, fact.time).day, months)
        yield fact.time.replace(year=day.year, month=day.month, day=day.day)
    for award in awards:
        if "valid_until" in award:
            yield from [instant(award["valid_until"])] * 4


def compare(seed: int, events: int = 90, instants: int = 3) -> int:
    """The policy and the history of a seed. Of a disagreement it shows the smallest. The number of
    lines that were compared is given."""
    random = Random(seed)
    made = random_policy(seed)
    calendar = calendar_of(made.written.get("calendar", {}))
    spread = {"people": 3 + seed % 3, "programs": 1 + (seed % 5 == 0)}
    types = events_of(made.written)
    lines = recognition_history(seed, events, calendar, types=types, **spread)
    catalog = read_catalog(made.text)
    telling = tell(lines, NOW, kudos_kinds(catalog))
    awards = answer_under(catalog, lines, NOW).awards
    questions = questions_of(random, catalog, telling, awards, instants)
    ours = asked_of_engine(made.text, lines, questions)
    if ours != asked_of_oracle(made.text, lines, questions):
        text, fewer, one = _smallest(made.written, lines, questions)
        shown = "\n".join([f"seed {seed}", repr(one), text, *(line.decode() for line in fewer)])
        assert asked_of_engine(text, fewer, one) == asked_of_oracle(text, fewer, one), shown
    return len(ours)


def _smallest(
    written: Json, lines: list[bytes], questions: list[NaiveInstant]
) -> tuple[str, list[bytes], list[NaiveInstant]]:
    ones = [[], *([question] for question in questions)]
    one = next((one for one in ones if _differ(written, lines, one)), questions)
    less, fewer = smallest(written, lines, lambda w, some: _differ(w, some, one))
    return yaml.safe_dump(less, sort_keys=False), fewer, one


def _differ(written: Json, lines: list[bytes], questions: list[NaiveInstant]) -> bool:
    text = yaml.safe_dump(written, sort_keys=False)
    try:
        return asked_of_engine(text, lines, questions) != asked_of_oracle(text, lines, questions)
    except (CatalogError, KeyError, ValueError, IndexError, TypeError, AttributeError):
        return False


@pytest.mark.parametrize("first", range(0, 12, 6))
def test_the_engine_says_who_is_eligible_as_the_oracle_does(first: int) -> None:
    assert all(compare(seed) for seed in range(first, first + 6))


@pytest.mark.verify
@pytest.mark.parametrize("first", range(1000, 1060, 30))
def test_the_engine_says_so_under_many_policies(first: int) -> None:
    assert all(compare(seed, 60 + seed % 90) for seed in range(first, first + 30))
