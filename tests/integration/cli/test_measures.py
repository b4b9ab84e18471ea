"""`measures export`: as kept and as folded afresh, in one form, so that they can be compared."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.people import STORY
from tests.support.catalogs import EVERY_KIND_TEXT, ONLY_MINUTES_TEXT
from tests.support.given import MEETING, meeting, quiz, retracted


def exported(badge_engine: Command, file: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = badge_engine("measures", "export", "--output", file, *arguments)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_line_per_program_loop_and_participant_in_order(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    tell_all(store, STORY)
    tell(store, meeting("m1", "zoe", "yan", program_id="another"), quiz("q9", "ann", at=9))
    lines = exported(badge_engine, tmp_path / "measures.jsonl")
    assert [(ln["program_id"], ln["loop_id"], ln["participant_id"]) for ln in lines] == [
        ("another", "loop", "yan"),
        ("another", "loop", "zoe"),
        ("program", None, "ann"),
        ("program", None, "cyd"),
        ("program", "loop", "ann"),
        ("program", "loop", "bob"),
        ("program", "loop", "dan"),
    ]
    ann = lines[4]["measures"]
    assert (ann["meetings_attended"], ann["top_ratings"], ann["trust"]) == (15, 9, 1)
    assert ann["milestones"] == ["first-meeting", "grow-together", "levelling-up", "matched"]
    only = exported(badge_engine, tmp_path / "measures.jsonl", "--program", "another")
    assert only == lines[:2]


def test_folded_afresh_it_is_the_same_file(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    tell_all(store, STORY)
    tell(store, meeting("m1", "zoe", program_id="another"), retracted(MEETING, "m4"))
    exported(badge_engine, tmp_path / "kept")
    exported(badge_engine, tmp_path / "afresh", "--recomputed")
    assert (tmp_path / "kept").read_bytes() == (tmp_path / "afresh").read_bytes()


def test_folded_afresh_it_shows_what_storage_lost(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    tell(store, meeting("m1", "ann"))
    with transaction(store) as tx:
        tx.execute("DELETE FROM measures")
    assert exported(badge_engine, tmp_path / "kept") == []
    assert len(exported(badge_engine, tmp_path / "afresh", "--recomputed")) == 1


def test_who_has_nothing_left_is_left_out(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    tell(store, meeting("m1", "ann"))
    tell(store, retracted(MEETING, "m1"))
    for arguments in ((), ("--recomputed",)):
        assert exported(badge_engine, tmp_path / "measures", *arguments) == []


def test_who_has_facts_that_come_to_nothing_is_left_out(
    under: Callable[[str], Engine], badge_engine: Command, tmp_path: Path
) -> None:
    tell(under(ONLY_MINUTES_TEXT), meeting("m1", "ann", duration_minutes=0), meeting("m2", "bob"))
    tell(under(ONLY_MINUTES_TEXT), meeting("m3", "cyd", duration_minutes=1))
    for arguments in ((), ("--recomputed",)):
        (line,) = exported(badge_engine, tmp_path / "measures", *arguments)
        assert (line["participant_id"], line["measures"]) == ("cyd", {"minutes": 1})


def test_sums_are_in_the_units_of_their_field(
    under: Callable[[str], Engine], badge_engine: Command, tmp_path: Path
) -> None:
    engine = under(EVERY_KIND_TEXT)
    tell(engine, meeting("m1", "ann", duration_minutes=45.5), quiz("q1", "ann", score=0.25))
    own, loop = exported(badge_engine, tmp_path / "measures")
    assert own["measures"]["scores"] == 0.25
    assert loop["measures"]["minutes"] == 45.5
    assert loop["measures"]["ratings"] == []


def test_a_file_that_cannot_be_written_is_named(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    ran = badge_engine("measures", "export", "--output", tmp_path / "missing" / "file")
    assert ran.code == 1
    assert "cannot be written" in ran.err
