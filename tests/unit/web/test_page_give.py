"""What the form to give kudos offers, and what its fields stand for."""

import pytest

from web.rendering import give_form
from web.rendering.give_form import Chosen, GiveForm, value_of, whom
from web.views.partners import PartnersOfLoop
from web.views.people import Person

WEN, MINA = (
    Person(participant_id=name, display_name=name.title(), given_name=None, avatar_url=None)
    for name in ("wen", "mina")
)


def loop(name: str, *people: Person, state: str = "open") -> PartnersOfLoop:
    return PartnersOfLoop(loop_id=name, name=None, kind="group", state=state, people=[*people])


@pytest.mark.parametrize(
    ("loop_id", "person"), [("loop-1", "wen"), ("a/b ü", "%2F"), ("..", "."), ("x" * 255, "🦄")]
)
def test_a_value_stands_for_its_loop_and_person(loop_id: str, person: str) -> None:
    assert whom(value_of(loop_id, person)) == (loop_id, person)


@pytest.mark.parametrize(
    "value", ["", "/", "loop", "loop/", "/wen", "a%00b/wen", "a/\x00", "a/b%1F", "x" * 5_000]
)
def test_what_is_no_value_stands_for_nobody(value: str) -> None:
    assert whom(value) is None


def test_only_open_loops_with_somebody_in_them_are_offered() -> None:
    offered = loop("one", WEN)
    loops = [offered, loop("closed", MINA, state="closed"), loop("alone")]
    assert give_form.choosable(loops) == (offered,)


def test_the_only_person_there_is_is_chosen() -> None:
    assert give_form.only_one((loop("one", WEN),)) == "one/wen"
    assert give_form.only_one((loop("one", WEN), loop("two", WEN))) == ""
    assert give_form.only_one(()) == ""


def test_a_form_knows_who_is_chosen() -> None:
    loops = (loop("one", WEN), loop("two", MINA))
    assert GiveForm(loops, (), Chosen(whom="two/mina")).person == MINA
    assert GiveForm(loops, (), Chosen(whom="one/mina")).person is None
    assert GiveForm(loops, (), Chosen()).person is None


def test_a_note_is_in_no_text_of_what_was_sent() -> None:
    assert "secret" not in repr(Chosen(note="secret"))
