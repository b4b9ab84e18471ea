"""The public page of a shared award, as anybody finds it: while it is shared, and after."""

import base64
import html
import re
from datetime import date
from io import BytesIO
from threading import Event, Thread

import pytest
from PIL import Image

from credentials import card
from credentials.artwork.drawing import Art
from tests.integration.limits.counting import counted
from tests.integration.web.people_surface import PeopleSurface, bearer, described_program, service
from tests.integration.web.sharing import (
    LOOP,
    NOTE,
    WEN,
    awards,
    begin,
    put,
    stop,
    withdraw_kudos,
    withdraw_meeting,
)
from tests.support.asgi import WebAnswer
from web.sharing.cards import CardMemory, CardOfAward

UNKNOWN = "2" * 22
BELOW = ("", ".png", ".png?v=1", "/credential.jwt", "/badge.png")


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    begin(empty_surface)
    return empty_surface


def shared(surface: PeopleSurface, badge: str = "momentum", *, show_name: bool = False) -> str:
    """The path of the page of an award that is shared."""
    answer = put(surface, awards(surface)[badge], show_name=show_name)
    assert answer.status == 201, answer.text
    return f"/a/{answer.json()['share_id']}"


def meta(answer: WebAnswer) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', answer.text)
    return {name: html.unescape(content) for name, content in found}


def test_a_shared_award_is_there_for_anybody_without_a_session(known: PeopleSurface) -> None:
    """Given a shared award, when a stranger opens its page, then badge, level, program, day and
    criterion are on it, and no cookie is set."""
    answer = known.get(shared(known))
    assert answer.status == 200
    for text in ("Momentum, bronze", "a participant of", "Acme Mentoring", "5 Mar 2026",
                 "Meetings attended: 5", "/verify"):  # fmt: skip
        assert text in answer.text
    assert "set-cookie" not in {name for name, _ in answer.headers}
    assert "Wen" not in answer.text


def test_a_name_is_shown_only_if_its_holder_shows_it(known: PeopleSurface) -> None:
    path = shared(known)
    assert (meta(known.get(path))["robots"], "Wen Zhao" in known.get(path).text) == (
        "noindex",
        False,
    )
    put(known, awards(known)["momentum"], show_name=True)
    answer = known.get(path)
    assert "Wen Zhao" in answer.text
    assert "robots" not in meta(answer)


def test_the_page_says_what_is_shown_where_it_is_linked(known: PeopleSurface) -> None:
    path = shared(known)
    known_of = meta(known.get(path))
    url = f"https://badges.example{path}"
    assert known_of["og:type"] == "website"
    assert known_of["og:title"] == known_of["twitter:title"] == "Momentum, bronze · Acme Mentoring"
    assert "Meetings attended: 5" in known_of["og:description"]
    assert known_of["og:url"] == url
    assert (known_of["og:image:width"], known_of["og:image:height"]) == ("1200", "627")
    assert known_of["og:image:alt"] == "Momentum, bronze, a badge of Acme Mentoring"
    assert known_of["twitter:card"] == "summary_large_image"
    picture = known_of["og:image"]
    assert picture.startswith(f"{url}.png?v=")
    put(known, awards(known)["momentum"], show_name=True)
    assert meta(known.get(path))["og:image"] != picture


def test_the_picture_is_of_the_size_that_is_said_whatever_version_is_asked_for(
    known: PeopleSurface,
) -> None:
    path = shared(known)
    for query in ("", "?v=anything"):
        answer = known.get(f"{path}.png{query}")
        assert answer.status == 200
        assert answer.header("content-type") == "image/png"
        assert (answer.header("cache-control") or "").startswith("public, max-age=")
        assert Image.open(BytesIO(answer.body)).size == (1200, 627)
        assert len(answer.body) < 1_000_000


@pytest.mark.parametrize("badge", ["momentum", "trust"])
def test_nothing_public_says_who_gave_it_where_or_why(known: PeopleSurface, badge: str) -> None:
    """Given an award shared with the name of its holder, then no byte of what is public has the
    award's id, its giver, loop, note, evidence or holder's address."""
    award, path = awards(known)[badge], shared(known, badge, show_name=True)
    for answer in (known.get(f"{path}{below}") for below in BELOW):
        assert answer.status == 200
        for secret in (award, "Ana Silva", LOOP, "tomatoes", NOTE, "wen@example.org"):
            assert secret.encode() not in answer.body
    signed = known.get(f"{path}/credential.jwt").text.split(".")[1]
    texts = (known.get(path).text, base64.urlsafe_b64decode(f"{signed}==").decode())
    for secret in ("ana", "Ana", "k1", "evidence", "wen@", LOOP, award):
        assert not any(re.search(rf"\b{re.escape(secret)}", text) for text in texts)


def gone(surface: PeopleSurface, path: str) -> list[tuple[int, str]]:
    """The answers to whatever is under an address, each with its heading."""
    answers = [surface.get(f"{path}{below}") for below in BELOW]
    return [
        (answer.status, "".join(re.findall(r"<h1>(.*?)</h1>", answer.text))) for answer in answers
    ]


def test_a_page_that_its_holder_ended_says_so(known: PeopleSurface) -> None:
    path = shared(known, show_name=True)
    stop(known, awards(known)["momentum"])
    assert gone(known, path) == [(410, "This badge is no longer shown")] * len(BELOW)
    assert "Wen" not in known.get(path).text
    assert "Momentum" not in known.get(path).text


@pytest.mark.parametrize("badge", ["momentum", "trust"])
def test_a_page_of_what_is_no_longer_held_says_so_at_once(known: PeopleSurface, badge: str) -> None:
    """Given an award that was revoked, when its page is looked at before anything has followed
    that, then it has ended."""
    path = shared(known, badge)
    withdraw_meeting(known)
    withdraw_kudos(known)
    assert gone(known, path) == [(410, "This badge is no longer held")] * len(BELOW)


def test_a_page_of_somebody_erased_says_nothing_of_why(known: PeopleSurface) -> None:
    path = shared(known, show_name=True)
    erase = "/v1/programs/acme/people/wen/personal-data"
    known.client.ask("DELETE", erase, bearer(service("acme")))
    assert gone(known, path) == [(410, "This page is gone")] * len(BELOW)


def test_a_program_without_public_pages_shows_none_meanwhile(known: PeopleSurface) -> None:
    """Given a shared award, when its program allows no public pages, then the page is gone; when it
    allows them again, the page is back."""
    path = shared(known)
    for allowed in (False, True):
        sharing = {"public_pages": allowed}
        known.describe(described_program("acme", name="Acme Mentoring", sharing=sharing))
        assert known.get(path).status == (200 if allowed else 410)


@pytest.mark.parametrize(
    "path",
    [f"/a/{UNKNOWN}", f"/a/{UNKNOWN}.png", "/a/short", "/a/%00", "/a/0OIl", f"/a/{'2' * 99}"],
)
def test_what_was_never_shared_is_not_found(known: PeopleSurface, path: str) -> None:
    answer = known.get(path)
    assert answer.status == 404
    assert "This page does not exist" in answer.text


def test_a_share_that_ends_while_it_is_read_is_whole_or_gone(known: PeopleSurface) -> None:
    """Given readers of a page, when it is shared and ended again and again meanwhile, then each
    answer is the whole page or that it is gone."""
    path, award = shared(known), awards(known)["momentum"]
    seen, done = set(), Event()

    def read() -> None:
        while not done.is_set():
            answer = known.get(path)
            seen.add((answer.status, "Momentum, bronze" in answer.text))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for show_name in (True, False, True):
        put(known, award, show_name=show_name)
    stop(known, award)
    seen.add((known.get(path).status, False))
    done.set()
    for reader in readers:
        reader.join()
    assert seen <= {(200, True), (410, False)}
    assert known.client.crashes == []


def test_a_public_page_takes_few_statements(known: PeopleSurface) -> None:
    path = shared(known, show_name=True)
    known.get(path)
    with counted() as statements:
        known.get(path)
    assert statements.total() <= 5


def test_a_picture_is_drawn_once_for_what_it_shows(known: PeopleSurface) -> None:
    """Given a memory of two pictures, when three are asked for, then each is drawn once until it is
    the oldest."""
    drawn: list[str] = []

    def draw(text: card.CardText, art: object) -> bytes:
        drawn.append(text.name)
        return text.name.encode()

    def wanted(name: str) -> CardOfAward:
        text = card.CardText(name, None, None, "P", date(2026, 3, 5), "all")
        return CardOfAward(text, Art("trust", "kudos"))

    memory = CardMemory(draw, kept=2)
    for name in ("a", "a", "b", "a", "c", "b", "a"):
        assert memory.png(wanted(name)) == name.encode()
    assert drawn == ["a", "b", "c", "a"]


def test_the_sheet_shares_and_ends_without_script(known: PeopleSurface) -> None:
    """Given an award, when its holder makes it public by the form and stops it again, then the
    sheet has its link in between."""
    award = awards(known)["momentum"]
    sheet = f"/p/acme/awards/{award}/share"
    headers = {**bearer(WEN), "Content-Type": "application/x-www-form-urlencoded"}
    assert "Make public" in known.get(sheet, WEN).text

    answer = known.client.ask("POST", sheet, headers, b"show_name=true")

    assert (answer.status, answer.header("location")) == (303, sheet)
    shown = known.get(sheet, WEN).text
    (share_id,) = set(re.findall(r"https://badges\.example/a/(\w{22})\b", shown))
    assert "Wen Zhao" in known.get(f"/a/{share_id}").text
    assert "linkedin.com/profile/add" in shown
    known.client.ask("POST", f"{sheet}/stop", headers, b"")
    assert "Make public" in known.get(sheet, WEN).text
    assert known.get(f"/a/{share_id}").status == 410


def test_the_sheet_says_why_nothing_can_be_shared(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    sheet = f"/p/acme/awards/{award}/share"
    headers = {**bearer(WEN), "Content-Type": "application/x-www-form-urlencoded"}
    withdraw_meeting(known)
    assert "You do not hold this badge now" in known.get(sheet, WEN).text
    assert known.client.ask("POST", sheet, headers, b"").status == 409
    known.describe(described_program("acme", name="Acme", sharing={"public_pages": False}))
    assert "Your program has no public pages" in known.get(sheet, WEN).text
    assert known.client.ask("POST", sheet, headers, b"").status == 422
