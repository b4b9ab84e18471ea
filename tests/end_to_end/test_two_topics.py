"""Activity and governance: two topics, read by the same workers, about the same people."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.end_to_end import kill
from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.happenings import publish_at_once, recreate_topic
from tests.integration.stream.administration import add_partitions
from tests.integration.stream.published import published
from tests.support.given import RETRACTED, meeting, record

DECISION, CONTRIBUTION = "mentoring.decision.recorded.v1", "mentoring.contribution.made.v1"
BY = ("--by", "ada", "--reason", "decided at night")
BOTH = """
catalog: committee
version: 1
measures:
  contributions: {event: mentoring.contribution.made.v1, who: participant_id, aggregate: count}
  decisions:
    event: mentoring.decision.recorded.v1
    who: participant_id
    where: {outcome: {equals: granted}}
    aggregate: count
badges:
  decided:
    name: Decided
    description: Every decision of the committee
    category: stage
    repeatable: {event: mentoring.decision.recorded.v1, who: participant_id}
  steward:
    name: Steward
    description: Contributing, and being trusted for it
    scope: program
    levels:
      bronze: {all_of: [{at_least: {contributions: 3}}, {at_least: {decisions: 2}}]}
      silver: {all_of: [{at_least: {contributions: 9}}, {at_least: {decisions: 5}}]}
"""


def decision(name: str, participant: str, outcome: str = "granted", at: int = 5) -> bytes:
    """A decision of the committee."""
    fields = {
        "program_id": "program",
        "participant_id": participant,
        "decision_id": name,
        "case": "steward",
        "outcome": outcome,
        "as_of": "2026-03-01T10:00:00Z",
        "approver_ids": ["ruth", "sam"],
        "pack": "9f" * 32,
        "policy": "41" * 32,
    }
    return record(DECISION, at, fields)


def contribution(name: str, participant: str, at: int = 5) -> bytes:
    """A webinar."""
    fields = {"program_id": "program", "participant_id": participant, "contribution_id": name}
    return record(CONTRIBUTION, at, {**fields, "kind": "webinar"})


def retraction(event_type: str, name: str, participant: str) -> bytes:
    """A fact of a person, in no loop, retracted."""
    fields = {"program_id": "program", "participant_id": participant}
    return record(RETRACTED, 20, {**fields, "fact_type": event_type, "fact_id": name})


@pytest.fixture
def one(deployment: Deployment) -> Deployment:
    """A deployment with one partition of each topic, under a catalog that needs both."""
    return _under(deployment, "1")


def _under(deployment: Deployment, partitions: str) -> Deployment:
    catalog = deployment.folder / "committee.yaml"
    catalog.write_text(BOTH)
    settings = {**deployment.settings, "CATALOG": str(catalog), "PARTITIONS": partitions}
    return replace(deployment, settings=settings)


def test_a_type_of_the_other_topic_is_forbidden_and_named_with_its_topic(one: Deployment) -> None:
    one.run("migrate")
    known, wrong = decision("d0", "ann"), decision("d1", "ann")
    publish_at_once(one, contribution("c0", "ann"), wrong, retraction(DECISION, "d0", "ann"))
    others = (contribution("c1", "ann"), retraction(CONTRIBUTION, "c0", "ann"), meeting("m", "ann"))
    publish_at_once(one, known, *others, topic=one.governance)
    with one.working() as worker:
        status = one.drained()
        assert worker.terminate() == 0
    assert (status["applied"], status["dead_letters"]) == (2, 5)
    assert [award["badge"] for award in one.export()] == ["decided"]

    places = {(one.activity, 1), (one.activity, 2)} | {(one.governance, n) for n in (1, 2, 3)}
    kept = json.loads(one.run("dead-letters", "list", "--json").stdout)
    assert {(each["topic"], each["offset"], each["reason"]) for each in kept} == {
        (*place, "forbidden") for place in places
    }
    signals = [json.loads(r.value) for r in published(one.bootstrap, f"{one.name}.dead-letters")]
    assert {(each["topic"], each["offset"]) for each in signals} == places
    of_governance = one.run("dead-letters", "counts", "--json", "--topic", one.governance)
    assert json.loads(of_governance.stdout)["forbidden"]["open"] == 3
    again = one.run("dead-letters", "redrive", "--all").stdout
    assert "0 accepted, 5 refused again" in again


def test_a_halted_partition_of_governance_holds_up_nothing_else(one: Deployment) -> None:
    quick = {**one.settings, "FLOOD_RECORDS": "4", "FLOOD_REFUSED": "2"}
    flooded = replace(one, settings=quick)
    flooded.run("migrate")
    late = [decision(f"d{n}", "ann") for n in range(3)]
    wrong = [contribution(f"w{n}", "ann") for n in range(2)]
    publish_at_once(flooded, *wrong, *late, topic=flooded.governance)
    with flooded.working() as worker:
        wait_until(lambda: "partition halted" in worker.logged())
        publish_at_once(flooded, *(contribution(f"c{n}", "ann") for n in range(3)))
        wait_until(lambda: flooded.cursors()[0].next_offset == 3)
        status = flooded.status()
        halted = {p["topic"]: p["halted"] for p in status["partitions"]}
        assert status["topics"] == [flooded.activity, flooded.governance]
        assert halted[flooded.activity] is None
        assert halted[flooded.governance].startswith("flood: 2 of the last 2 records refused")
        resume = f"dead-letters resume 0 --topic {flooded.governance}"
        assert f"`badge-engine {resume}`" in flooded.run("doctor", code=1).stdout
        assert "is not stopped" in flooded.run("dead-letters", "resume", "0", code=1).stderr

        flooded.run(*resume.split())

        flooded.drained()
        assert worker.terminate() == 0
    assert sorted(award["badge"] for award in flooded.export()) == [*["decided"] * 3, "steward"]


def test_governance_made_anew_is_recovered_and_activity_stays_as_it_is(one: Deployment) -> None:
    one.run("migrate")
    publish_at_once(one, contribution("c0", "ann"))
    publish_at_once(one, decision("d0", "ann"), topic=one.governance)
    with one.working() as worker:
        one.drained()
        assert worker.terminate() == 0
    before = one.cursors()
    recreate_topic(one, one.governance)
    publish_at_once(one, decision("d0", "ann"), decision("d1", "ann"), topic=one.governance)

    with one.working() as worker:
        assert worker.process.wait(60) == 1
    assert f"{one.governance} was deleted and made anew" in worker.logged()

    recovered = one.run("recover", *BY).stdout
    assert f"all partitions of {one.governance} are read from the beginning" in recovered
    assert one.activity not in recovered
    with one.working() as worker:
        one.drained()
        assert worker.terminate() == 0
    assert one.cursors() == before
    (cursor,) = one.cursors_of_both()[one.governance].values()
    assert (cursor.counts.applied, cursor.counts.duplicates) == (1, 1)
    assert [award["badge"] for award in one.export()] == ["decided", "decided"]


def _history(people: int) -> list[tuple[bytes, str, bytes]]:
    """Facts of the same people on both topics, each twice, some retracted: which topic (by its
    type), key and value, in the order in which they are published."""
    drawn = random.Random(11)
    records = []
    for number in range(people):
        who = f"p{number}"
        for n in range(12):
            records.append((contribution(f"c{n}", who, 1 + n), CONTRIBUTION, who))
        for n in range(7):
            outcome = "declined" if n % 3 == 2 else "granted"
            records.append((decision(f"d{n}", who, outcome, 3 + n), DECISION, who))
        records.append((retraction(CONTRIBUTION, f"c{number % 12}", who), CONTRIBUTION, who))
        records.append((retraction(DECISION, f"d{number % 7}", who), DECISION, who))
    records += drawn.sample(records, len(records) // 3)
    drawn.shuffle(records)
    return [(value, event_type, who.encode()) for value, event_type, who in records]


@pytest.mark.parametrize("of_governance", [2, 3], ids=["as many partitions", "others"])
def test_workers_of_both_topics_and_a_killed_one_leave_exactly_the_previews_awards(
    deployment: Deployment, tmp_path: Path, of_governance: int
) -> None:
    """Given two workers, and as many partitions of both topics or not, so that facts of a person
    are processed by two workers at once, when one is killed in between, then every award is that of
    the cold fold, announced in one way."""
    both = _under(deployment, "2")
    of_topic = {CONTRIBUTION: both.activity, DECISION: both.governance}
    both.run("migrate")
    if of_governance != 2:
        add_partitions(both.bootstrap, both.governance, of_governance)
    records = _history(people=12)
    history = tmp_path / "history.jsonl"
    history.write_bytes(b"".join(value + b"\n" for value, _, _ in records))
    producer = Producer({"bootstrap.servers": both.bootstrap, "linger.ms": 0})

    workers = [both.start(BATCH_RECORDS="7", INSTANCE=name) for name in ("first", "second")]
    try:
        for part in (records[:120], records[120:]):
            for value, event_type, key in part:
                producer.produce(of_topic[event_type], value, key)
            assert producer.flush(30) == 0
            if len(part) == 120:
                both.wait_for(60)
                workers[0].kill()
                workers[0] = both.start(BATCH_RECORDS="7", INSTANCE="first")
        status = both.drained()
        assert all(worker.terminate() == 0 for worker in workers)
    finally:
        for worker in workers:
            if worker.process.poll() is None:
                worker.kill()

    assert (status["dead_letters"], status["unmet_retractions"]) == (0, 0)
    assert status["applied"] == 12 * (12 + 7)
    _, awards = kill.check(both, history, str(tmp_path / "committee.yaml"))
    assert awards > 12 * 6
    both.run("audit")
