"""Whose loops somebody sees, and what of them: left ones, many, undescribed ones, odd dates."""

from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
    service,
)
from tests.support.given import kudos, meeting

API = "/v1/programs/{}/me"


def names_of(loop: dict[str, object], key: str) -> list[str]:
    people = loop[key]
    assert isinstance(people, list)
    return [person["display_name"] for person in people]


def test_somebody_who_left_a_loop_sees_its_badges_and_no_longer_its_people(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.describe(
        *(described_person("left", name) for name in ("wen", "ana", "newbie")),
        described_loop("left", "circle", "ana", "newbie", name="Circle", state="closed"),
    )
    empty_surface.harness.tell(
        meeting("m1", "wen", "ana", "newbie", program_id="left", loop_id="circle")
    )
    me = participant("left", "wen")

    answer = empty_surface.get(f"{API.format('left')}/badges", me)
    (loop,) = answer.json()["loops"]
    assert (loop["name"], loop["state"], loop["partners"]) == ("Circle", "closed", [])
    alone = empty_surface.get(f"{API.format('left')}/badges?loop=circle", me).json()["loops"]
    assert alone == [loop]
    assert empty_surface.get(f"{API.format('left')}/partners", me).json()["loops"] == []


def test_a_loop_far_down_the_list_is_shown_as_described(empty_surface: PeopleSurface) -> None:
    names = [f"l{number:02}" for number in range(30)]
    empty_surface.describe(
        *(described_person("many", name) for name in ("wen", "ana")),
        *(described_loop("many", name, "wen", "ana", name=name, state="closed") for name in names),
    )
    me = participant("many", "wen")
    for query in ("loop=l28", "loop=l05&limit=1"):
        (loop,) = empty_surface.get(f"{API.format('many')}/badges?{query}", me).json()["loops"]
        assert (loop["name"], loop["state"]) == (loop["loop_id"], "closed")
        assert len(names_of(loop, "partners")) == 1
    cookie = f"__Host-badges={empty_surface.sign_in(me)}"
    page = empty_surface.get("/p/many/kudos?loop=l29", cookie=cookie)
    assert page.status == 200
    assert "This loop is closed" in page.text


def test_the_levels_of_a_badge_are_those_of_the_best_loop_after_many_later_awards(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.harness.tell(
        *(meeting(f"a{n}", "wen", "ana", at=1, program_id="old", loop_id="a") for n in range(15)),
        *(
            meeting(f"{loop}-{n}", "wen", "bob", at=2, program_id="old", loop_id=f"b{loop:02}")
            for loop in range(60)
            for n in range(5)
        ),
    )
    me = participant("old", "wen")
    detail = empty_surface.get(f"{API.format('old')}/badges/momentum", me).json()
    assert detail["loop_id"] == "a"
    assert [level["held"] is not None for level in detail["levels"]] == [True, True, True]
    assert (len(detail["recent"]), detail["total"]) == (50, 63)


def test_somebody_inactive_is_no_partner_in_a_loop_that_nobody_described(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.describe(described_person("plain", "gone", active=False))
    empty_surface.harness.tell(
        meeting("m1", "wen", "ana", "gone", program_id="plain", loop_id="circle")
    )
    answer = empty_surface.get(f"{API.format('plain')}/partners", participant("plain", "wen"))
    (loop,) = answer.json()["loops"]
    assert names_of(loop, "people") == ["Participant na"]


def test_the_first_and_the_last_day_of_the_calendar_are_shown(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.describe(described_person("ages", "wen", timezone="America/New_York"))
    empty_surface.harness.tell(
        kudos("k1", "ana", "wen", "trust", at="0001-01-01T00:00:00Z", program_id="ages")
    )
    cookie = f"__Host-badges={empty_surface.sign_in(participant('ages', 'wen'))}"
    for page in ("kudos", "highlights", "kudos/trust"):
        assert empty_surface.get(f"/p/ages/{page}", cookie=cookie).status == 200, page


def test_a_zone_that_the_form_does_not_list_is_still_the_chosen_one(
    empty_surface: PeopleSurface,
) -> None:
    me = participant("zones", "wen")
    answer = empty_surface.client.ask(
        "PUT",
        f"{API.format('zones')}/preferences",
        {**bearer(me), "If-Match": "*", "Content-Type": "application/json"},
        b'{"timezone": "Etc/GMT+5", "appearance": "dark"}',
    )
    assert answer.status == 200
    cookie = f"__Host-badges={empty_surface.sign_in(me)}"
    page = empty_surface.get("/p/zones/settings", cookie=cookie)
    assert '<option value="Etc/GMT+5" selected>' in page.text


def test_the_switcher_leads_to_the_programs_one_has_to_do_with_and_to_no_other(
    empty_surface: PeopleSurface,
) -> None:
    names = ("mine", "coordinated", "served", "others")
    empty_surface.describe(*map(described_program, names))
    who = (participant("mine", "wen"), coordinator("coordinated"), service("served"))
    cookie = f"__Host-badges={empty_surface.sign_in(*who)}"
    page = empty_surface.get("/p/mine/kudos", cookie=cookie).text
    assert [name for name in names if f'href="/p/{name}"' in page] == ["mine", "coordinated"]


def test_an_unknown_person_is_unknown_on_every_page_of_their_loops(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.describe(described_program("known"))
    for query in ("", "?after=a"):
        path = f"/v1/programs/known/people/nobody/badges{query}"
        assert empty_surface.get(path, coordinator("known")).status == 404


def test_a_program_alone_leads_to_its_kudos_page(empty_surface: PeopleSurface) -> None:
    cookie = f"__Host-badges={empty_surface.sign_in(participant('short', 'wen'))}"
    answer = empty_surface.get("/p/short", cookie=cookie)
    assert (answer.status, answer.header("location")) == (303, "/p/short/kudos")


def test_a_badge_that_is_not_held_is_shown_in_the_loop_where_it_is_nearest(
    empty_surface: PeopleSurface,
) -> None:
    empty_surface.harness.tell(
        *(meeting(f"a{n}", "wen", "ana", program_id="near", loop_id="a") for n in range(1)),
        *(meeting(f"b{n}", "wen", "bob", program_id="near", loop_id="b") for n in range(4)),
    )
    me = participant("near", "wen")
    detail = empty_surface.get(f"{API.format('near')}/badges/momentum", me).json()
    assert (detail["loop_id"], detail["levels"][0]["progress"]) == ("b", {"have": 4, "need": 5})
    champion = empty_surface.get(f"{API.format('near')}/badges/mentorloop-champion", me).json()
    words = [part["criterion"] for part in champion["levels"][0]["parts"][1]["parts"]]
    assert words == [
        "Excellence, gold", "Momentum, gold", "Growing Together", "Mentorloop Certified",
    ]  # fmt: skip
