"""docs/recognition.md: its events are accepted, its commands print what it shows, and the move to
its catalog loses and moves nothing."""

import json
from pathlib import Path

import pytest

from engine.handlers.batch import Batch, Record
from engine.intake.parse import ParsedFact, parse_record
from engine.store.awards.awards import Announced
from engine.store.cursors import cursors
from events.schemas.registry import TopicKind, topic_kind_of
from examples.recognition.make_history import HISTORY
from tests.integration.handlers.harness import Harness
from tests.project.docs.console import examples, like_the_repository, run, write_what_is_printed
from tests.project.docs.markdown import PROJECT, marked
from tests.project.docs.test_replay_page import LATER

NAME = "docs/recognition.md"
PAGE = PROJECT / NAME
GOVERNANCE_TOPIC = "mentoring.governance"
LINES = HISTORY.read_bytes().splitlines()


def of_governance(line: bytes) -> bool:
    """Whether a line of the history belongs on the topic of governance."""
    event = json.loads(line)
    return topic_kind_of(event["type"], event["data"]) == "governance"


def process_aurora(url: str) -> dict[str, Announced]:
    """Process Aurora Guild under mentorloop; gives the awards that stand then, by id."""
    harness = Harness(url)
    harness.tell(*(line for line in LINES if not of_governance(line)), terms=LATER)
    with harness.transaction() as tx:
        cursors.start(tx, GOVERNANCE_TOPIC, 0, 0)
    governance = [line for line in LINES if of_governance(line)]
    records = [Record(offset, b"key", line) for offset, line in enumerate(governance)]
    batch = Batch(GOVERNANCE_TOPIC, 0, 0, len(records), records, on="governance")
    harness.take(batch, LATER)
    standing = harness.standing()
    harness.close()
    return standing


@pytest.mark.parametrize("kind", ["activity", "governance"])
def test_the_events_shown_are_of_the_history_and_belong_on_the_topic_named(kind: TopicKind) -> None:
    events = [json.loads(line) for line in LINES]
    for text in marked(NAME, f"{kind} event"):
        event = json.loads(text)
        assert event in events
        assert isinstance(parse_record(json.dumps(event).encode(), on=kind), ParsedFact)


def test_its_commands_print_what_it_says_and_the_move_leaves_every_award_as_it_was(
    database_url: str, tmp_path: Path
) -> None:
    before = process_aurora(database_url)
    like_the_repository(tmp_path)

    for command, expected in examples(PAGE.read_text(encoding="utf-8")):
        assert run(command, tmp_path, database_url) == expected, command

    harness = Harness(database_url)
    after = harness.standing()
    harness.close()
    assert {id: after[id] for id in before} == before
    gained = {item.award.badge for id, item in after.items() if id not in before}
    assert {"apprentice-mentor", "proficient-mentor", "master-mentor"} <= gained
    assert not gained & {item.award.badge for item in before.values()}


def main() -> None:
    """Write what is printed into the page: `python -m tests.project.docs.test_recognition_page`."""
    from tempfile import TemporaryDirectory

    from engine.local.embedded_postgres import embedded_postgres

    with embedded_postgres() as postgres, TemporaryDirectory() as name:
        process_aurora(postgres.url)
        write_what_is_printed(PAGE, like_the_repository(Path(name)), postgres.url)


if __name__ == "__main__":
    main()
