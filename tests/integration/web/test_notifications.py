"""What people were notified of: the list, what is unread, and who sees it."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.web import noticed
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer
from tests.support.given import kudos

WEN, ANA = participant("acme", "wen"), participant("acme", "ana")
LIST = "/v1/programs/acme/me/notifications"
PAGE = "/p/acme/notifications"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    noticed.clear(empty_surface)
    empty_surface.harness.clear()
    empty_surface.describe(
        described_program("acme", timezone="Pacific/Auckland"),
        described_person("acme", "wen", display_name="Wen Zhao"),
        described_person("acme", "ana", display_name="Ana <Silva>"),
        described_loop("acme", "a", "wen", "ana"),
    )
    return empty_surface


def items(surface: PeopleSurface, who: Role = WEN, query: str = "") -> list[dict[str, Any]]:
    answer = surface.get(LIST + query, who)
    assert answer.status == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["items"]
    return listed


def mark(surface: PeopleSurface, up_to: object, who: Role = WEN) -> WebAnswer:
    headers = {**bearer(who), "Content-Type": "application/json"}
    body = json.dumps({"up_to": up_to}).encode()
    return surface.client.ask("POST", f"{LIST}/read", headers, body)


def bell(surface: PeopleSurface, page: str = "/p/acme/settings") -> int:
    """The number at the bell of a page."""
    text = surface.get(page, WEN).text
    shown = re.search(r'id="bell".*?</a>', text, re.DOTALL)
    assert shown is not None
    number = re.search(r'class="unread" aria-hidden="true">(\d+)', shown[0])
    return int(number[1]) if number else 0


def test_each_is_listed_with_what_it_is_about_latest_first(known: PeopleSurface) -> None:
    noticed.add_award(known, 1, "wen", level="gold", ago=timedelta(hours=3))
    noticed.add_award(known, 2, "wen", "trust", giver="ana", ago=timedelta(hours=2))
    invitation = noticed.add_invitation(known, 3, "wen", "ana", at=known.now - timedelta(hours=1))
    noticed.add_award(known, 4, "ana")

    invited, given, earned = items(known)

    assert (invited["what"], invited["invitation_id"]) == ("invitation", invitation)
    assert [person["display_name"] for person in invited["people"]] == ["Ana <Silva>"]
    assert (given["what"], given["by"]["display_name"]) == ("kudos", "Ana <Silva>")
    assert (earned["what"], earned["badge"], earned["level"]) == ("achievement", "momentum", "gold")
    assert (earned["name"], earned["award_id"]) == ("Momentum", noticed.name_of(1))
    assert [item["read"] for item in (invited, given, earned)] == [False] * 3


def test_a_case_is_named_by_what_moved_to_its_subject_and_to_others(known: PeopleSurface) -> None:
    case = noticed.add_case_news(known, 1, "wen", "decided")
    noticed.add_case_news(known, 2, "wen", "seat", own=False)
    noticed.add_case_news(known, 3, "wen", "below_quorum")
    noticed.add_case_news(known, 4, "ana", "decided")
    assert [(item["what"], item["news"], item["own"]) for item in items(known)] == [
        ("case", "below_quorum", True),
        ("case", "seat", False),
        ("case", "decided", True),
    ]
    page = known.get(PAGE, WEN).text
    assert "The committee has decided about your case" in page
    assert "A case waits for you on the committee&#39;s desk" in page
    assert "Your case has moved" in page
    assert f'href="/p/acme/cases/{case}"' in page
    assert bell(known) == 3


def test_the_bell_counts_what_is_unread_until_it_is_marked(known: PeopleSurface) -> None:
    """Given three notifications, when somebody marks the first two as read, twice, then one is
    left; an award that is no longer held alarms nobody."""
    first, second, _ = (noticed.add_award(known, n, "wen") for n in (1, 2, 3))
    noticed.add_award(known, 4, "wen", gone=True)
    assert bell(known) == 3
    assert mark(known, second).status == 204
    assert bell(known) == 1
    assert mark(known, first).status == 204
    assert bell(known) == 1
    last = known.get(LIST, WEN).json()
    assert (last["unread"], mark(known, last["up_to"]).status) == (1, 204)
    assert bell(known) == 0
    assert all(item["read"] for item in items(known))


def test_nobody_marks_what_is_somebody_elses(known: PeopleSurface) -> None:
    noticed.add_award(known, 1, "wen")
    assert mark(known, 2**53 - 1, ANA).status == 204
    assert bell(known) == 1
    assert items(known, ANA) == []


def test_the_page_says_what_is_new_gone_or_old(known: PeopleSurface) -> None:
    noticed.add_award(known, 1, "wen", level="gold", late=timedelta(days=8))
    noticed.add_award(known, 2, "wen", "certified", gone=True)
    noticed.add_award(known, 3, "wen", "trust", giver="ana", late=timedelta(days=6))
    page = known.get(PAGE, WEN).text
    assert page.count(">New<") == 2
    assert page.count("Earned earlier") == page.count("No longer held") == 1
    assert "Ana &lt;Silva&gt;" in page
    assert "2 unread" in page
    seen = f"up_to={known.get(LIST, WEN).json()['up_to']}".encode()
    answer = known.client.ask("POST", f"{PAGE}/read", {**bearer(WEN), **FORM}, seen)
    assert (answer.status, answer.header("location")) == (303, PAGE)
    assert ">New<" not in known.get(PAGE, WEN).text


def test_days_are_those_of_who_looks(known: PeopleSurface) -> None:
    """It is noon of 29 November in London, and past midnight in Auckland."""
    noticed.add_award(known, 1, "wen", ago=timedelta(minutes=30))
    assert ">30 Nov 2026</h2>" in known.get(PAGE, WEN).text


def test_kudos_lead_to_their_note_if_there_is_one(known: PeopleSurface) -> None:
    place = {"program_id": "acme", "loop_id": "a"}
    known.harness.tell(
        kudos("with", "ana", "wen", "trust", at=1, message="thank you", **place),
        kudos("without", "ana", "wen", "trust", at=2, **place),
    )
    for number, (award, occurrence) in enumerate(
        known.harness.rows("SELECT award_id::text, occurrence FROM awards ORDER BY occurrence")
    ):
        noticed.add_award(known, number, "wen", "trust", giver="ana", award_id=award)
        assert occurrence in ("with", "without")
    assert [item["kudos_id"] for item in items(known)] == [None, "with"]
    page = known.get(PAGE, WEN).text
    assert page.count("Read the note") == 1
    assert known.get("/p/acme/notes/with", WEN).status == 200


def test_pages_follow_each_other_without_loss_or_repeats(known: PeopleSurface) -> None:
    """Given several of the same instant, when they are read one by one, then each comes once."""
    for number in range(1, 8):
        noticed.add_award(known, number, "wen", ago=timedelta(hours=number // 3))
    whole = [item["id"] for item in items(known)]
    paged: list[int] = []
    after = ""
    while True:
        answer = known.get(f"{LIST}?limit=2{after}", WEN).json()
        paged += [item["id"] for item in answer["items"]]
        if answer["next"] is None:
            break
        after = f"&after={answer['next']}"
    assert paged == whole
    assert len(whole) == 7


@pytest.mark.parametrize("up_to", ["7", "x", None, -1, 1.5, True, 2**53, [1]])
def test_what_is_no_id_is_a_fault(known: PeopleSurface, up_to: object) -> None:
    answer = mark(known, up_to)
    assert answer.status == 422
    assert answer.json()["errors"][0]["pointer"] == "/up_to"


@pytest.mark.parametrize("up_to", ["x", "-1", str(2**60)])
def test_a_form_with_what_is_no_id_changes_nothing(known: PeopleSurface, up_to: str) -> None:
    noticed.add_award(known, 1, "wen")
    form = {**bearer(WEN), **FORM}
    answer = known.client.ask("POST", f"{PAGE}/read", form, f"up_to={up_to}".encode())
    assert answer.status == 422
    assert bell(known) == 1


@pytest.mark.parametrize(
    "after", ["x", "WyJ4Il0", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwLjAwMDAwMFoiLCJ4Il0"]
)
def test_what_is_no_cursor_is_a_fault(known: PeopleSurface, after: str) -> None:
    for path in (LIST, PAGE):
        assert known.get(f"{path}?after={after}", WEN).status == 422


def test_highlights_say_what_was_read(known: PeopleSurface) -> None:
    place = {"program_id": "acme", "loop_id": "a"}
    known.harness.tell(*(kudos(f"k{n}", "ana", "wen", "trust", at=n, **place) for n in (1, 2, 3)))
    rows = known.harness.rows("SELECT award_id::text FROM awards ORDER BY occurrence")
    first, _ = (
        noticed.add_award(known, n, "wen", "trust", giver="ana", award_id=rows[n][0])
        for n in (0, 1)
    )
    mark(known, first)
    listed = known.get("/v1/programs/acme/me/highlights", WEN).json()["items"]
    assert [item["read"] for item in listed] == [None, False, True]
