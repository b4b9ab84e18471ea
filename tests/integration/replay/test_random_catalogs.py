"""Under any catalog the worker, a replay's build, a refold and the audit agree with the oracle."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random

import pytest

from engine.audit import drift
from engine.catalog.loader import parse
from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.store.projections import computed
from replay.build import verify
from replay.switch import repair
from replay.switch.repair import NothingKnown, RepairTarget
from tests.integration.handlers import agreement
from tests.integration.handlers.expected_under import ExpectedUnder
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import AWARDED, INVITED, REVOKED, PublishedMessages
from tests.integration.replay import rebuilt
from tests.integration.replay.rebuilt import NOON
from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.broad_histories import broad_history
from tests.verification.oracle.catalog_text import (
    NaiveCatalog,
    category_of,
    kudos_kinds,
    read_catalog,
)
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json
from tests.verification.oracle.random_catalogs import random_catalog
from tests.verification.oracle.reading import RETRACTED
from tests.verification.oracle.vocabulary import KINDS

PEOPLE = ("loop-0", "person-0", "person-1")

QUICK = range(2)
MANY = range(126, 132)
SEEDS = [*QUICK, *(pytest.param(seed, marks=pytest.mark.verify) for seed in MANY)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_to_fold_gives_what_the_oracle_gives(migrated_url: str, seed: int) -> None:
    """Given a catalog, another one and a history, when a part is told to a worker in batches, a
    replay to the other catalog is built, more is told, the replay catches up and goes live, and the
    rest is told, then at each step awards, dates, evidence and messages are as the oracle says; and
    when somebody then takes rows away, a refold brings back all of them."""
    random = Random(seed)
    first, other = random_catalog(2 * seed), random_catalog(2 * seed + 1)
    zone = random.choice([first.zone, other.zone])
    lines = broad_history(seed, 120, zone=zone, kinds=KINDS, programs=1 + seed % 2)
    before, after = read_catalog(first.text), read_catalog(other.text)
    harness = Harness(migrated_url, parse(first.text), partitions=2)

    expected = ExpectedUnder(before)
    for batch in batches(lines[:60], random):
        harness.tell(*batch, partition=random.randrange(2))
        heard = harness.hear()
        check_messages(heard, expected, batch)
        for message in heard:
            if message.type == AWARDED:
                badge = message.data["badge"]
                assert message.data["category"] == category_of(before, badge)
                assert (message.data.get("giver_id") is None) == (badge not in kudos_kinds(before))
    check_live(harness, before, lines[:60])

    number = rebuilt.built(harness, parse(other.text))
    check_built(harness, number, after, lines[:60])
    harness.tell(*lines[60:80])
    check_live(harness, before, lines[:80])
    rebuilt.catch_up(harness, number)
    check_built(harness, number, after, lines[:80])

    verify.verify(harness.engine, number)
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number, tolerance=1)
    harness.catalog = parse(other.text)
    check_live(harness, after, lines[:80])
    for batch in batches(lines[80:], random):
        harness.tell(*batch, partition=random.randrange(2))
    check_live(harness, after, lines)

    digest = rebuilt.digest(harness)
    take_away(harness, random)
    for program in sorted({str(award["program_id"]) for award in recomputed(harness)}):
        for person in PEOPLE:
            with suppress(NothingKnown):  # nobody has to be in every program
                whom = RepairTarget(program, person)
                repair.refold(harness.engine, whom, NOON, "ada", "by hand")
    check_live(harness, after, lines)
    assert rebuilt.digest(harness) == digest
    harness.close()


def batches(lines: list[bytes], random: Random) -> Iterator[list[bytes]]:
    """The lines in batches of some size."""
    done = 0
    while done < len(lines):
        size = random.choice([1, 3, 8, 20])
        yield lines[done : done + size]
        done += size


def check_messages(
    heard: list[PublishedMessages], expected: ExpectedUnder, batch: list[bytes]
) -> None:
    """What a commit published about awards is what the oracle expects of it, in its order."""
    wanted = [
        (
            *(one.why is not None, one.award_id, one.revision, one.total),
            one.evidence if one.why is None else [{"type": RETRACTED, "id": one.why.id}],
        )
        for one in expected.commit(batch)
    ]
    assert wanted == [
        (
            *(one.type == REVOKED, one.data["award_id"], one.data["revision"]),
            *(one.data["total"], one.data["evidence"]),
        )
        for one in heard
        if one.type != INVITED
    ]


def recomputed(harness: Harness) -> list[Json]:
    """The awards of the ledger, folded cold."""
    with Reader(harness.engine).snapshot() as snapshot:
        return [award.as_json() for award in exports.awards(snapshot, None, recomputed=True)]


def check_live(harness: Harness, catalog: NaiveCatalog, lines: list[bytes]) -> None:
    """What is live is what the oracle says, and nobody who audits it finds fault."""
    said = answer_under(catalog, lines, NOW)
    agreement.check_awards(harness, said)
    agreement.check_measures(harness)
    agreement.check_proofs(harness)
    assert recomputed(harness) == said.awards
    with harness.transaction() as tx:
        assert drift.audit(tx).drift == []


def check_built(harness: Harness, number: int, catalog: NaiveCatalog, lines: list[bytes]) -> None:
    """What a replay has built is what the oracle says, with dates and evidence."""
    with harness.transaction() as tx:
        built = [award.as_json() for award in computed.every(tx, number)]
    assert built == answer_under(catalog, lines, NOW).awards


def take_away(harness: Harness, random: Random) -> None:
    """Rows that somebody deletes, or makes wrong, by hand."""
    for statement in random.sample(
        [
            "DELETE FROM measures WHERE mod(abs(place), 2) = 0",
            "DELETE FROM people WHERE participant <> 'person-0'",
            "UPDATE awards SET standing = NOT standing WHERE recipient <> 'person-1'",
            "DELETE FROM awards WHERE get_byte(uuid_send(award_id), 0) %% 3 = 0",
        ],
        2,
    ):
        with harness.transaction() as tx:
            tx.execute(statement)
