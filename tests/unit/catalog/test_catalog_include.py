"""A catalog that takes in catalogs that ship, and stands by itself from then on."""

from pathlib import Path

import pytest

from engine.catalog import loader
from engine.catalog.loader import CatalogError, parse
from tests.support.given import MENTORLOOP, given, meeting

OWN = """\
catalog: northfield
version: 1
include: [mentorloop]
badges:
  regular:
    name: Regular
    description: Meets and meets
    criterion: {at_least: {meetings_attended: 2}}
"""
SMALL = """\
catalog: small
version: 7
calendar: {zone: Europe/Berlin}
measures:
  meetings: {event: mentoring.meeting.completed.v1, who: attendee_ids, aggregate: count}
badges:
  met:
    name: Met
    description: Has met
    criterion: {at_least: {meetings: 1}}
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more catalogs ship: `small`, and one that includes it."""
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "nested.yaml").write_text(
        "catalog: nested\nversion: 1\ninclude: [small]\ncalendar: {zone: Europe/Berlin}\n"
    )
    monkeypatch.setattr(loader, "SHIPPED", tmp_path)


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CatalogError) as refused:
        parse(text)
    return [(fault.line, fault.message) for fault in refused.value.faults]


def test_what_is_included_decides_as_if_it_were_written_there() -> None:
    catalog = parse(OWN)
    assert list(catalog.badge) == [*MENTORLOOP.badge, "regular"]
    assert {m.name for m in catalog.measures} == {m.name for m in MENTORLOOP.measures}
    assert len(catalog.effects) == len(MENTORLOOP.effects)
    story = given(meeting("m1", "ann", at=1), meeting("m2", "ann", at=2), catalog=catalog)
    assert "regular" in story.held("ann")


def test_including_alone_gives_the_digest_of_what_is_included() -> None:
    assert parse("catalog: x\nversion: 1\ninclude: [mentorloop]\n").digest == MENTORLOOP.digest


def test_the_stored_text_is_the_whole_and_says_which_version_it_took_in() -> None:
    catalog = parse(OWN)
    assert catalog.text.startswith("# includes mentorloop version 1\n")
    again = parse(catalog.text)
    assert again.digest == catalog.digest
    assert list(again.badge) == list(catalog.badge)
    assert [b.title for b in again.badges] == [b.title for b in catalog.badges]
    assert again.text == catalog.text


@pytest.mark.usefixtures("small")
def test_several_are_taken_in_in_their_order_before_the_file_itself() -> None:
    text = SMALL.replace("small", "own").replace("  met:", "  own:").replace("meetings", "mine")
    catalog = parse(text.replace("version: 7", "version: 8\ninclude: [small]"))
    assert list(catalog.badge) == ["met", "own"]


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("[mentorloop]", "[montorloop]", 3, "no catalog that ships is called `montorloop`"),
        ("[mentorloop]", "[../shipped/mentorloop]", 3, "no catalog that ships is called"),
        ("[mentorloop]", "[mentorloop, mentorloop]", 3, "included twice"),
        ("[mentorloop]", "[5]", 3, "must be text"),
        ("[mentorloop]", "mentorloop", 3, "must be a list"),
        ("  regular:", "  momentum:", 5, "`momentum` is among the badges of `mentorloop`"),
    ],
)
def test_what_cannot_be_taken_in_is_named(old: str, new: str, line: int, fault: str) -> None:
    found = faults(OWN.replace(old, new))
    assert any(at == line and fault in text for at, text in found), found


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("calendar", ["", "calendar: {zone: Europe/Paris}\n"])
def test_another_calendar_than_that_of_what_is_included_is_a_fault(calendar: str) -> None:
    (found,) = faults(f"catalog: x\nversion: 1\ninclude: [small]\n{calendar}")
    assert "has the calendar" in found[1]
    assert "Europe/Berlin" in found[1]


@pytest.mark.usefixtures("small")
def test_the_same_calendar_may_be_written_in_full() -> None:
    same = "calendar: {zone: Europe/Berlin, week_begins: monday}\n"
    assert parse(f"catalog: x\nversion: 1\ninclude: [small]\n{same}").badge


@pytest.mark.usefixtures("small")
def test_a_catalog_that_includes_others_is_not_included() -> None:
    (found,) = faults("catalog: x\nversion: 1\ninclude: [nested]\n")
    assert "include those themselves" in found[1]


@pytest.mark.usefixtures("small")
def test_an_expanded_catalog_that_is_too_large_to_be_read_again_is_refused() -> None:
    head = "catalog: x\nversion: 1\ninclude: [small]\ncalendar: {zone: Europe/Berlin}\n"
    text = f"{head}description: {'x' * ((1 << 20) - len(head) - 20)}\n"
    (found,) = faults(text)
    assert found[0] == 3
    assert "cannot be read again: too large" in found[1]
