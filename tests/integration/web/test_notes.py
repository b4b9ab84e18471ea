"""Notes through the API: to their recipient, to coordinators with a purpose, and to nobody else."""

import json
from typing import Any

import pytest

from engine.store import audit_log
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer
from tests.support.given import kudos, retracted
from web.notes import supervised

WEN, ANA, BOSS = participant("acme", "wen"), participant("acme", "ana"), coordinator("acme")
NOTES, MINE = "/v1/programs/acme/notes", "/v1/programs/acme/me/notes"


def given(name: str, giver: str, recipient: str, note: str | None, at: int, **data: Any) -> bytes:
    place = {"program_id": "acme", "loop_id": "a", **data}
    return kudos(name, giver, recipient, "trust", at=at, message=note, **place)


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    """Wen has three notes of five kudos, ana one."""
    surface = empty_surface
    surface.harness.clear()
    for table in ("web.note_reads", "web.note_reports", "notify.items"):
        with surface.harness.transaction() as tx:
            tx.execute(f"DELETE FROM {table}")
    surface.describe(
        described_program("acme", timezone="Pacific/Auckland"),
        described_person("acme", "wen", display_name="Wen Zhao"),
        described_person("acme", "ana", display_name="Ana Silva"),
        described_loop("acme", "a", "wen", "ana", name="Ana and Wen"),
    )
    surface.harness.tell(
        given("k1", "ana", "wen", "first\nline two", 1),
        given("k2", "ana", "wen", None, 2),
        given("k3", "ana", "wen", "third", 3),
        given("k4", "ben", "wen", "fourth", 4, loop_id="b"),
        given("k5", "ben", "wen", None, 5, loop_id="b"),
        given("k6", "wen", "ana", "to ana", 6),
    )
    return surface


def ask(surface: PeopleSurface, target: str, *held: Role, **headers: str) -> WebAnswer:
    return surface.get(target, *(held or (BOSS,)), **{"Purpose": "a complaint", **headers})


def ids(answer: WebAnswer) -> list[str]:
    assert answer.status == 200, answer.text
    return [item["kudos_id"] for item in answer.json()["items"]]


def entries(surface: PeopleSurface) -> list[audit_log.Entry]:
    with surface.harness.transaction() as tx:
        return list(audit_log.entries(tx))


def test_a_badge_says_which_of_its_kudos_came_with_a_note(known: PeopleSurface) -> None:
    """Given kudos with and without notes, when their recipient looks at the badge, then it says
    which have one and under which id it is read; a note that is gone is no longer there."""

    def noted() -> dict[str, bool]:
        recent = known.get("/v1/programs/acme/me/badges/trust", WEN).json()["recent"]
        return {award["kudos_id"]: award["has_note"] for award in recent}

    assert noted() == {"k1": True, "k2": False, "k3": True, "k4": True, "k5": False}
    page = known.get("/p/acme/kudos/trust", WEN).text
    assert page.count("Read note") == 3
    assert '"/p/acme/notes/k4"' in page
    with known.harness.transaction() as tx:
        tx.execute("DELETE FROM messages")
    assert not any(noted().values())


def test_my_notes_are_those_of_my_kudos_latest_first_and_page_by_page(
    known: PeopleSurface,
) -> None:
    answer = known.get(f"{MINE}?limit=2", WEN)
    assert ids(answer) == ["k4", "k3"]
    behind = known.get(f"{MINE}?limit=2&after={answer.json()['next']}", WEN)
    assert ids(behind) == ["k1"]
    assert behind.json()["next"] is None
    (first,) = behind.json()["items"]
    assert first == {
        "kudos_id": "k1",
        "kind": "trust",
        "name": "Trust",
        "artwork": "trust",
        "loop_id": "a",
        "from": {
            "participant_id": "ana", "display_name": "Ana Silva", "given_name": None,
            "avatar_url": None,
        },
        "at": "2026-03-01T10:00:00.000000Z",
        "note": "first\nline two",
        "state": "shown",
        "coordinator_reads": {"count": 0, "last": None},
        "reported": False,
    }  # fmt: skip
    assert answer.header("cache-control") == "private, no-store"


def test_a_note_is_not_shown_to_its_giver(known: PeopleSurface) -> None:
    assert ids(known.get(MINE, ANA)) == ["k6"]
    assert known.get(f"{MINE}/k1", ANA).status == 404
    assert known.get(f"{MINE}/k1", WEN).json()["note"] == "first\nline two"


def test_a_retracted_note_is_gone(known: PeopleSurface) -> None:
    known.harness.tell(
        retracted("mentoring.kudos.given.v1", "k3", program_id="acme", loop_id="a", at=7)
    )
    assert ids(known.get(MINE, WEN)) == ["k4", "k1"]
    assert known.get(f"{MINE}/k3", WEN).status == 404


def test_a_cursor_that_is_none_of_ours_is_a_fault(known: PeopleSurface) -> None:
    for answer in (known.get(f"{MINE}?after=x", WEN), ask(known, f"{NOTES}?after=x")):
        assert answer.status == 422
        assert answer.json()["errors"][0]["pointer"] == "/query/after"


def test_coordinators_read_with_a_purpose_and_each_answer_is_one_entry(
    known: PeopleSurface,
) -> None:
    purpose = "a complaint of 3 März".encode().decode("latin-1")
    answer = ask(known, f"{NOTES}?limit=3", Purpose=purpose)

    assert ids(answer) == ["k6", "k4", "k3"]
    assert [item["note"] for item in answer.json()["items"]] == ["to ana", "fourth", "third"]
    assert answer.json()["items"][2]["to"]["display_name"] == "Wen Zhao"
    assert answer.json()["items"][2]["loop_name"] == "Ana and Wen"
    (entry,) = entries(known)
    assert (entry.action, entry.by, entry.reason) == (
        "notes.read", "somebody", "a complaint of 3 März",
    )  # fmt: skip
    assert entry.details == {"program": "acme", "kudos_ids": ["k6", "k4", "k3"]}

    ask(known, f"{NOTES}?recipient=nobody")
    assert [entry.details["kudos_ids"] for entry in entries(known)] == [["k6", "k4", "k3"], []]


def test_the_recipient_sees_how_often_coordinators_read_a_note_and_when_last(
    known: PeopleSurface,
) -> None:
    ask(known, f"{NOTES}?recipient=wen&loop=b")
    ask(known, f"{NOTES}?recipient=wen")
    counted = {
        item["kudos_id"]: item["coordinator_reads"] for item in known.get(MINE, WEN).json()["items"]
    }
    last = "2026-11-29T12:00:00.000000Z"
    assert counted == {
        "k4": {"count": 2, "last": last},
        "k3": {"count": 1, "last": last},
        "k1": {"count": 1, "last": last},
    }


@pytest.mark.parametrize("purpose", [None, "", "  ", "x" * 201, "a\tb"])
def test_without_a_purpose_nothing_is_read_and_nothing_is_written(
    known: PeopleSurface, purpose: str | None
) -> None:
    headers = {} if purpose is None else {"Purpose": purpose}
    answer = known.get(NOTES, BOSS, **headers)
    assert answer.status == 422
    assert answer.json()["errors"][0]["pointer"].lower() == "/header/purpose"
    assert entries(known) == []
    assert ids(ask(known, f"{NOTES}", Purpose="x" * 200))


def test_others_get_the_same_404_whether_or_not_they_have_a_purpose(known: PeopleSurface) -> None:
    for who in (WEN, ANA, coordinator("other")):
        for headers in ({"Purpose": "mine"}, {}):
            assert known.get(NOTES, who, **headers).status == 404
    assert entries(known) == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("recipient=ana", ["k6"]),
        ("giver=ben", ["k4"]),
        ("loop=b", ["k4"]),
        ("giver=ana&loop=a&recipient=wen", ["k3", "k1"]),
        ("from=2026-03-05", ["k6"]),  # in Auckland the fourth kudos were on the fourth
        ("to=2026-03-01", ["k1"]),
        ("from=2026-03-03&to=2026-03-04", ["k4", "k3"]),
        ("from=0001-01-01&to=9999-12-31", ["k6", "k4", "k3", "k1"]),
        ("reported=true", []),
    ],
)
def test_coordinators_choose_which_notes(
    known: PeopleSurface, query: str, wanted: list[str]
) -> None:
    assert ids(ask(known, f"{NOTES}?{query}")) == wanted


@pytest.mark.parametrize("query", ["from=yesterday", "to=1", "recipient=", "who=wen", "limit=0"])
def test_a_bad_filter_is_a_fault_and_reads_nothing(known: PeopleSurface, query: str) -> None:
    assert ask(known, f"{NOTES}?{query}").status == 422
    assert entries(known) == []


def test_a_reported_note_is_flagged_for_coordinators_once(known: PeopleSurface) -> None:
    def report(name: str, who: Role) -> int:
        return known.client.ask("POST", f"{MINE}/{name}/report", bearer(who)).status

    assert report("k3", WEN) == 204
    assert report("k3", WEN) == 204
    assert report("k1", ANA) == 404
    assert report("k2", WEN) == 404  # it has no note
    assert ids(ask(known, f"{NOTES}?reported=true")) == ["k3"]
    flagged = {i["kudos_id"]: i["reported"] for i in ask(known, NOTES).json()["items"]}
    assert flagged == {"k6": False, "k4": False, "k3": True, "k1": False}
    assert known.get(f"{MINE}/k3", WEN).json()["reported"] is True


def test_a_coordinator_reads_so_many_notes_an_hour_and_no_more(
    known: PeopleSurface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "MOST_AN_HOUR", 5)
    assert len(ids(ask(known, NOTES))) == 4
    refused = ask(known, NOTES)
    assert refused.status == 429
    assert refused.header("retry-after") == "3600"
    assert len(entries(known)) == 1
    assert ids(ask(known, f"{NOTES}?giver=ben")) == ["k4"]
    other = bearer(BOSS, subject="another")
    assert known.client.ask("GET", NOTES, {**other, "Purpose": "mine"}).status == 200


def test_a_note_whose_person_was_erased_can_no_longer_be_opened(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        tx.execute("UPDATE note_keys SET public = NULL, wrapped = NULL, erased_at = now()")
    for answer in (known.get(MINE, WEN), ask(known, NOTES)):
        assert {(i["note"], i["state"]) for i in answer.json()["items"]} == {(None, "erased")}


def test_a_note_bound_to_another_kudos_is_not_shown(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        tx.execute(
            "UPDATE messages SET message = (SELECT message FROM messages m JOIN ledger l "
            "USING (place, fact) WHERE l.content LIKE '%%\"k1\"%%') WHERE kid = "
            "(SELECT kid FROM note_keys WHERE participant = 'wen')"
        )
    shown = {i["kudos_id"]: (i["note"], i["state"]) for i in known.get(MINE, WEN).json()["items"]}
    assert shown == {
        "k1": ("first\nline two", "shown"),
        "k3": (None, "unreadable"),
        "k4": (None, "unreadable"),
    }


def test_nothing_of_a_note_is_in_the_audit_log(known: PeopleSurface) -> None:
    ask(known, NOTES)
    assert "third" not in json.dumps([entry.details for entry in entries(known)])
