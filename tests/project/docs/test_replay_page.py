"""docs/replay.md: its worked example is run, and prints what the page shows."""

from datetime import UTC, datetime
from pathlib import Path

from engine.handlers.policy import IntakePolicy
from tests.integration.handlers.harness import Harness
from tests.project.docs.console import examples, like_the_repository, run, write_what_is_printed
from tests.project.docs.markdown import PROJECT
from tests.support.notes import MASTER

PAGE = PROJECT / "docs" / "replay.md"
LATER = IntakePolicy(
    clock=lambda: datetime(2026, 9, 1, tzinfo=UTC), refusal_limit=None, notes_key=MASTER
)


def process_example(harness: Harness) -> None:
    """Process the example history."""
    lines = (PROJECT / "examples" / "half-year.jsonl").read_bytes().splitlines()
    harness.tell(*(line for line in lines if line.strip()), terms=LATER)


def test_the_worked_example_prints_what_the_page_says(database_url: str, tmp_path: Path) -> None:
    like_the_repository(tmp_path)
    harness = Harness(database_url)
    process_example(harness)
    harness.close()
    for command, expected in examples(PAGE.read_text(encoding="utf-8")):
        assert run(command, tmp_path, database_url) == expected, command


def main() -> None:
    """Write what is printed into the page: `python -m tests.project.docs.test_replay_page`."""
    from tempfile import TemporaryDirectory

    from engine.local.embedded_postgres import embedded_postgres

    with embedded_postgres() as postgres, TemporaryDirectory() as name:
        process_example(Harness(postgres.url))
        write_what_is_printed(PAGE, like_the_repository(Path(name)), postgres.url)


if __name__ == "__main__":
    main()
