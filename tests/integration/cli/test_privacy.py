"""A private message is in no output of any command, whatever became of its kudos."""

from pathlib import Path

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from events.award_ids import award_id
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.people import KINDS, PRIVATE, PRIVATE_OF_BOB, STORY
from tests.support import notes
from tests.support.given import KUDOS, kudos, retracted

CONFLICTING = kudos("k-trust", "dan", "ann", "creativity", message=PRIVATE)
OF_NO_KIND = kudos("k-none", "dan", "ann", "patience", message=PRIVATE)
TRUST = award_id("program", "loop", "ann", "trust", "k-trust")


def test_no_command_shows_a_private_message(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    tell_all(store, [*STORY, CONFLICTING, OF_NO_KIND])
    tell(store, retracted(KUDOS, "k-creativity"))
    with transaction(store) as tx:
        assert set(notes.opened(tx)) == {PRIVATE}  # it is there to be shown
    person = ("--program", "program", "--participant", "ann", "--badge")
    asked: list[tuple[object, ...]] = [
        ("board", "--program", "program"),
        ("board", "--program", "program", "--json"),
        *(("explain", *person, kind) for kind in KINDS),
        ("explain", TRUST),
        ("awards", "export", "--output", tmp_path / "awards"),
        ("measures", "export", "--output", tmp_path / "measures"),
        ("measures", "export", "--output", tmp_path / "recomputed", "--recomputed"),
        ("digest",),
        ("dead-letters", "list", "--all"),
        ("dead-letters", "list", "--json"),
        ("dead-letters", "list", "--limit", "3", "--reason", "conflict"),
        ("dead-letters", "counts"),
        *(("dead-letters", "show", number) for number in (1, 2, 3)),
        ("dead-letters", "show", 1, "--reveal"),
        ("dead-letters", "redrive", "--all"),
        ("dead-letters", "discard", "--reason", "invalid", "--because", "a test"),
        ("doctor",),
    ]
    said = [badge_engine(*arguments) for arguments in asked]
    told = [ran.out + ran.err for ran in said]
    told += [file.read_text() for file in tmp_path.iterdir()]
    for arguments, text in zip([*asked, *tmp_path.iterdir()], told, strict=True):
        assert text, arguments
        assert PRIVATE not in text, arguments
        assert PRIVATE_OF_BOB not in text, arguments
