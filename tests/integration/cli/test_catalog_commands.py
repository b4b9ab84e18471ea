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


# What mentorloop is warned of: it counts milestones in loops, and some are completed in none.
MILESTONES = "warning: badge `mentorloop-champion` belongs to a loop, but facts of measure "


@pytest.mark.parametrize("catalog", [SHIPPED, "mentorloop"])
def test_a_good_catalog_is_told_with_its_digest(badge_engine: Command, catalog: Path | str) -> None:
    ran = badge_engine("catalog", "check", catalog)
    (warning,) = ran.err.splitlines()
    assert (ran.code, warning[: len(MILESTONES)]) == (0, MILESTONES)
    assert "ok: mentorloop version 1" in ran.out
    assert MENTORLOOP.digest in ran.out


def test_a_strict_check_allows_no_warning(badge_engine: Command, tmp_path: Path) -> None:
    ran = badge_engine("catalog", "check", "--strict", "mentorloop")
    assert (ran.code, "ok: mentorloop version 1" in ran.out) == (1, True)
    assert [line[:20] for line in ran.err.splitlines()] == [MILESTONES[:20], "error: warnings: 1; "]
    file = tmp_path / "good.yaml"
    file.write_text(
        """
catalog: good
version: 1
measures: {met: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}}
badges: {met: {name: M, description: M, criterion: {at_least: {met: 1}}}}
"""
    )
    ran = badge_engine("catalog", "check", "--strict", file)
    assert (ran.code, ran.err) == (0, "")
    file.write_text("catalog: bad")
    assert badge_engine("catalog", "check", "--strict", file).code == 2


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


def test_a_name_and_version_that_the_database_has_otherwise_is_warned_of(
    store: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    file = changed(tmp_path, "rating: {equals: 5}", "rating: {equals: 4}")
    ran = badge_engine("catalog", "check", file)
    assert (ran.code, "ok: mentorloop version 1" in ran.out) == (0, True)
    label = f"mentorloop version 1 ({MENTORLOOP.digest[:12]})"
    assert ran.err.splitlines()[1:] == [
        f"warning: the database has another catalog called {label}, which decides differently: "
        "give this one a version of its own"
    ]
    assert badge_engine("catalog", "check", "--strict", file).code == 1
    file.write_text(file.read_text().replace("version: 1", "version: 2"))
    assert len(badge_engine("catalog", "check", file).err.splitlines()) == 1


def test_a_check_does_without_a_database(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    ran = badge_engine("catalog", "check", SHIPPED)
    assert (ran.code, "ok: mentorloop version 1" in ran.out) == (0, True)
    assert ran.err.splitlines()[1].startswith(
        "warning: not compared with the catalogs in the database: "
    )


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
    assert "none.yaml:0: no such catalog: neither a file nor a name that ships" in ran.err
    ran = badge_engine("catalog", "check", tmp_path)
    assert (ran.code, "cannot be read" in ran.err) == (2, True)


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
