"""`catalog`: a file is checked, shown, and its texts changed; what decides is never changed so."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.catalog import loader
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.support.given import MENTORLOOP

SHIPPED = loader.SHIPPED / "mentorloop.yaml"


def changed(folder: Path, old: str, new: str) -> Path:
    """The shipped catalog with a text replaced, in a file of its own."""
    text = SHIPPED.read_text()
    assert old in text
    file = folder / "changed.yaml"
    file.write_text(text.replace(old, new))
    return file


def test_a_good_file_is_told_with_its_digest(badge_engine: Command) -> None:
    ran = badge_engine("catalog", "check", SHIPPED)
    assert (ran.code, ran.err) == (0, "")
    assert "ok: mentorloop version 1" in ran.out
    assert MENTORLOOP.digest in ran.out


def test_a_loop_badge_over_facts_that_may_have_no_loop_is_warned_of(
    badge_engine: Command, tmp_path: Path
) -> None:
    file = tmp_path / "wish.yaml"
    file.write_text(
        """
catalog: wish
version: 1
measures:
  quizzes: {event: mentoring.quiz.passed.v1, who: participant_id, aggregate: count}
badges:
  quizzer: {name: Quizzer, description: Passes, criterion: {at_least: {quizzes: 3}}}
  scholar: {name: S, description: S, scope: program, criterion: {at_least: {quizzes: 3}}}
"""
    )
    ran = badge_engine("catalog", "check", file)
    assert (ran.code, "ok: wish version 1" in ran.out) == (0, True)
    (warning,) = ran.err.splitlines()
    assert warning.startswith("warning: badge `quizzer` belongs to a loop, but facts of measure ")
    assert "those never count for it" in warning


def test_a_level_that_can_be_held_without_the_one_below_is_warned_of(
    badge_engine: Command, tmp_path: Path
) -> None:
    file = tmp_path / "steps.yaml"
    file.write_text(
        """
catalog: steps
version: 1
measures:
  surveys: {event: mentoring.survey.submitted.v1, who: respondent_id, aggregate: count}
  meetings: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
badges:
  steps:
    name: Steps
    description: Of different things
    levels:
      bronze: {at_least: {surveys: 1}}
      silver: {at_least: {meetings: 3}}
      gold: {all_of: [{at_least: {meetings: 4}}, {at_least: {surveys: 1}}]}
  ways:
    name: Ways
    description: Of which one will do
    levels:
      one: {any_of: [{at_least: {surveys: 1}}, {at_least: {meetings: 1}}]}
      two: {at_least: {meetings: 2}}
  over: {name: O, description: O, levels: {a: {at_least: {surveys: 1}}, b: {holds: [ways]}}}
"""
    )
    ran = badge_engine("catalog", "check", file)
    assert ran.code == 0
    assert ran.err == (
        "warning: level `silver` of badge `steps` does not ask for measure `surveys`, as `bronze` "
        "below it does: it can be held without `bronze`\n"
    )


def test_a_name_and_version_that_the_database_has_otherwise_is_warned_of(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    file = changed(tmp_path, "rating: {equals: 5}", "rating: {equals: 4}")
    ran = badge_engine("catalog", "check", file)
    assert (ran.code, "ok: mentorloop version 1" in ran.out) == (0, True)
    label = f"mentorloop version 1 ({MENTORLOOP.digest[:12]})"
    assert ran.err == (
        f"warning: the database has another catalog called {label}, which decides differently: "
        "give this one a version of its own\n"
    )
    file.write_text(file.read_text().replace("version: 1", "version: 2"))
    assert badge_engine("catalog", "check", file).err == ""


def test_a_check_does_without_a_database(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    ran = badge_engine("catalog", "check", SHIPPED)
    assert (ran.code, "ok: mentorloop version 1" in ran.out) == (0, True)
    assert ran.err.startswith("warning: not compared with the catalogs in the database: ")


def test_every_fault_is_named_with_its_line(badge_engine: Command, tmp_path: Path) -> None:
    file = changed(tmp_path, "who: attendee_ids", "who: everybody")
    file.write_text(file.read_text().replace("momentum:", "momentum:\n    nmae: x"))
    ran = badge_engine("catalog", "check", file)
    assert (ran.code, ran.out) == (2, "")
    assert f"{file}:9: measure `meetings_attended` who" in ran.err
    assert "has no `nmae`" in ran.err


def test_a_file_that_is_not_there_is_named(badge_engine: Command, tmp_path: Path) -> None:
    ran = badge_engine("catalog", "check", tmp_path / "none.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "none.yaml: cannot be read" in ran.err


def test_a_catalog_is_shown_in_words(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    for arguments in ((), ("mentorloop",), (SHIPPED,)):
        ran = badge_engine("catalog", "show", *arguments)
        assert ran.code == 0
        for badge in MENTORLOOP.badges:
            assert badge.title in ran.out
            for level in badge.levels:
                assert level.criterion.words()[:50] in ran.out
        assert "where survey is post_meeting, for its respondent_id" in ran.out


def test_an_unknown_catalog_is_unusable(badge_engine: Command) -> None:
    ran = badge_engine("catalog", "show", "mentorlop")
    assert (ran.code, ran.out) == (2, "")
    assert "no such catalog" in ran.err


def test_the_digest_is_that_of_what_decides(badge_engine: Command) -> None:
    line = badge_engine("catalog", "show", "--json").out.rstrip("\n")
    assert hashlib.sha256(line.encode()).hexdigest() == MENTORLOOP.digest
    assert "momentum" in json.loads(line)["badges"]


def test_texts_are_changed_where_decisions_stay(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    file = changed(tmp_path, "name: Momentum", "name: Staying with it")
    ran = badge_engine("catalog", "retext", file)
    assert ran.code == 0, ran.err
    assert ran.out == "texts of mentorloop version 1 updated\nprograms under it: none\n"
    with transaction(store) as tx:
        assert tx.rows("SELECT text FROM catalogs") == [(file.read_text(),)]
        tx.execute(
            "INSERT INTO programs (program, generation) "
            "SELECT p, generation FROM default_generation, unnest('{north,east}'::text[]) p"
        )
    assert badge_engine("catalog", "retext", SHIPPED).out.endswith(
        "programs under it: east, north\n"
    )


def test_what_would_decide_differently_is_named_and_refused(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    file = changed(
        tmp_path,
        "bronze: {at_least: {meetings_attended: 5}}",
        "brass: {at_least: {meetings_attended: 5}}",
    )
    file.write_text(file.read_text().replace("rating: {equals: 5}", "rating: {equals: 4}"))
    ran = badge_engine("catalog", "retext", file)
    assert (ran.code, ran.out) == (1, "")
    assert "momentum brass: new, meetings_attended at least 5" in ran.err
    assert "momentum bronze: gone, was meetings_attended at least 5" in ran.err
    assert "measure top_ratings: counts otherwise" in ran.err
    assert "excellence" not in ran.err
    with transaction(store) as tx:
        assert tx.rows("SELECT text FROM catalogs") == [(MENTORLOOP.text,)]
