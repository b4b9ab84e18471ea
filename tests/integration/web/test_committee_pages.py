"""The pages of the committee over real cases: who is shown what, and what a form does."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.web.governed import (
    CHAIR,
    ON_CASE,
    OTHER_MEMBER,
)
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    participant,
)
from tests.integration.web.privacy import PERSON, SELF_MATCH, Planted, plant
from tests.support.asgi import WebAnswer

P = f"/p/{SELF_MATCH}"
ABOUT = "mentorloop-certified"
COORDINATOR = coordinator(SELF_MATCH)


@pytest.fixture(scope="module")
def everybody(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


@pytest.fixture
def surface(everybody: Planted) -> PeopleSurface:
    return everybody.surface


@pytest.fixture
def planted(everybody: Planted) -> tuple[str, str]:
    """A case that was declined, and the appeal against it."""
    return everybody.cases[SELF_MATCH]


def get(surface: PeopleSurface, path: str, who: str = PERSON) -> WebAnswer:
    return surface.get(P + path, participant(SELF_MATCH, who))


def post(
    surface: PeopleSurface,
    path: str,
    role: Role | str,
    fields: Mapping[str, object] | None = None,
    **claims: Any,
) -> WebAnswer:
    who = participant(SELF_MATCH, role) if isinstance(role, str) else role
    headers = bearer(who, **claims) | {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(fields or {}, doseq=True).encode()
    return surface.client.ask("POST", P + path, headers, body)


def test_whom_a_case_is_about_reads_how_it_was_decided_and_finds_the_appeal(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    answer = get(surface, f"/cases/{planted[0]}")

    assert answer.status == 200
    assert "Declined" in answer.text
    assert f"{P}/cases/{planted[1]}" in answer.text
    assert f"{P}/cases/{planted[0]}" in get(surface, "/progress").text


def test_a_member_is_sent_to_the_desk_and_others_find_nothing(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    sent = get(surface, f"/cases/{planted[1]}", ON_CASE)

    assert (sent.status, sent.header("location")) == (303, f"{P}/desk/{planted[1]}")
    for who in (OTHER_MEMBER, CHAIR, "olga"):
        assert get(surface, f"/cases/{planted[1]}", who).status == 404
    assert get(surface, "/desk", "olga").status == 404
    assert get(surface, "/cases", OTHER_MEMBER).status == 404
    assert get(surface, f"/desk/{planted[1]}", OTHER_MEMBER).status == 404


def test_only_who_has_a_desk_is_led_to_one(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    surface.move(seconds=61)

    assert f'href="{P}/desk"' in get(surface, "/kudos", ON_CASE).text
    assert f'href="{P}/desk"' not in get(surface, "/kudos", "olga").text


def test_the_desk_names_nobody(surface: PeopleSurface, planted: tuple[str, str]) -> None:
    for path in ("/desk", f"/desk/{planted[1]}"):
        answer = get(surface, path, ON_CASE)
        assert answer.status == 200, path
        assert "Xanthi" not in answer.text
        assert PERSON not in answer.text


def test_a_name_is_shown_for_a_reason(surface: PeopleSurface, planted: tuple[str, str]) -> None:
    path = f"/desk/{planted[1]}"

    assert post(surface, f"{path}/unblind", ON_CASE).status == 422
    assert "Xanthippe" not in get(surface, path, ON_CASE).text

    assert post(surface, f"{path}/unblind", ON_CASE, {"reason": "to be fair"}).status == 303
    assert "Xanthippe" in get(surface, path, ON_CASE).text


def test_signing_asks_to_sign_in_again_and_keeps_what_was_written(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    path = f"/desk/{planted[1]}"
    shown = get(surface, path, ON_CASE)
    assert f"/sign-in?again=1&amp;next={P}{path}" in shown.text

    fresh = {"auth_time": int(surface.now.timestamp())}
    page = surface.get(P + path, participant(SELF_MATCH, ON_CASE))
    assert page.status == 200
    digest = re.findall(r'name="pack" value="([0-9a-f]{64})"', _fresh(surface, path).text)[0]
    fields = {"pack": digest, "outcome": "rejected", "statement": "All of <it> stands."}

    again = post(surface, f"{path}/sign", ON_CASE, fields)
    assert again.status == 401
    assert "All of &lt;it&gt; stands.</textarea>" in again.text

    without = post(surface, f"{path}/sign", ON_CASE, fields | {"statement": " "}, **fresh)
    assert without.status == 422
    assert "Write your reasons: this outcome needs them." in without.text

    signed = post(surface, f"{path}/sign", ON_CASE, fields, **fresh)
    assert (signed.status, signed.header("location")) == (303, f"{P}/desk?done=signed")
    assert "You signed: appeal rejected" in get(surface, path, ON_CASE).text


def _fresh(surface: PeopleSurface, path: str) -> WebAnswer:
    """A page as somebody sees it who has just signed in."""
    who = bearer(participant(SELF_MATCH, ON_CASE), auth_time=int(surface.now.timestamp()))
    return surface.client.ask("GET", P + path, who)


def test_a_case_is_applied_for_once_and_withdrawn_from_its_page(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    page = get(surface, "/progress", "gwen").text
    assert f'name="about" value="{ABOUT}"' in page
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    fields = {"about": ABOUT, "key": key, "reason": "I was <away>."}

    sent = [post(surface, "/cases", "gwen", fields) for _ in range(2)]
    other = post(surface, "/cases", "gwen", fields | {"key": ""})

    assert [one.header("location") for one in sent] == [f"{P}/cases/{key}?done=applied"] * 2
    assert other.header("location") == f"{P}/progress?refused=already-open"
    assert (
        "There is an open case for this already."
        in get(surface, "/progress?refused=already-open", "gwen").text
    )
    case = get(surface, f"/cases/{key}", "gwen")
    assert "I was &lt;away&gt;." in case.text
    assert post(surface, f"/cases/{key}/appeals", "gwen", {"text": " "}).status == 422
    assert post(surface, f"/cases/{key}/withdraw", PERSON).status == 404
    assert post(surface, f"/cases/{key}/withdraw", "gwen").status == 303
    assert "You have withdrawn it" in get(surface, f"/cases/{key}", "gwen").text


def test_a_coordinator_keeps_the_people_of_the_committee(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    added = post(surface, "/committee", COORDINATOR, {"participant": "paul", "roles": "bench"})
    assert (added.status, added.header("location")) == (303, f"{P}/committee?done=saved")

    changed = {"roles": ["bench"], "term_until": "2027-06-30", "version": 1}
    answers = [post(surface, "/committee/paul", COORDINATOR, changed) for _ in range(2)]
    assert [one.header("location") for one in answers] == [
        f"{P}/committee?done=saved", f"{P}/committee?done=changed",
    ]  # fmt: skip
    bad = post(surface, "/committee/paul", COORDINATOR, changed | {"term_until": "soon"})
    assert bad.status == 422
    assert "30 Jun 2027" in surface.get(f"{P}/committee", COORDINATOR).text


def test_somebody_changes_of_their_own_part_only_leave_and_employer(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    version = {"version": 1}

    assert post(surface, f"/committee/{CHAIR}", OTHER_MEMBER, version).status == 404
    mine = version | {"leave_until": "2026-12-24", "roles": ["auditor"]}
    assert post(surface, f"/committee/{OTHER_MEMBER}", OTHER_MEMBER, mine).status == 303

    page = get(surface, "/committee", OTHER_MEMBER).text
    assert "On leave until 24 Dec 2026" in page
    ((roles,),) = surface.harness.rows(
        "SELECT roles FROM governance.people WHERE program = %s AND participant = %s",
        SELF_MATCH, OTHER_MEMBER,
    )  # fmt: skip
    assert roles == ["member"]


def test_a_conflict_is_declared_and_ended_by_who_is_in_it(
    surface: PeopleSurface, planted: tuple[str, str]
) -> None:
    fields = {"other": "olga", "why": "family"}

    assert post(surface, "/committee/conflicts/declared", "gwen", fields).status == 303
    assert "End it" in get(surface, "/committee", "gwen").text
    ended = {"one": "gwen", "other": "olga", "why": "family"}
    assert post(surface, "/committee/conflicts/ended", "olga", ended).status == 409
    assert post(surface, "/committee/conflicts/ended", "gwen", ended).status == 303
    assert "End it" not in get(surface, "/committee", "gwen").text
    alone = post(surface, "/committee/conflicts/declared", "gwen", fields | {"other": "gwen"})
    assert alone.status == 422
