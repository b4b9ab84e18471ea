"""For any history, in any batches, the worker does what the oracle says."""

from random import Random

import pytest

from engine.store.awards.outbox import OutboxMessage
from replay.build.preview import preview
from tests.integration.handlers import agreement
from tests.integration.handlers.expected import ExpectedCommits, ExpectedMessage
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import INVITED, REVOKED, PublishedMessages, heard
from tests.support.given import LATEST, MENTORLOOP
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer
from tests.verification.oracle.reading import RETRACTED

SEEDS = range(14)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_commit_publishes_and_stores_what_the_oracle_expects(
    harness: Harness, seed: int
) -> None:
    random = Random(seed)
    lines = history(
        seed,
        random.choice([120, 200, 300]),
        programs=random.choice([1, 2]),
        loops=random.choice([1, 3]),
        people=random.choice([2, 4]),
    )
    oracle = ExpectedCommits()
    messages: list[OutboxMessage] = []
    done = 0
    while done < len(lines):
        size = random.choice([1, 3, 12, 40])
        lines_of_batch = lines[done : done + size]
        holes = [n for n in range(len(lines_of_batch)) if random.random() < 0.02]
        partition = random.randrange(harness.partitions)

        harness.take(harness.batch(*lines_of_batch, partition=partition, holes=holes))

        sent = harness.messages()
        _check_published(sent, oracle.commit(lines_of_batch), oracle)
        _check_stored(harness, oracle)
        messages += sent
        done += size
    answered = answer(lines, NOW)
    agreement.check_awards(harness, answered)
    assert harness.standing().keys() == {a.id for a in preview(lines, MENTORLOOP, LATEST).awards}
    agreement.check_counters(harness, answered.report)
    agreement.check_measures(harness)
    agreement.check_proofs(harness)
    awards = [heard(message) for message in messages if message.topic == "awards"]
    agreement.check_messages(harness, awards)
    agreement.check_privacy(harness, [m.value for m in messages])


def _check_published(
    sent: list[OutboxMessage], expected: list[ExpectedMessage], oracle: ExpectedCommits
) -> None:
    messages = [heard(message) for message in sent if message.topic == "awards"]
    about_awards = [message for message in messages if message.type != INVITED]
    assert [_as_expected(message) for message in about_awards] == [_wanted(s) for s in expected]
    invited = [message.data for message in messages if message.type == INVITED]
    by_id = sorted(invited, key=lambda data: str(data["invitation_id"]))
    assert [{**data, "about_ids": sorted(data["about_ids"])} for data in by_id] == (
        oracle.invitations
    )


def _as_expected(message: PublishedMessages) -> tuple[object, ...]:
    data = message.data
    return (
        *(message.type == REVOKED, data["award_id"], data["revision"], message.time),
        *(data["evidence"], data["total"]),
    )


def _wanted(expected: ExpectedMessage) -> tuple[object, ...]:
    why = expected.why
    time = expected.time if why is None else why.time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    evidence = expected.evidence if why is None else [{"type": RETRACTED, "id": why.id}]
    return (
        *(why is not None, expected.award_id, expected.revision, time),
        *(evidence, expected.total),
    )


def _check_stored(harness: Harness, oracle: ExpectedCommits) -> None:
    stored = {name: item.award.as_json() for name, item in harness.standing().items()}
    assert stored == {name: proven.line for name, proven in oracle.stored.items()}
