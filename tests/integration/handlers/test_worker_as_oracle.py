"""Whatever the history and however it is cut into batches, the worker does what the oracle says."""

from random import Random

import pytest

from engine.store.awards.outbox import OutboxMessage
from replay.build.preview import preview
from tests.integration.handlers import agreement
from tests.integration.handlers.expected import Foreseen, Saying
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import INVITED, REVOKED, PublishedMessages, heard
from tests.support.given import LATEST, MENTORLOOP
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer
from tests.verification.oracle.reading import RETRACTED

SEEDS = range(14)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_commit_says_and_stores_what_the_oracle_foresees(harness: Harness, seed: int) -> None:
    random = Random(seed)
    lines = history(
        seed,
        random.choice([120, 200, 300]),
        programs=random.choice([1, 2]),
        loops=random.choice([1, 3]),
        people=random.choice([2, 4]),
    )
    foreseen = Foreseen()
    messages: list[OutboxMessage] = []
    done = 0
    while done < len(lines):
        size = random.choice([1, 3, 12, 40])
        told = lines[done : done + size]
        holes = [n for n in range(len(told)) if random.random() < 0.02]
        partition = random.randrange(harness.partitions)

        harness.take(harness.batch(*told, partition=partition, holes=holes))

        said = harness.messages()
        _check_said(said, foreseen.commit(told), foreseen)
        _check_stored(harness, foreseen)
        messages += said
        done += size
    told_so = answer(lines, NOW)
    agreement.check_awards(harness, told_so)
    assert harness.standing().keys() == {a.id for a in preview(lines, MENTORLOOP, LATEST).awards}
    agreement.check_counters(harness, told_so.report)
    agreement.check_measures(harness)
    agreement.check_proofs(harness)
    awards = [heard(message) for message in messages if message.topic == "awards"]
    agreement.check_messages(harness, awards)
    agreement.check_privacy(harness, [m.value for m in messages])


def _check_said(said: list[OutboxMessage], expected: list[Saying], foreseen: Foreseen) -> None:
    messages = [heard(message) for message in said if message.topic == "awards"]
    about_awards = [message for message in messages if message.type != INVITED]
    assert [_saying(message) for message in about_awards] == [_wanted(s) for s in expected]
    invited = [message.data for message in messages if message.type == INVITED]
    by_id = sorted(invited, key=lambda data: str(data["invitation_id"]))
    assert [{**data, "about_ids": sorted(data["about_ids"])} for data in by_id] == (
        foreseen.invitations
    )


def _saying(message: PublishedMessages) -> tuple[object, ...]:
    data = message.data
    return (
        *(message.type == REVOKED, data["award_id"], data["revision"], message.time),
        *(data["evidence"], data["total"]),
    )


def _wanted(saying: Saying) -> tuple[object, ...]:
    why = saying.why
    time = saying.time if why is None else why.time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    evidence = saying.evidence if why is None else [{"type": RETRACTED, "id": why.id}]
    return (
        *(why is not None, saying.award_id, saying.revision, time),
        *(evidence, saying.total),
    )


def _check_stored(harness: Harness, foreseen: Foreseen) -> None:
    stored = {name: item.award.as_json() for name, item in harness.standing().items()}
    assert stored == {name: proven.line for name, proven in foreseen.stored.items()}
