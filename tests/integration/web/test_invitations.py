"""Invitations to thank somebody: which wait, how they are answered, and "not now"."""

import json
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

WEN, ANA, BEN = (participant("acme", name) for name in ("wen", "ana", "ben"))
LIST = "/v1/programs/acme/me/invitations"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGES = ("/p/acme/kudos", "/p/acme/notifications")


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    noticed.clear(empty_surface)
    with empty_surface.harness.transaction() as tx:
        tx.execute("DELETE FROM web.gifts")
    empty_surface.describe(
        described_program("acme"),
        *(described_person("acme", name, display_name=name.title()) for name in ("wen", "ana")),
        described_person("acme", "ben", display_name="Ben <O'Neill>"),
        described_loop("acme", "a", "wen", "ana", "ben"),
        described_loop("acme", "closed", "wen", "ana", state="closed"),
    )
    return empty_surface


def waiting(surface: PeopleSurface, who: Role = WEN) -> list[str]:
    answer = surface.get(LIST, who)
    assert answer.status == 200, answer.text
    return [item["invitation_id"] for item in answer.json()["items"]]


def dismiss(surface: PeopleSurface, invitation: str, who: Role = WEN) -> int:
    path = f"{LIST}/{invitation}/dismiss"
    return surface.client.ask("POST", path, bearer(who)).status


def give(surface: PeopleSurface, key: str, recipient: str = "ana", **more: Any) -> int:
    headers = {
        **bearer(WEN), "Content-Type": "application/json", "Idempotency-Key": key.ljust(16, "-"),
    }  # fmt: skip
    asked = {"loop_id": "a", "recipient_id": recipient, "kind": "trust", **more}
    body = json.dumps(asked).encode()
    return surface.client.ask("POST", "/v1/programs/acme/kudos", headers, body).status


def test_they_say_who_was_met_and_when_and_no_rating(known: PeopleSurface) -> None:
    invitation = noticed.add_invitation(known, 1, "wen", "ben")
    (item,) = known.get(LIST, WEN).json()["items"]
    assert item.keys() == {"invitation_id", "loop_id", "people", "at"}
    assert item["people"][0]["display_name"] == "Ben <O'Neill>"
    for path in PAGES:
        page = known.get(path, WEN).text
        assert "You met <bdi>Ben &lt;O&#39;Neill&gt;</bdi> on Saturday." in page
        assert f"/p/acme/give?whom=a%2Fben&amp;invitation={invitation}" in page
    assert waiting(known, BEN) == []


@pytest.mark.parametrize(
    ("loop", "ago"), [("a", timedelta(days=30)), ("closed", timedelta(days=1))]
)
def test_one_that_is_old_or_of_a_closed_loop_does_not_wait(
    known: PeopleSurface, loop: str, ago: timedelta
) -> None:
    noticed.add_invitation(known, 1, "wen", "ana", loop=loop, at=known.now - ago)
    assert waiting(known) == []
    assert "You met" not in known.get(PAGES[0], WEN).text
    assert "Not now" not in known.get(PAGES[1], WEN).text


def test_not_now_takes_it_off_for_ever_and_may_be_repeated(known: PeopleSurface) -> None:
    first, second = (noticed.add_invitation(known, n, "wen", "ana") for n in (1, 2))
    assert [dismiss(known, first), dismiss(known, first)] == [204, 204]
    assert waiting(known) == [second]
    form = {**bearer(WEN), **FORM}
    path = f"/p/acme/invitations/{second}/dismiss"
    answer = known.client.ask("POST", path, form, b"back=notifications")
    assert (answer.status, answer.header("location")) == (303, "/p/acme/notifications")
    assert waiting(known) == []
    assert known.get("/v1/programs/acme/me/notifications", WEN).json()["unread"] == 0


@pytest.mark.parametrize("back", ["https://evil.example", "//evil", "settings", ""])
def test_not_now_leads_to_no_other_page(known: PeopleSurface, back: str) -> None:
    path = f"/p/acme/invitations/{noticed.add_invitation(known, 1, 'wen', 'ana')}/dismiss"
    answer = known.client.ask("POST", path, {**bearer(WEN), **FORM}, f"back={back}".encode())
    assert answer.status in (303, 422)
    assert (answer.header("location") or "/p/acme/kudos") == "/p/acme/kudos"


def test_nobody_dismisses_what_is_somebody_elses(known: PeopleSurface) -> None:
    invitation = noticed.add_invitation(known, 1, "wen", "ana")
    assert dismiss(known, invitation, ANA) == 404
    assert dismiss(known, noticed.name_of(9)) == 404
    assert waiting(known) == [invitation]


def test_kudos_to_all_its_people_answer_it_as_soon_as_they_are_given(known: PeopleSurface) -> None:
    """Given an invitation to thank two people, when both are given kudos, then it waits no longer,
    though nothing is sent yet; what is undone leaves it waiting."""
    invitation = noticed.add_invitation(known, 1, "wen", "ana", "ben")
    assert give(known, "first", invitation_id=invitation) == 202
    assert waiting(known) == [invitation]
    assert give(known, "second", "ben", invitation_id=invitation) == 202
    assert waiting(known) == []
    assert "2 kudos of yours are on their way." in known.get(PAGES[0], WEN).text
    (gift,) = known.harness.rows("SELECT kudos_id::text FROM web.gifts WHERE recipient = 'ben'")
    known.client.ask("DELETE", f"/v1/programs/acme/kudos/{gift[0]}", bearer(WEN))
    assert waiting(known) == [invitation]


def test_to_give_takes_an_invitation_of_mine_and_no_other(known: PeopleSurface) -> None:
    mine, others = (
        noticed.add_invitation(known, n, who, "ana") for n, who in ((1, "wen"), (2, "ben"))
    )
    old = noticed.add_invitation(known, 3, "wen", "ben", at=known.now - timedelta(days=99))
    assert give(known, "of-others", invitation_id=others) == 404
    assert give(known, "of-nobody", invitation_id=noticed.name_of(9)) == 404
    assert known.harness.rows("SELECT FROM web.gifts") == []
    assert give(known, "mine", invitation_id=mine) == 202
    assert give(known, "used", invitation_id=mine) == 202
    assert give(known, "old", "ben", invitation_id=old) == 202


def test_the_form_chooses_whom_an_invitation_names(known: PeopleSurface) -> None:
    invitation = noticed.add_invitation(known, 1, "wen", "ana")
    page = known.get(f"/p/acme/give?whom=a%2Fana&invitation={invitation}", WEN).text
    assert f'name="invitation" value="{invitation}"' in page
    assert 'value="a/ana" data-given="Ana" checked' in page
