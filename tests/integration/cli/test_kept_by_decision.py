"""What is kept by decision is shown and counted like any other award, and marked."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.catalog import loader
from engine.store.generations import catalogs
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.test_board import badges_of, board_of
from tests.support.catalogs import ONLY_MINUTES_TEXT
from tests.support.given import KUDOS as KUDOS_TYPE
from tests.support.given import kudos, meeting, quiz, retracted


def keep(engine: Engine, where: str) -> None:
    """As a replay's `keep` leaves awards that its catalog does not justify."""
    with transaction(engine) as tx:
        assert tx.execute(f"UPDATE awards SET standing = true, decided = true WHERE {where}")


@pytest.fixture
def kudos_kept(store: Engine) -> None:
    """Ann has kudos k1 (kept), k2 in one loop, and k3 (kept) in another."""
    tell(
        store,
        kudos("k1", "dan", "ann", "trust"),
        kudos("k2", "dan", "ann", "trust"),
        kudos("k3", "dan", "ann", "trust", loop_id="other"),
    )
    tell(
        store,
        retracted(KUDOS_TYPE, "k1"),
        retracted(KUDOS_TYPE, "k3", loop_id="other"),
    )
    keep(store, "occurrence IN ('k1', 'k3')")


@pytest.mark.usefixtures("kudos_kept")
def test_kudos_kept_by_decision_are_counted_on_boards(badge_engine: Command) -> None:
    whole = board_of(badge_engine)
    trust = badges_of(whole, "loop", "ann")["trust"]
    assert (trust["count"], trust["total"]) == (2, 3)
    assert [held["by_decision"] for held in trust["held"]] == [True]
    only = board_of(badge_engine, "--loop", "loop")
    assert badges_of(only, "loop", "ann")["trust"] == trust
    out = badge_engine("board", "--program", "program", "--loop", "loop").out
    assert "Trust\N{NO-BREAK SPACE}2 (1 kept by decision)" in out


@pytest.mark.usefixtures("kudos_kept")
def test_kudos_kept_by_decision_are_counted_and_named_by_explain(badge_engine: Command) -> None:
    ran = badge_engine(
        "explain", "--program", "program", "--participant", "ann", "--badge", "trust"
    )
    assert "received 2, 1 of them kept by decision" in ran.out  # in the loop
    assert "received 1, 1 of them kept by decision" in ran.out  # in the other


def test_progress_towards_a_level_that_is_kept_is_named_as_such(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(1, 11)])
    tell(store, *(retracted("mentoring.meeting.completed.v1", f"m{n}") for n in (1, 2, 3)))
    keep(store, "badge = 'momentum' AND level = 'silver'")
    out = badge_engine("board", "--program", "program").out
    assert "silver, kept by decision · 7/10 to earn silver" in out


@pytest.fixture
def under_another_catalog(store: Engine) -> None:
    """Ann's momentum bronze and her course are kept, under a catalog that has neither."""
    tell_all(store, [*(meeting(f"m{n}", "ann", at=n) for n in range(1, 6)), quiz("q1", "ann")])
    keep(store, "badge IN ('momentum', 'mentorloop-certified')")
    with transaction(store) as tx:
        row = catalogs.store(tx, loader.parse(ONLY_MINUTES_TEXT))
        tx.execute("UPDATE generations SET catalog = %s", row)
        tx.execute("DELETE FROM measures")
        tx.execute("DELETE FROM people")


@pytest.mark.usefixtures("under_another_catalog")
def test_a_badge_that_is_gone_from_the_catalog_is_on_the_board_of_who_holds_it(
    badge_engine: Command,
) -> None:
    for arguments in ((), ("--loop", "loop")):
        found = badges_of(board_of(badge_engine, *arguments), "loop", "ann")
        assert found["momentum"]["name"] == "Momentum"
        assert [held["level"] for held in found["momentum"]["held"]] == ["bronze"]
        assert found["mentorloop-certified"]["held"][0]["by_decision"]
    out = badge_engine("board", "--program", "program").out
    assert "bronze, kept by decision" in out


@pytest.mark.usefixtures("under_another_catalog")
def test_a_badge_that_is_gone_from_the_catalog_is_explained(badge_engine: Command) -> None:
    ask = ("explain", "--program", "program", "--participant")
    ran = badge_engine(*ask, "ann", "--badge", "momentum")
    assert ran.code == 0, ran.err
    assert "no longer has this badge" in ran.out
    assert "bronze in loop loop, stands, kept by decision (revision 1)" in ran.out
    assert "Momentum (momentum)" in ran.out
    ran = badge_engine(*ask, "ben", "--badge", "momentum")
    assert (ran.code, ran.out) == (2, "")
    assert "no badge is called momentum; there are" in ran.err


@pytest.mark.usefixtures("under_another_catalog")
def test_what_is_kept_is_exported(badge_engine: Command, tmp_path: Path) -> None:
    for arguments, number in (((), 2), (("--recomputed",), 0)):
        file = tmp_path / "awards.jsonl"
        assert badge_engine("awards", "export", "--output", file, *arguments).code == 0
        assert len(file.read_text().splitlines()) == number
