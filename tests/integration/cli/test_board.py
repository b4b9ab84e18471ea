"""`board`: a coordinator sees who holds what in each loop, since when, and what comes next."""

import json
from typing import Any

from sqlalchemy import Engine

from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell, tell_all
from tests.integration.cli.people import STORY
from tests.support.given import MEETING, kudos, meeting, retracted


def board_of(badge_engine: Command, *arguments: str) -> dict[str, Any]:
    ran = badge_engine("board", "--program", "program", "--json", *arguments)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def badges_of(found: dict[str, Any], loop: str | None, who: str) -> dict[str, Any]:
    (people,) = (item["participants"] for item in found["loops"] if item["loop_id"] == loop)
    (person,) = (item for item in people if item["participant_id"] == who)
    return {badge["badge"]: badge for badge in person["badges"]}


def test_levels_held_stand_with_the_dates_announced(store: Engine, badge_engine: Command) -> None:
    tell_all(store, STORY)
    momentum = badges_of(board_of(badge_engine), "loop", "ann")["momentum"]
    assert [(held["level"], held["awarded_at"][:10]) for held in momentum["held"]] == [
        ("bronze", "2026-03-05"),
        ("silver", "2026-03-10"),
        ("gold", "2026-03-15"),
    ]
    assert momentum["next"] is None


def test_progress_is_that_of_the_lowest_level_not_held(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(1, 8)])
    found = badges_of(board_of(badge_engine), "loop", "ann")
    assert found["momentum"]["next"] == {"level": "silver", "have": 7, "need": 10}
    assert found["growing-together"]["next"] == {"level": None, "have": 1, "need": 2}


def test_kudos_are_counted_in_the_loop_and_in_the_program(
    store: Engine, badge_engine: Command
) -> None:
    tell(
        store,
        kudos("k1", "dan", "ann", "trust"),
        kudos("k2", "dan", "ann", "trust", loop_id="other"),
    )
    trust = badges_of(board_of(badge_engine), "loop", "ann")["trust"]
    assert (trust["count"], trust["total"]) == (1, 2)


def test_a_badge_of_the_program_shows_in_every_loop_and_for_who_is_in_none(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    found = board_of(badge_engine)
    held = [
        badges_of(found, loop, who)["mentorloop-certified"]["held"][0]["awarded_at"][:10]
        for loop, who in (("loop", "ann"), (None, "cyd"))
    ]
    assert held == ["2026-03-03", "2026-03-04"]
    assert [item["loop_id"] for item in found["loops"]] == ["loop", None]


def test_what_a_retraction_took_is_not_shown(store: Engine, badge_engine: Command) -> None:
    tell_all(store, [meeting(f"m{n}", "ann", at=n) for n in range(1, 6)])
    tell(store, retracted(MEETING, "m3"))
    momentum = badges_of(board_of(badge_engine), "loop", "ann")["momentum"]
    assert momentum["held"] == []
    assert momentum["next"] == {"level": "bronze", "have": 4, "need": 5}


def test_the_table_says_it_in_words_within_a_hundred_columns(
    store: Engine, badge_engine: Command
) -> None:
    tell_all(store, STORY)
    ran = badge_engine("board", "--program", "program", "--loop", "loop")
    assert ran.code == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "loop · 3 participants" in lines
    assert "ann Excellence gold 2026-03-09" in lines
    assert "bob Excellence 1/3 to bronze" in lines
    assert "Mentorloop Certified –" in lines
    assert "Kudos Trust 1 · Networking 1 · Expertise 1 · Commitment 1 · Creativity 1" in " ".join(
        lines
    )
    assert max(map(len, ran.out.splitlines())) <= 100
    assert "cyd" not in ran.out


def test_names_that_look_like_markup_are_shown_as_they_are(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, meeting("m1", "[red]ann[/]", ":smile:"))
    out = badge_engine("board", "--program", "program").out
    assert "[red]ann[/]" in out
    assert ":smile:" in out


def test_an_unknown_program_or_loop_is_said(store: Engine, badge_engine: Command) -> None:
    tell_all(store, STORY)
    unknown = badge_engine("board", "--program", "nobody's")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no program is called nobody's" in unknown.err
    unknown = badge_engine("board", "--program", "program", "--loop", "other")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no loop called other" in unknown.err
