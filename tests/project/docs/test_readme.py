"""What README.md says to do does what it says."""

from pathlib import Path

import pytest

from engine.intake.parse import ParsedFact, parse_record
from engine.local.apache_kafka import ApacheKafka
from examples.make_history import HALF_YEAR
from tests.project.docs.markdown import marked
from tests.project.docs.worker import run, run_both, running

README = "README.md"


def test_the_event_of_the_file_is_accepted() -> None:
    (line,) = marked(README, "run: first.jsonl")
    assert isinstance(parse_record(line.encode()), ParsedFact)


def test_who_publishes_the_examples_and_subscribes_receives_the_award(
    restartable_kafka: ApacheKafka, database_url: str, tmp_path: Path
) -> None:
    given = {
        "KAFKA_BOOTSTRAP": restartable_kafka.bootstrap,
        "DATABASE_URL": database_url,
        "BADGE_ENGINE_PARTITIONS": "2",
        "BADGE_ENGINE_LOG_LEVEL": "warning",
    }
    for mark, name in (("publish", "first.py"), ("subscribe", "subscriber.py")):
        (tmp_path / name).write_text(marked(README, f"run: {mark}")[0], encoding="utf-8")
    (tmp_path / "first.jsonl").write_text(marked(README, "run: first.jsonl")[0], encoding="utf-8")

    badge_engine = ["-m", "engine.cli.main"]
    run([*badge_engine, "migrate"], given)
    with running(given):
        run([str(tmp_path / "first.py")], given)
        run([str(tmp_path / "first.py")], given)  # published twice: one fact, one award
        sent = run([*badge_engine, "publish", "--check", str(tmp_path / "first.jsonl")], given)
        run([*badge_engine, "status", "--wait", "--timeout", "50"], given)
        received = run([str(tmp_path / "subscriber.py")], given)

    assert sent == "published 1 records\n"
    assert received == "ana earned trust \n"


@pytest.mark.verify
@pytest.mark.usefixtures("kafka")  # a demo on a stand-in would show the same, and prove less
def test_the_demo_shows_what_the_readme_shows(tmp_path: Path) -> None:
    command = ["-m", "engine.cli.main", "demo", "--show", "--events", str(HALF_YEAR)]
    given = {"KAFKA_BOOTSTRAP": "", "DATABASE_URL": "", "COLUMNS": "80"}
    shown, errors = run_both([*command, "--export", str(tmp_path / "awards.jsonl")], given)

    lines = [line.rstrip() for line in shown.replace("\N{NO-BREAK SPACE}", " ").splitlines()]
    (excerpt,) = marked(README, "demo")
    missing = [line for line in excerpt.splitlines() if line.rstrip() not in lines]
    assert missing == []

    # Nothing but what the demo itself says: no warning, no library that talks to itself.
    beginnings = (
        "Starting a broker ",
        "Kafka: ",
        "PostgreSQL: ",
        "published ",
        "373 awards written ",
        "refused as ",
    )
    assert [line for line in errors.splitlines() if not line.startswith(beginnings)] == []
