"""The pages of notes: for their recipient, and for a coordinator who says why."""

import re

import pytest

from tests.integration.web.people_surface import PeopleSurface, Role, coordinator, participant
from tests.integration.web.test_notes import entries, known
from tests.support.asgi import WebAnswer

__all__ = ["known"]

WEN, ANA, BOSS = participant("acme", "wen"), participant("acme", "ana"), coordinator("acme")
ALL = "/p/acme/notes/all"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


class Browser:
    """Somebody signed in, who follows where they are sent."""

    def __init__(self, surface: PeopleSurface, *held: Role) -> None:
        self._surface = surface
        self._cookie = {"cookie": f"__Host-badges={surface.sign_in(*held)}"}

    def get(self, path: str) -> WebAnswer:
        return self._surface.get(path, **self._cookie)

    def send(self, path: str, body: str) -> WebAnswer:
        answer = self._surface.client.ask("POST", path, {**self._cookie, **FORM}, body.encode())
        return self.get(answer.header("location") or "") if answer.status == 303 else answer


def texts(page: WebAnswer) -> list[str]:
    assert page.status == 200, page.text
    return re.findall(r'<p class="note-text"[^>]*>([^<]*)</p>', page.text)


def test_my_notes_are_shown_with_their_lines_and_who_wrote_them(known: PeopleSurface) -> None:
    page = Browser(known, WEN).get("/p/acme/notes")
    assert texts(page) == ["fourth", "third", "first\nline two"]
    assert "Ana Silva" in page.text
    assert page.text.count("Not opened by a coordinator.") == 3


def test_a_coordinator_says_once_a_session_why_they_look(known: PeopleSurface) -> None:
    boss = Browser(known, BOSS)
    asked = boss.get(ALL)
    assert texts(asked) == []
    assert "Why do you open private notes?" in asked.text
    assert entries(known) == []

    opened = boss.send(ALL, "purpose=&words=to+help+ben")
    assert texts(opened) == ["to ana", "fourth", "third", "first\nline two"]
    assert texts(boss.get(f"{ALL}?loop=b")) == ["fourth"]
    assert [(e.reason, e.details["kudos_ids"]) for e in entries(known)] == [
        ("to help ben", ["k6", "k4", "k3", "k1"]),
        ("to help ben", ["k4"]),
    ]
    assert "Seen by coordinators: 2 times, last on 30 Nov 2026" in (
        Browser(known, WEN).get("/p/acme/notes").text
    )
    assert "Why do you" in Browser(known, BOSS).get(ALL).text
    assert "Why do you" in boss.send(ALL, "change=true").text


@pytest.mark.parametrize("body", ["", "purpose=", "words=++", f"words={'x' * 201}"])
def test_without_a_purpose_the_page_asks_again(known: PeopleSurface, body: str) -> None:
    answer = Browser(known, BOSS).send(ALL, body)
    assert answer.status == 422
    assert "Choose a purpose" in answer.text
    assert entries(known) == []


def test_reported_notes_come_first_and_only_once(known: PeopleSurface) -> None:
    wen = Browser(known, WEN)
    page = wen.send("/p/acme/notes/k1/report", "")
    assert "The note is reported" in page.text
    boss = Browser(known, BOSS)
    shown = boss.send(ALL, "purpose=A+complaint")
    assert texts(shown) == ["first\nline two", "to ana", "fourth", "third"]
    assert len(entries(known)) == 1
    assert texts(boss.get(f"{ALL}?reported=true")) == ["first\nline two"]


def test_a_bad_date_opens_nothing(known: PeopleSurface) -> None:
    boss = Browser(known, BOSS)
    boss.send(ALL, "purpose=A+complaint")
    answer = boss.get(f"{ALL}?from=soon")
    assert answer.status == 422
    assert "Give dates as" in answer.text
    assert len(entries(known)) == 1


@pytest.mark.parametrize("path", [ALL, "/p/acme/notes/k1", "/p/acme/notes/nothing"])
def test_who_may_not_look_finds_nothing(known: PeopleSurface, path: str) -> None:
    assert Browser(known, ANA).get(path).status == 404


def test_one_note_has_a_page_of_its_own(known: PeopleSurface) -> None:
    assert texts(Browser(known, WEN).get("/p/acme/notes/k3")) == ["third"]


def test_a_coordinator_who_takes_no_part_finds_the_notes_and_the_way_out(
    known: PeopleSurface,
) -> None:
    boss = Browser(known, BOSS)
    first = boss.get("/").header("location")
    assert first == "/p/acme/overview"
    assert f'href="{ALL}"' in boss.get(first).text
    page = boss.get(ALL).text
    assert 'href="/p/acme/highlights"' not in page
    assert "/sign-out" in page
