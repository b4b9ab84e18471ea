"""The pages to give kudos: what is missing or not possible is named, and a form gives once."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from tests.integration.web.gifts import PROGRAM, as_, plant_loops
from tests.integration.web.people_surface import PeopleSurface, participant
from tests.support.asgi import WebAnswer

GIVE, GIVEN = f"/p/{PROGRAM}/give", f"/p/{PROGRAM}/given"
WEN = "loop-gwen/wen"


@pytest.fixture(scope="module")
def surface(empty_surface: PeopleSurface) -> PeopleSurface:
    plant_loops(empty_surface)
    return empty_surface


def get(surface: PeopleSurface, path: str, who: str = "gwen") -> WebAnswer:
    program = path.split("/")[2]
    return surface.client.ask("GET", path, as_(surface, participant(program, who)))


def post(
    surface: PeopleSurface, path: str, fields: Mapping[str, str] | None = None, who: str = "gwen"
) -> WebAnswer:
    program = path.split("/")[2]
    headers = as_(surface, participant(program, who))
    headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    return surface.client.ask("POST", path, headers, urlencode(fields or {}).encode())


def key_of(answer: WebAnswer) -> str:
    return str(re.findall(r'name="key" value="([^"]+)"', answer.text)[0])


def given(surface: PeopleSurface) -> list[str]:
    """The ids of what Gwen gave, latest first."""
    return re.findall(r'id="gift-([^"]+)"', get(surface, GIVEN).text)


def test_a_form_that_is_sent_twice_gives_once(surface: PeopleSurface) -> None:
    before = given(surface)
    fields = {"whom": WEN, "kind": "trust", "key": key_of(get(surface, GIVE))}

    answers = [post(surface, GIVE, fields) for _ in range(2)]

    assert [(answer.status, answer.header("location")) for answer in answers] == [(303, GIVEN)] * 2
    assert len(given(surface)) == len(before) + 1


def test_every_form_has_a_key_of_its_own(surface: PeopleSurface) -> None:
    assert key_of(get(surface, GIVE)) != key_of(get(surface, GIVE))


def test_a_form_that_was_sent_and_changed_gets_a_new_key_and_keeps_what_it_has(
    surface: PeopleSurface,
) -> None:
    fields = {"whom": WEN, "kind": "networking", "key": key_of(get(surface, GIVE))}
    post(surface, GIVE, fields)

    changed = post(surface, GIVE, fields | {"kind": "expertise", "note": "for <you>"})

    assert changed.status == 422
    assert "Send again to give these as well." in changed.text
    assert 'value="expertise" aria-labelledby="kind-3" aria-describedby="about-3" checked' in (
        changed.text
    )
    assert "for &lt;you&gt;</textarea>" in changed.text
    assert post(surface, GIVE, fields | {"kind": "expertise", "key": key_of(changed)}).status == 303


def test_what_is_not_chosen_is_named_with_a_link_to_it(surface: PeopleSurface) -> None:
    answer = post(surface, GIVE, {"key": "k" * 32, "note": "x" * 2_001})
    assert answer.status == 422
    for field, text in (
        ("whom", "Choose whom you want to thank."),
        ("kind", "Choose what you thank them for."),
        ("note", "Your note has 2,001 characters; at most 2,000 can be sent."),
    ):
        assert f'<a href="#{field}">{text}</a>' in answer.text
        assert f'aria-describedby="{field}-fault"' in answer.text or field == "note"
    assert key_of(answer) == "k" * 32
    assert "x" * 2_001 in answer.text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"whom": "loop-gwen/left"}, "This person is not in that loop any more."),
        ({"whom": "elsewhere/wen"}, "This person is not in that loop any more."),
        ({"whom": "nowhere/nobody"}, "This person is not in that loop any more."),
        ({"whom": "closed/wen"}, "This loop is closed."),
        ({"whom": "loop-gwen/gwen"}, "Kudos are for others."),
        ({"whom": "%00/wen"}, "Choose whom you want to thank."),
        ({"kind": "momentum"}, "Your program no longer has this one."),
        ({"kind": "\x00"}, "Your program no longer has this one."),
        ({"note": "a\x07b"}, "This note cannot be sent."),
        ({"note": "a\x00b"}, "This note cannot be sent."),
        ({"invitation": "no uuid", "kind": "x"}, "Your program no longer has this one."),
    ],
)
def test_what_cannot_be_given_says_why(
    surface: PeopleSurface, fields: Mapping[str, str], text: str
) -> None:
    before = given(surface)
    answer = post(surface, GIVE, {"whom": WEN, "kind": "creativity", **fields})
    assert answer.status in (404, 422)
    assert text in answer.text
    assert given(surface) == before


def test_a_note_of_exactly_2000_characters_with_lines_is_sent(surface: PeopleSurface) -> None:
    """Browsers send a line's end as two characters, and people count one."""
    note = "\r\n".join(["é" * 999, "é" * 1_000])
    assert post(surface, GIVE, {"whom": WEN, "kind": "commitment", "note": note}).status == 303


def test_a_note_is_never_shown_again(surface: PeopleSurface) -> None:
    note = "only for Wen to read"
    post(surface, GIVE, {"whom": WEN, "kind": "commitment", "note": note})
    for page in (GIVE, GIVEN):
        assert note not in get(surface, page).text


def test_the_fourth_of_a_kind_in_a_day_says_when_it_can_be_given(surface: PeopleSurface) -> None:
    fields = {"whom": WEN, "kind": "creativity"}
    assert [post(surface, GIVE, fields).status for _ in range(4)] == [303, 303, 303, 429]
    assert "You can send these in 24 hours." in post(surface, GIVE, fields).text


def test_what_is_held_is_undone_by_its_button(surface: PeopleSurface) -> None:
    surface.move(hours=25)
    post(surface, GIVE, {"whom": WEN, "kind": "trust"})
    latest = given(surface)[0]
    assert "You can undo this for 8 seconds." in get(surface, GIVEN).text

    answer = post(surface, f"{GIVEN}/{latest}/undo")

    assert (answer.status, answer.header("location")) == (303, GIVEN)
    assert "Undone. Nothing was sent." in get(surface, GIVEN).text


def test_what_somebody_else_gave_cannot_be_undone(surface: PeopleSurface) -> None:
    post(surface, GIVE, {"whom": WEN, "kind": "trust"})
    latest = given(surface)[0]
    assert post(surface, f"{GIVEN}/{latest}/undo", who="wen").status == 404
    assert post(surface, f"{GIVEN}/nonsense/undo").status == 404


def test_what_is_overdue_waits_in_words(surface: PeopleSurface) -> None:
    post(surface, GIVE, {"whom": WEN, "kind": "expertise"})
    surface.move(seconds=30)
    assert "It waits here. We will send it as soon as we can." in get(surface, GIVEN).text


def test_who_has_nobody_to_thank_is_told_why(surface: PeopleSurface) -> None:
    answer = get(surface, GIVE, who="nobody")
    assert "There is nobody here to thank yet" in answer.text
    assert "<form class=" not in answer.text


def test_a_program_without_kudos_says_so(surface: PeopleSurface) -> None:
    answer = get(surface, "/p/quiet/give")
    assert "Your program does not use kudos" in answer.text
    assert post(surface, "/p/quiet/give", {"whom": WEN, "kind": "trust"}).status == 422


def test_an_address_chooses_beforehand(surface: PeopleSurface) -> None:
    text = get(surface, f"{GIVE}?whom={WEN}&kind=trust").text
    assert text.count(" checked>") == 2
    assert "Only <bdi>wen</bdi> and your program's coordinators can read this." in text


def test_who_gave_nothing_is_led_to_the_form(surface: PeopleSurface) -> None:
    text = get(surface, GIVEN, who="mate").text
    assert "You have given no kudos yet" in text
    assert f'href="{GIVE}"' in text
