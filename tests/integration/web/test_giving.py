"""Giving kudos over the API: what is answered, and in which order it is looked at."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.integration.limits.counting import counted
from tests.integration.web.gifts import (
    KUDOS,
    LOOP,
    PROGRAM,
    RecordingPublisher,
    as_,
    give,
    plant_loops,
    send,
    state,
    undo,
)
from tests.integration.web.people_surface import PeopleSurface, coordinator, participant
from tests.support.notes import PRIVATE, open_sealed
from web.kudos.fingerprints import key_hash
from web.store import gifts as table

NOTE = "Thank you for the evening at the river"


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> PeopleSurface:
    plant_loops(empty_surface)
    return empty_surface


@pytest.fixture
def surface(planted: PeopleSurface) -> Iterator[PeopleSurface]:
    yield planted
    with planted.harness.transaction() as tx:
        tx.execute("TRUNCATE web.gifts")


def errors(answer: Any) -> list[str]:
    assert answer.status == 422, answer.text
    return [fault["pointer"] for fault in answer.json()["errors"]]


def kind_of(answer: Any) -> tuple[int, str]:
    return answer.status, answer.json()["type"].rpartition("/")[2]


def count(surface: PeopleSurface) -> int:
    ((number,),) = surface.harness.rows("SELECT count(*) FROM web.gifts")
    return int(number)


def test_kudos_are_held_until_they_can_no_longer_be_undone(surface: PeopleSurface) -> None:
    answer = give(surface)

    assert answer.status == 202
    held = answer.json()
    assert held["state"] == "held"
    assert held["status_url"] == answer.header("location") == f"{KUDOS}/{held['kudos_id']}"
    at = surface.now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    assert held["undo_until"] > at
    assert state(surface, held["kudos_id"])["state"] == "held"


def test_a_retry_gets_the_same_answer_byte_for_byte_whatever_became_of_it(
    surface: PeopleSurface,
) -> None:
    first = give(surface, note=NOTE)
    send(surface, RecordingPublisher())
    retried = give(surface, note=NOTE)
    assert (retried.status, retried.body) == (first.status, first.body)
    assert retried.header("location") == first.header("location")
    assert count(surface) == 1


def test_the_same_request_in_other_json_is_the_same(surface: PeopleSurface) -> None:
    body = json.dumps({"note": "", "kind": "trust", "recipient_id": "wen", "loop_id": LOOP})
    assert give(surface).body == give(surface, body=body.encode()).body


@pytest.mark.parametrize("change", [{"kind": "expertise"}, {"note": NOTE}, {"loop_id": "counted"}])
def test_a_key_used_for_something_else_is_refused(
    surface: PeopleSurface, change: dict[str, Any]
) -> None:
    give(surface)
    assert kind_of(give(surface, **change)) == (422, "idempotency-key-reused")
    assert count(surface) == 1


def test_a_key_is_of_one_giver_in_one_program(surface: PeopleSurface) -> None:
    of_gwen, of_wen = give(surface), give(surface, giver="wen", recipient_id="gwen")
    elsewhere = give(surface, program="final")
    assert {one.status for one in (of_gwen, of_wen, elsewhere)} == {202}
    assert len({one.json()["kudos_id"] for one in (of_gwen, of_wen, elsewhere)}) == 3


def test_a_refused_request_does_not_use_its_key_up(surface: PeopleSurface) -> None:
    assert give(surface, kind="courage").status == 422
    assert give(surface, loop_id="nowhere").status == 404
    assert give(surface).status == 202


def test_a_key_that_is_being_worked_on_is_in_progress(surface: PeopleSurface) -> None:
    with surface.harness.transaction() as tx:
        assert table.lock(tx, PROGRAM, "gwen", key_hash("0123456789abcdef"))
        assert kind_of(give(surface)) == (409, "in-progress")
    assert give(surface).status == 202


def test_a_double_click_gives_once(surface: PeopleSurface) -> None:
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: give(surface), range(16)))
    assert {answer.status for answer in answers} <= {202, 409}
    assert len({answer.body for answer in answers if answer.status == 202}) == 1
    assert count(surface) == 1


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "with a space 123456", "é" * 16])
def test_a_key_is_required_and_has_a_form(surface: PeopleSurface, key: str | None) -> None:
    assert kind_of(give(surface, key=key)) == (400, "idempotency-key-missing")


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"kind": "courage"}, ["/kind"]),
        ({"kind": "momentum"}, ["/kind"]),
        ({"kind": None}, ["/kind"]),
        ({"recipient_id": "gwen"}, ["/recipient_id"]),
        ({"loop_id": "closed"}, ["/loop_id"]),
        ({"note": "x" * 2_001}, ["/note"]),
        ({"note": "a\x00b"}, ["/note"]),
        ({"note": "a\x9fb"}, ["/note"]),
        ({"message": "x"}, ["/message"]),
        ({"invitation_id": "yes"}, ["/invitation_id"]),
        ({"program": "quiet"}, [""]),
    ],
)
def test_what_is_wrong_is_named_by_its_pointer(
    surface: PeopleSurface, changes: dict[str, Any], pointers: list[str]
) -> None:
    assert errors(give(surface, **changes)) == pointers
    assert count(surface) == 0


def test_json_that_is_none_is_a_bad_request(surface: PeopleSurface) -> None:
    assert kind_of(give(surface, body=b"{")) == (400, "bad-request")


@pytest.mark.parametrize(
    "changes",
    [
        {"loop_id": "elsewhere"},
        {"loop_id": "nowhere"},
        {"recipient_id": "mate"},
        {"recipient_id": "left"},
        {"recipient_id": "nobody"},
    ],
)
def test_a_loop_that_is_not_mine_and_whom_it_has_not_are_not_found(
    surface: PeopleSurface, changes: dict[str, Any]
) -> None:
    assert kind_of(give(surface, **changes)) == (404, "not-found")


def test_a_loop_that_nobody_described_has_the_people_that_were_counted(
    surface: PeopleSurface,
) -> None:
    assert give(surface, loop_id="counted").status == 202
    assert give(surface, loop_id="counted", giver="mate").status == 404


def test_notes_may_have_2000_characters_and_line_ends(surface: PeopleSurface) -> None:
    assert give(surface, note="\u00e9\n\t" + "\U0001f600" * 1_997).status == 202


def test_only_participants_of_the_program_give(surface: PeopleSurface) -> None:
    body = json.dumps({"loop_id": LOOP, "recipient_id": "wen", "kind": "trust"}).encode()
    sent = {"Content-Type": "application/json", "Idempotency-Key": "0123456789abcdef"}
    for held, status in (
        ([], 401),
        ([coordinator(PROGRAM)], 404),
        ([participant("other", "gwen")], 404),
    ):
        headers = {**(as_(surface, *held) if held else {}), **sent}
        assert surface.client.ask("POST", KUDOS, headers, body).status == status


def test_three_of_a_kind_a_day_to_one_person(surface: PeopleSurface) -> None:
    for number in range(3):
        assert give(surface, key=f"key-number-{number:05}").status == 202
        surface.move(hours=1)
    refused = give(surface, key="key-number-00004")
    assert kind_of(refused) == (429, "too-many-requests")
    assert refused.header("retry-after") == str(21 * 3_600)
    assert give(surface, key="key-number-00005", kind="expertise").status == 202
    surface.move(hours=21)
    assert give(surface, key="key-number-00004").status == 202


def test_twenty_an_hour_and_cancelled_ones_do_not_count(surface: PeopleSurface) -> None:
    kinds = ("trust", "networking", "expertise", "commitment", "creativity")
    loops = (LOOP, "counted")
    ids = []
    for number in range(21):
        asked: dict[str, Any] = {"kind": kinds[number % 5], "loop_id": loops[number % 2]}
        if number % 5 == 0:  # three of a kind a day: forget that they were today
            surface.harness.rows(
                "UPDATE web.gifts SET recipient = recipient || '-' RETURNING kudos_id"
            )
        answer = give(surface, key=f"key-number-{number:05}", **asked)
        ids.append(answer.json().get("kudos_id"))
    assert kind_of(answer) == (429, "too-many-requests")
    assert answer.header("retry-after") == "3600"
    assert undo(surface, ids[0]).status == 204
    assert give(surface, key="key-number-00020", **asked).status == 202


def test_a_note_is_sealed_before_it_is_stored_and_goes_with_the_fact(
    surface: PeopleSurface,
) -> None:
    held = give(surface, note=NOTE).json()
    assert NOTE not in json.dumps(surface.harness.dump())
    ((sealed,),) = surface.harness.rows("SELECT sealed FROM web.gifts")

    publisher = RecordingPublisher()
    send(surface, publisher)

    (event,) = publisher.events
    assert event["data"]["sealed_message"] == sealed
    assert surface.harness.rows("SELECT sealed FROM web.gifts") == [(None,)]
    ((wrapped,),) = surface.harness.rows(
        "SELECT wrapped FROM note_keys WHERE (program, participant) = (%s, 'wen')", PROGRAM
    )
    private = open_sealed(wrapped, PRIVATE)
    note = open_sealed(sealed, private)
    assert note["note"] == NOTE
    assert (note["kudos_id"], note["recipient_id"], note["loop_id"], note["program_id"]) == (
        held["kudos_id"], "wen", LOOP, PROGRAM,
    )  # fmt: skip


def test_who_was_erased_gets_no_note(surface: PeopleSurface) -> None:
    assert give(surface, note=NOTE).status == 202
    with surface.harness.transaction() as tx:
        tx.execute(
            "UPDATE note_keys SET public = NULL, wrapped = NULL, erased_at = now() "
            "WHERE participant = 'wen'"
        )
    assert errors(give(surface, note=NOTE, key="another-key-of-mine")) == ["/note"]
    assert give(surface, key="another-key-of-mine").status == 202
    with surface.harness.transaction() as tx:
        tx.execute("DELETE FROM note_keys")


def test_a_fact_has_the_time_at_which_it_was_given(surface: PeopleSurface) -> None:
    surface.move(microseconds=123_456)
    given_at = surface.now
    kudos_id = give(surface).json()["kudos_id"]
    publisher = RecordingPublisher()
    surface.move(hours=3)
    send(surface, publisher)
    (event,) = publisher.events
    cut = given_at.replace(microsecond=given_at.microsecond // 1_000 * 1_000)
    assert event["time"] == cut.isoformat(timespec="microseconds").replace("+00:00", "Z")
    assert event["source"] == "/badge-web"
    assert event["data"] == {
        "program_id": PROGRAM, "loop_id": LOOP, "kudos_id": kudos_id, "giver_id": "gwen",
        "recipient_id": "wen", "kind": "trust",
    }  # fmt: skip


def test_giving_takes_eight_statements_and_a_retry_two(surface: PeopleSurface) -> None:
    give(surface, note=NOTE)  # the first reads the catalog and makes the recipient's key
    with counted() as statements:
        answer = give(surface, note=NOTE, key="another-key-of-mine")
    with counted() as of_retry:
        assert give(surface, note=NOTE, key="another-key-of-mine").body == answer.body
    assert (answer.status, statements.total(), of_retry.total()) == (202, 8, 2)
