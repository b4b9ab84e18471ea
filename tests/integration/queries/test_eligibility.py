"""Eligibility read from the database: the same lines as from a file, however it is asked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.catalog import loader
from engine.queries import eligibility
from engine.queries.eligibility import Question
from engine.queries.errors import UnknownParticipant, UnknownStage
from engine.queries.snapshot import Reader
from engine.store import policies
from events.instants import Instant, parse_instant
from replay.build.preview import PreviewIntake
from tests.integration.handlers.harness import TERMS, Harness
from tests.support import mentors
from tests.support.given import MENTORLOOP

GUILD = loader.parse(mentors.CATALOG)
AS_OF = ("2025-02-01T00:00:00Z", "2025-09-01T22:00:00Z", "2026-05-30T00:00:00Z")
LATEST = TERMS.latest()


@pytest.fixture
def guild(database_url: str) -> Iterator[Harness]:
    made = Harness(database_url, GUILD)
    yield made
    made.close()


def tell(guild: Harness, records: list[bytes]) -> None:
    for on, values in mentors.by_topic(records).items():
        guild.take(replace(guild.batch(*values), on=on))


def asked(as_of: str, *, renewal: bool = False) -> Question:
    return Question(GUILD, GUILD.policy, parse_instant(as_of), renewal=renewal)


def from_a_file(records: list[bytes], question: Question) -> list[dict[str, object]]:
    intake = PreviewIntake(GUILD, LATEST)
    for record in records:
        intake.process(record)
    return [one.as_json() for one in intake.eligible(question)]


@pytest.mark.parametrize("seed", range(3))
def test_the_database_and_a_file_agree_whatever_the_order_and_the_batches(
    guild: Harness, seed: int
) -> None:
    records = mentors.history(seed)
    for batch in mentors.batches(seed + 1, records):
        tell(guild, batch)
    reader = Reader(guild.engine)
    for as_of in AS_OF:
        for renewal in (False, True):
            question = asked(as_of, renewal=renewal)
            expected = from_a_file(records, question)
            with reader.snapshot() as snapshot:
                whole = eligibility.of_program(snapshot, mentors.PROGRAM, question)
                assert [one.as_json() for one in whole] == expected
                people = sorted({str(line["participant_id"]) for line in expected})
                one_by_one = [
                    line.as_json()
                    for name in people
                    for line in eligibility.of_person(snapshot, mentors.PROGRAM, name, question)
                ]
            assert one_by_one == expected
            assert len(expected) == 2 * len(people)


def test_another_policy_may_be_asked_about_and_one_stage(guild: Harness) -> None:
    tell(guild, mentors.history(1))
    text = mentors.CATALOG.replace("{value: 2.5, sample: 3}", "{value: 0, sample: 1}")
    other = loader.parse(text)
    question = Question(GUILD, other.policy, parse_instant(AS_OF[2]), "first")
    with Reader(guild.engine).snapshot() as snapshot:
        lines = list(eligibility.of_program(snapshot, mentors.PROGRAM, question))
    needs = {line.as_json()["root"]["parts"][3]["need"] for line in lines}  # type: ignore[index]
    assert ({line.stage for line in lines}, needs) == ({"first"}, {"0.000000"})


def test_who_is_not_named_until_then_is_unknown(guild: Harness) -> None:
    tell(guild, mentors.history(1))
    with Reader(guild.engine).snapshot() as snapshot:
        for name, as_of in (("nobody", AS_OF[2]), ("ada", "2024-01-01T00:00:00Z")):
            with pytest.raises(UnknownParticipant, match=f"{name}$"):
                eligibility.of_person(snapshot, mentors.PROGRAM, name, asked(as_of))


@pytest.mark.parametrize(
    ("catalog", "stage", "why"),
    [
        (GUILD, "third", "no stage of catalog guild version 1 is called third; there are first, "),
        (GUILD, "zeroth", "stage zeroth of catalog guild version 1 has no `given`"),
        (MENTORLOOP, None, "catalog mentorloop version 1 has no stage that is asked for anything"),
    ],
)
def test_a_stage_that_cannot_be_asked_for(catalog: object, stage: str | None, why: str) -> None:
    assert isinstance(catalog, type(GUILD))
    question = Question(catalog, catalog.policy, Instant(AS_OF[0]), stage)
    with pytest.raises(UnknownStage, match=why):
        question.check()


def test_a_program_is_asked_by_the_policy_that_was_adopted(guild: Harness) -> None:
    tell(guild, mentors.history(1))
    raised = loader.parse(mentors.CATALOG.replace("{kept: {value: 0.75", "{kept: {value: 0.9"))
    as_of = parse_instant(AS_OF[2])
    digests = []
    for _ in range(2):
        with Reader(guild.engine).snapshot() as snapshot:
            digests.append(eligibility.current(snapshot, mentors.PROGRAM, as_of).policy.digest)
        with guild.transaction() as tx:
            policies.adopt(tx, raised, "chair", "fairer")
    assert digests == [GUILD.policy.digest, raised.policy.digest]
