"""My progress: the API and the pages of a small program of stages, on a real database."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.web.people_surface import (
    PeopleSurface,
    coordinator,
    described_person,
    participant,
    surface,
)
from tests.integration.web.recognised import (
    CATALOG,
    PROGRAM,
    assessed,
    decided,
    met,
    rated,
    reviewed,
    trained,
)
from tests.support.databases import new_database
from tests.support.given import retracted

_API = f"/v1/programs/{PROGRAM}"
_REVIEW = "mentoring.review.submitted.v1"


@pytest.fixture(scope="module")
def guild(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    """A program of stages. imani has nearly everything, noor a panel of two, nina nothing, rosa a
    stage that ends soon, lena one that has ended."""
    folder: Path = tmp_path_factory.mktemp("guild")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        surface(url, folder, CATALOG) as there,
    ):
        there.describe(
            *(
                described_person(
                    PROGRAM, name, display_name=f"{name.title()} Adeyemi", given_name=name.title(),
                    roles=["mentor"],
                )
                for name in ("imani", "noor", "nina", "rosa", "lena")
            ),
            described_person(PROGRAM, "lee", display_name="Lee Brandt", roles=["mentee"]),
        )  # fmt: skip
        there.harness.tell(
            met("m-1", "imani"),
            trained("clinic", "imani", 6),
            assessed("a-1", "imani", "lee", "baseline", 8),
            assessed("a-2", "imani", "lee", "final", 12, at=9),
            rated("s-1", "lee", "imani", 4),
            met("m-2", "noor"),
            met("m-3", "rosa", at="2024-01-01T10:00:00Z"),
            met("m-4", "lena", at="2022-01-01T10:00:00Z"),
        )
        there.govern(
            *(reviewed(f"r-{seat}", "imani", "p-1", seat, 3) for seat in (1, 2, 3)),
            *(reviewed(f"n-{seat}", "noor", "p-2", seat, 2 + seat % 2) for seat in (1, 2, 3)),
            retracted(_REVIEW, "n-3", program_id=PROGRAM, participant_id="noor"),
            decided("d-1", "rosa", at="2024-12-20T10:00:00Z"),
            decided("d-2", "lena", at="2023-01-10T10:00:00Z"),
        )
        yield there


def mine(guild: PeopleSurface, name: str, query: str = "") -> dict[str, Any]:
    answer = guild.get(f"{_API}/me/recognition{query}", participant(PROGRAM, name))
    assert answer.status == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def page(guild: PeopleSurface, name: str, path: str = "progress") -> str:
    """The text of a page, without its markup."""
    cookie = f"__Host-badges={guild.sign_in(participant(PROGRAM, name))}"
    answer = guild.get(f"/p/{PROGRAM}/{path}", cookie=cookie)
    assert answer.status == 200, answer.text
    assert answer.header("cache-control") == "private, no-store"
    return text_of(answer.text)


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def behind(guild: PeopleSurface, name: str, line: str, query: str = "") -> dict[str, Any]:
    target = f"{_API}/me/recognition/proficient-mentor/facts?line={line}{query}"
    answer = guild.get(target, participant(PROGRAM, name))
    assert answer.status == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_the_next_stage_is_a_checklist_with_how_much_there_is(guild: PeopleSurface) -> None:
    answer = mine(guild, "imani")
    assert [stage["stage"] for stage in answer["stages"]] == [
        "apprentice-mentor", "proficient-mentor",
    ]  # fmt: skip
    assert answer["current"] == "apprentice-mentor"
    asked = answer["next"]
    assert (asked["stage"], asked["met"], asked["open"]) == ("proficient-mentor", False, 2)
    held, gain, practice, either, rating = asked["lines"]
    assert (held["kind"], held["title"], held["met"]) == ("holds", "Apprentice Mentor", True)
    assert (gain["have"], gain["need"], gain["sample"], gain["sample_needed"]) == ("4", "3", 1, 2)
    assert (practice["have"], practice["panels"], practice["met"]) == ("3", 1, True)
    assert [(part["have"], part["need"]) for part in either["parts"]] == [("6", "10"), ("1", "40")]
    assert (rating["met"], rating["have"], rating["withheld"]) == (True, None, True)
    assert answer["renewal"] is None


def test_a_coordinator_sees_the_same_of_a_mentor(guild: PeopleSurface) -> None:
    answer = guild.get(f"{_API}/mentors/imani/recognition", coordinator(PROGRAM))
    assert answer.json() == mine(guild, "imani")
    facts = f"{_API}/mentors/imani/recognition/proficient-mentor/facts?line=1"
    assert guild.get(facts, coordinator(PROGRAM)).json() == behind(guild, "imani", "1")


def test_as_of_an_earlier_instant_later_facts_do_not_exist(guild: PeopleSurface) -> None:
    before = mine(guild, "imani", "?as_of=2026-03-03T23:00:00Z")
    _, gain, practice, *_ = before["next"]["lines"]
    assert (gain["have"], gain["sample"], practice["have"]) == (None, 0, None)
    assert before["as_of"] == "2026-03-03T23:00:00.000000Z"
    none = mine(guild, "imani", "?as_of=2026-02-01T00:00:00Z")
    assert (none["current"], none["next"]["stage"]) == (None, "apprentice-mentor")


def test_a_stage_that_comes_by_itself_asks_what_its_badge_asks(guild: PeopleSurface) -> None:
    answer = mine(guild, "nina")
    assert (answer["current"], answer["next"]["stage"]) == (None, "apprentice-mentor")
    (meetings,) = answer["next"]["lines"]
    assert (meetings["have"], meetings["need"], meetings["met"]) == ("0", "1", False)
    shown = page(guild, "nina")
    assert "No stage yet." in shown
    assert "The one line is open" in shown
    assert "This is where your way through the stages begins" in shown
    assert "1 more meeting would close this." in shown


def test_the_facts_behind_a_line_are_named_in_words_with_the_learner(guild: PeopleSurface) -> None:
    answer = behind(guild, "imani", "1")
    assert (answer["total"], answer["next"], answer["panels"]) == (2, None, [])
    assert [
        (fact["id"], fact["kind"], fact["details"][:2], fact["learner"]["display_name"])
        for fact in answer["facts"]
    ] == [
        ("a-1", "a portfolio was assessed", ["baseline", "8 of 24"], "Lee Brandt"),
        ("a-2", "a portfolio was assessed", ["final", "12 of 24"], "Lee Brandt"),
    ]
    first = behind(guild, "imani", "1", "&limit=1")
    second = behind(guild, "imani", "1", f"&limit=1&after={first['next']}")
    assert [fact["id"] for of in (first, second) for fact in of["facts"]] == ["a-1", "a-2"]
    assert second["next"] is None


def test_over_reviews_panels_are_shown_and_never_a_review(guild: PeopleSurface) -> None:
    answer = behind(guild, "imani", "2")
    assert answer["facts"] == []
    assert answer["panels"] == [
        {
            "closed_at": "2026-03-04T10:00:00.000000Z", "reviews": 3, "score": "3",
            "rows": [{"row": "care", "mean": "3"}, {"row": "growth", "mean": "3"}],
        }
    ]  # fmt: skip
    for text in (str(answer), page(guild, "imani"), str(mine(guild, "imani"))):
        assert not re.search(r"r-[123]|p-1|seat", text)


def test_a_panel_below_three_shows_no_mean_anywhere(guild: PeopleSurface) -> None:
    line = mine(guild, "noor")["next"]["lines"][2]
    assert (line["sample"], line["have"], line["withheld"], line["percent"]) == (2, None, True, 0)
    (panel,) = behind(guild, "noor", "2")["panels"]
    assert (panel["reviews"], panel["score"], panel["rows"]) == (2, None, [])
    shown = page(guild, "noor")
    assert "number withheld, 2.5 needed" in shown
    assert "2.5 on average" not in shown


def test_the_page_says_what_is_open_and_what_would_help(guild: PeopleSurface) -> None:
    shown = page(guild, "imani")
    assert "your progress Apprentice Mentor" in shown
    assert "2 of 5 lines are open" in shown
    assert "1 more before-and-after pair is needed before this counts." in shown
    assert "4 more credits would close this." in shown
    assert "3 lines are met" in shown
    assert "A portfolio was assessed of Lee Brandt" in shown
    assert "Always Learning Bronze" in shown


def test_a_term_has_its_last_day_where_the_program_is(guild: PeopleSurface) -> None:
    answer = mine(guild, "rosa")
    assert (answer["current"], answer["next"]) == ("proficient-mentor", None)
    held = answer["stages"][1]
    assert (held["valid_until"], held["last_day"]) == ("2026-12-20T23:00:00.000000Z", "2026-12-20")
    assert (held["renewal_opens"], held["renewal_open"]) == ("2026-09-22", True)
    assert answer["stages"][0]["in_good_standing"]
    (credits,) = answer["renewal"]["lines"]
    assert (credits["have"], credits["need"], credits["months"]) == ("0", "2", 12)
    shown = page(guild, "rosa")
    assert "Proficient Mentor, valid until 20 December 2026" in shown
    assert "Its renewal is open now." in shown
    assert "There is no further stage" in shown


def test_a_stage_that_has_ended_can_be_renewed_late(guild: PeopleSurface) -> None:
    answer = mine(guild, "lena")
    assert (answer["current"], answer["next"]) == ("apprentice-mentor", None)
    assert answer["renewal"]["stage"] == "proficient-mentor"
    assert not answer["stages"][1]["in_good_standing"]
    shown = page(guild, "lena")
    assert "Was valid until 10 Jan 2025" in shown
    assert "ended on 10 January 2025. It can still be renewed." in shown


def test_any_stage_can_be_asked_for(guild: PeopleSurface) -> None:
    answer = mine(guild, "rosa", "?stage=proficient-mentor")
    assert (answer["next"]["stage"], answer["renewal"]) == ("proficient-mentor", None)
    assert len(answer["next"]["lines"]) == 5


def test_the_facts_have_a_page_of_their_own(guild: PeopleSurface) -> None:
    shown = page(guild, "imani", "progress/proficient-mentor/facts?line=3.0")
    assert "What counts for: Credits" in shown
    assert "A course was completed · clinic, 6 credits" in shown


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?as_of=yesterday", "/query/as_of"),
        ("?stage=grand-mentor", "/query/stage"),
        ("/proficient-mentor/facts?line=9", "/query/line"),
        ("/proficient-mentor/facts?line=3", "/query/line"),
        ("/proficient-mentor/facts?line=1&after=0x", "/query/after"),
        ("/proficient-mentor/facts", "/query/line"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(
    guild: PeopleSurface, query: str, pointer: str
) -> None:
    answer = guild.get(f"{_API}/me/recognition{query}", participant(PROGRAM, "imani"))
    assert answer.status == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


def test_where_there_is_nobody_or_no_such_stage_nothing_is_found(guild: PeopleSurface) -> None:
    for path in ("mentors/nobody/recognition", "mentors/imani/recognition/grand/facts?line=0"):
        assert guild.get(f"{_API}/{path}", coordinator(PROGRAM)).status == 404
    assert guild.get(f"{_API}/rubrics/practice/2", coordinator(PROGRAM)).status == 404


def test_rubrics_say_what_counts_them(guild: PeopleSurface) -> None:
    practice, unused = guild.get(f"{_API}/rubrics", participant(PROGRAM, "nina")).json()["items"]
    assert (practice["rubric"], practice["version"], len(practice["rows"])) == ("practice", 1, 2)
    assert practice["rows"][0]["levels"][4] == "opens doors"
    assert [(use["stage"], use["renewal"]) for use in practice["used_by"]] == [
        ("proficient-mentor", False)
    ]
    assert "practice score" in practice["used_by"][0]["words"]
    assert unused["used_by"] == []
    one = guild.get(f"{_API}/rubrics/unused/2", participant(PROGRAM, "nina"))
    assert one.json() == unused
    shown = page(guild, "imani", "rubrics")
    assert "Practice, version 1" in shown
    assert "Unused, version 2" in shown
    assert "No line of a stage asks for it at present." in shown


def test_the_frame_leads_mentors_of_programs_with_stages_there(guild: PeopleSurface) -> None:
    assert "My progress" in page(guild, "imani", "kudos")
    assert "My progress" not in page(guild, "lee", "kudos")
    board = guild.get(
        f"/p/{PROGRAM}/people/imani/board",
        cookie=f"__Host-badges={guild.sign_in(coordinator(PROGRAM))}",
    )
    assert f"/p/{PROGRAM}/people/imani/progress" in board.text


def test_a_program_without_stages_has_no_progress(empty_surface: PeopleSurface) -> None:
    who = participant("acme", "ana")
    assert empty_surface.get("/v1/programs/acme/me/recognition", who).status == 404
    assert empty_surface.get("/v1/programs/acme/rubrics", who).json() == {"items": []}
    cookie = f"__Host-badges={empty_surface.sign_in(who)}"
    assert empty_surface.get("/p/acme/progress", cookie=cookie).status == 404
    assert "My progress" not in empty_surface.get("/p/acme/kudos", cookie=cookie).text
