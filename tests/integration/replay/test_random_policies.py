"""Under any policy the worker, a replay's build, a refold, the audit, and eligibility as it is read
from the database agree with the oracle."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest
import yaml

from engine.catalog.loader import parse
from engine.queries import eligibility
from engine.queries.eligibility import Question
from engine.queries.errors import UnknownParticipant
from engine.queries.snapshot import Reader
from events.instants import parse_instant
from replay.build import verify
from replay.switch import repair
from replay.switch.repair import NothingKnown, RepairTarget
from tests.integration.handlers.expected_under import ExpectedUnder
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import AWARDED
from tests.integration.replay import rebuilt
from tests.integration.replay.rebuilt import NOON
from tests.integration.replay.test_random_catalogs import (
    batches,
    check_built,
    check_live,
    check_messages,
)
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import NaiveCatalog, kudos_kinds, read_catalog
from tests.verification.oracle.days import calendar_of
from tests.verification.oracle.eligibility import eligible_of
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json, tell, text_of
from tests.verification.oracle.random_policies import another_policy, events_of, random_policy
from tests.verification.oracle.recognition_histories import recognition_history
from tests.verification.oracle.recognition_vocabulary import PEOPLE_HERE
from tests.verification.oracle.wire_values import instant

QUICK = range(1)
MANY = range(201, 204)
SEEDS = [*QUICK, *(pytest.param(seed, marks=pytest.mark.verify) for seed in MANY)]
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_to_ask_gives_what_the_oracle_gives(migrated_url: str, seed: int) -> None:
    """Given a catalog with a policy and a history, when a part is told to a worker in batches, the
    policy is replaced by another, more is told, a replay to another catalog is built and goes live,
    and the rest is told, then at each step awards, their ends, messages and everybody's eligibility
    are as the oracle says; and nobody's awards move with the policy."""
    random = Random(seed)
    first, other = random_policy(4 * seed), random_policy(4 * seed + 1)
    calendar = calendar_of(first.written.get("calendar", {}))
    types = events_of(first.written) | events_of(other.written)
    lines = recognition_history(seed, 120, calendar, types=types, programs=1 + seed % 2)
    before, after = read_catalog(first.text), read_catalog(other.text)
    harness = Harness(migrated_url, parse(first.text), partitions=2)

    expected = ExpectedUnder(before)
    for batch in batches(lines[:70], random):
        harness.tell_by_topic(*batch, partition=random.randrange(2))
        heard = harness.hear()
        check_messages(heard, expected, batch)
        ends = {name: stored.line.get("valid_until") for name, stored in expected.stored.items()}
        for message in heard:
            if message.type == AWARDED:
                assert message.data.get("valid_until") == ends[message.data["award_id"]]
    check_live(harness, before, lines[:70])
    check_eligible(harness, before, first.text, lines[:70], random)

    text = yaml.safe_dump(another_policy(first.written, seed), sort_keys=False)
    assert parse(text).digest == parse(first.text).digest
    check_eligible(harness, read_catalog(text), text, lines[:70], random)

    number = rebuilt.built(harness, parse(other.text))
    check_built(harness, number, after, lines[:70])
    rebuilt.catch_up(harness, number)
    verify.verify(harness.engine, number)
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number, tolerance=1)
    harness.catalog = parse(other.text)
    for batch in batches(lines[70:], random):
        harness.tell_by_topic(*batch, partition=random.randrange(2))
    check_live(harness, after, lines)
    check_eligible(harness, after, other.text, lines, random)

    with harness.transaction() as tx:
        tx.execute("DELETE FROM people WHERE participant = 'imani'")
        tx.execute("DELETE FROM participation WHERE person %% 2 = 0")
    for program in {fact.key[0] for fact in tell(lines, NOW).facts}:
        for person in PEOPLE_HERE:
            with suppress(NothingKnown):
                whom = RepairTarget(program, person)
                repair.refold(harness.engine, whom, NOON, "ada", "by hand")
    check_live(harness, after, lines)
    check_eligible(harness, after, other.text, lines, random)
    harness.close()


def check_eligible(
    harness: Harness, catalog: NaiveCatalog, text: str, lines: list[bytes], random: Random
) -> None:
    """Everybody's eligibility, read of a whole program and of one person after the other."""
    facts = tell(lines, NOW, kudos_kinds(catalog)).facts
    ends = [
        instant(award["valid_until"])
        for award in answer_under(catalog, lines, NOW).awards
        if "valid_until" in award
    ]
    edges = [NOW, random.choice(facts).time, *ends[:1]]
    shift = random.choice([timedelta(0), MICROSECOND, -MICROSECOND])
    for edge in edges:
        as_of, renewal = edge + shift, random.random() < 0.5
        said = eligible_of(catalog, facts, as_of, renewal)
        assert read(harness, text, as_of, renewal, each=False) == said
        assert read(harness, text, as_of, renewal, each=True) == said


def read(harness: Harness, text: str, as_of: datetime, renewal: bool, *, each: bool) -> list[Json]:
    """What the database gives. `each`: by the question of one person."""
    catalog = parse(text)
    question = Question(catalog, catalog.policy, parse_instant(text_of(as_of)), None, renewal)
    found: list[Json] = []
    with Reader(harness.engine).snapshot() as snapshot:
        programs = sorted(str(row[0]) for row in snapshot.tx.rows("SELECT program FROM programs"))
        for program in programs:
            if not each:
                every = eligibility.of_program(snapshot, program, question)
                found += [one.as_json() for one in every]
                continue
            for person in sorted(PEOPLE_HERE):
                with suppress(UnknownParticipant):
                    one = eligibility.of_person(snapshot, program, person, question)
                    found += [stage.as_json() for stage in one]
    return found
