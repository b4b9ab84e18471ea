"""What people choose: of what they hear, where and when, through the API and the page."""

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.web import noticed
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer

WEN = participant("acme", "wen")
PREFERENCES, PAGE = "/v1/programs/acme/me/preferences", "/p/acme/settings"
PLAIN = {"timezone": None, "appearance": "auto"}
ALL = {"achievement": True, "kudos": True, "invitation": True, "recognition": True}
WHOLE = [("whole", "true"), ("quiet", "true"), ("quiet_from", "21:30"), ("quiet_to", "07:00")]


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    noticed.clear(empty_surface)
    empty_surface.describe(
        described_program("acme"),
        described_person("acme", "wen", display_name="Wen Zhao", email="wen@example.org"),
    )
    return empty_surface


def put(known: PeopleSurface, **chosen: Any) -> WebAnswer:
    headers = {**bearer(WEN), "Content-Type": "application/json", "If-Match": "*"}
    body = json.dumps({**PLAIN, **chosen}).encode()
    return known.client.ask("PUT", PREFERENCES, headers, body)


def chosen(known: PeopleSurface) -> dict[str, Any]:
    answer: dict[str, Any] = known.get(PREFERENCES, WEN).json()
    return answer


def send(known: PeopleSurface, *fields: tuple[str, str]) -> WebAnswer:
    form = {**bearer(WEN), "Content-Type": "application/x-www-form-urlencoded"}
    return known.client.ask("POST", PAGE, form, urlencode(fields).encode())


def test_somebody_who_has_chosen_nothing_hears_of_all_but_at_night(known: PeopleSurface) -> None:
    assert chosen(known) == {
        **PLAIN,
        "email": dict.fromkeys(ALL, "now"),
        "in_app": ALL,
        "quiet_hours": {"from": "20:00", "to": "08:00"},
    }


def test_what_is_chosen_is_answered_and_what_is_left_out_stays(known: PeopleSurface) -> None:
    email = {"achievement": "now", "kudos": "off", "invitation": "off", "recognition": "off"}
    in_app = {**ALL, "achievement": False}
    assert put(known, email=email, quiet_hours=None).status == 200
    assert put(known, in_app=in_app).status == 200
    now = chosen(known)
    assert (now["email"], now["in_app"], now["quiet_hours"]) == (email, in_app, None)
    hours = {"from": "23:59", "to": "00:00"}
    assert put(known, quiet_hours=hours).json()["quiet_hours"] == hours


def test_who_does_not_know_of_cases_leaves_what_was_chosen_about_them(
    known: PeopleSurface,
) -> None:
    put(known, email={**chosen(known)["email"], "recognition": "off"})
    before = {"achievement": "off", "kudos": "now", "invitation": "now"}
    assert put(known, email=before).json()["email"] == {**before, "recognition": "off"}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"quiet_hours": {"from": "25:00", "to": "08:00"}}, "/quiet_hours/from"),
        ({"quiet_hours": {"from": "20:00", "to": "8:00"}}, "/quiet_hours/to"),
        ({"quiet_hours": {"from": "20:00"}}, "/quiet_hours/to"),
        ({"quiet_hours": {"start": "20:00", "to": "08:00"}}, "/quiet_hours/start"),
        ({"quiet_hours": "never"}, "/quiet_hours"),
        ({"email": {"achievement": "weekly", "kudos": "off", "invitation": "off"}},
         "/email/achievement"),
        ({"email": {"achievement": "now", "kudos": "now"}}, "/email/invitation"),
        ({"in_app": {**ALL, "gossip": True}}, "/in_app/gossip"),
        ({"in_app": {**ALL, "kudos": "off"}}, "/in_app/kudos"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_named_and_changes_nothing(
    known: PeopleSurface, wrong: dict[str, Any], pointer: str
) -> None:
    answer = put(known, **wrong)
    assert answer.status == 422
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]]
    assert chosen(known)["quiet_hours"] == {"from": "20:00", "to": "08:00"}


def test_the_form_stores_what_is_checked(known: PeopleSurface) -> None:
    answer = send(known, *WHOLE, ("in_app", "kudos"), ("email", "kudos"), ("email", "invitation"))
    assert answer.status == 303
    now = chosen(known)
    assert now["in_app"] == {**dict.fromkeys(ALL, False), "kudos": True}
    assert now["email"] == {**dict.fromkeys(ALL, "off"), "kudos": "now", "invitation": "now"}
    assert now["quiet_hours"] == {"from": "21:30", "to": "07:00"}
    page = known.get(PAGE, WEN).text
    assert 'value="21:30"' in page
    assert page.count('type="checkbox"') == 9
    assert page.count(" checked>") == 5  # three, quiet hours, and the appearance


def test_the_menu_changes_the_appearance_alone(known: PeopleSurface) -> None:
    put(known, email=dict.fromkeys(ALL, "off"))
    assert send(known, ("appearance", "dark"), ("back", "/p/acme/kudos")).status == 303
    now = chosen(known)
    assert now["appearance"] == "dark"
    assert {*now["email"].values()} == {"off"}
    assert now["quiet_hours"] == {"from": "20:00", "to": "08:00"}


@pytest.mark.parametrize("time", ["25:00", "", "8", "20:00:00", "20:00\n"])
def test_a_form_with_no_time_of_day_says_so_and_keeps_the_rest(
    known: PeopleSurface, time: str
) -> None:
    answer = send(
        known, *WHOLE[:2], ("quiet_from", time), ("quiet_to", "07:00"), ("email", "kudos")
    )
    assert answer.status == 422
    assert 'id="quiet_from-fault">Give a time of day' in answer.text
    assert 'name="email" value="kudos" checked' in answer.text
    assert 'name="email" value="invitation" checked' not in answer.text
    assert chosen(known)["email"]["invitation"] == "now"


def test_a_form_with_an_unknown_category_is_refused(known: PeopleSurface) -> None:
    assert send(known, *WHOLE, ("email", "gossip")).status == 422
    assert chosen(known)["email"]["kudos"] == "now"


def test_an_address_that_is_refused_is_named_until_it_is_another(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO notify.bad_addresses VALUES ('acme', 'wen', %s, %s, 'no such user')",
            hashlib.sha256(b"wen@example.org").digest(), known.now,
        )  # fmt: skip
    page = known.get(PAGE, WEN).text
    assert "Since 29 Nov 2026 your e-mail address has not accepted" in page
    assert "wen@example.org" not in page
    known.describe(described_person("acme", "wen", email="new@example.org"))
    assert "has not accepted" not in known.get(PAGE, WEN).text
