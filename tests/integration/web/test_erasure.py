"""Erasing a person: everything but facts, awards and the audit log, for good."""

from threading import Thread
from typing import Any

import psycopg
import pytest

from engine.handlers.batch_transaction import process_batches
from engine.store import audit_log
from engine.store.postgres.connection import connect, transaction
from tests.integration.handlers.harness import TERMS
from tests.integration.local.processes import wait_until
from tests.integration.web import noticed
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
    service,
)
from tests.integration.web.test_notes import given
from tests.support.asgi import WebAnswer
from tests.support.given import kudos, voice
from tests.support.notes import PRIVATE, open_sealed

WEN, ANA = participant("acme", "wen"), participant("acme", "ana")
SERVICE = service("acme")
PERSON = "/v1/programs/acme/people/wen"
DATA = f"{PERSON}/personal-data"
KEY = f"{PERSON}/note-key"
CANARY = "the canary sings for wen"


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    surface = empty_surface
    surface.harness.clear()
    with surface.harness.transaction() as tx:
        for table in ("web.note_reads", "web.note_reports", "web.gifts", "web.sessions"):
            tx.execute(f"DELETE FROM {table}")
        for table in (
            "preferences",
            "items",
            "notices",
            "invitations",
            "deliveries",
            "bad_addresses",
        ):
            tx.execute(f"DELETE FROM notify.{table}")
        tx.execute("DELETE FROM directory.erased")
        tx.execute("DELETE FROM directory.participants")
    surface.describe(
        described_program("acme"),
        described_person("acme", "wen", display_name="Wen Zhao", email="wen@example.org"),
        described_person("acme", "ana", display_name="Ana Silva"),
    )
    surface.harness.tell(
        given("k1", "ana", "wen", CANARY, 1),
        given("k2", "wen", "ana", "from wen", 2),
        given("k3", "ben", "ana", "of others", 3),
    )
    return surface


_WAITING = "SELECT FROM pg_stat_activity WHERE usename = 'badge_notes' AND wait_event_type = 'Lock'"


def erase(surface: PeopleSurface, query: str = "") -> Any:
    answer = surface.client.ask("DELETE", f"{DATA}{query}", bearer(SERVICE))
    assert answer.status == 200, answer.text
    return answer.json()


def key(surface: PeopleSurface) -> WebAnswer:
    return surface.get(KEY, SERVICE)


def done(counts: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}


def entries(surface: PeopleSurface) -> list[audit_log.Entry]:
    with surface.harness.transaction() as tx:
        return list(audit_log.entries(tx))


def test_what_somebody_was_notified_of_is_erased_with_them(known: PeopleSurface) -> None:
    """Given notifications, an invitation, a refused address and an e-mail that waits, when the
    person is erased, then nothing of it is left and the e-mail is never sent; others' stay."""
    for number, name in enumerate(("wen", "ana")):
        noticed.add_award(known, number, name)
        noticed.add_invitation(known, 10 + number, name, "ben")
    with known.harness.transaction() as tx:
        tx.execute("INSERT INTO notify.bad_addresses VALUES ('acme', 'wen', 'x', now(), 'refused')")
        tx.execute(
            "INSERT INTO notify.deliveries (subject, channel, kind, program, participant, state, "
            "due_at) SELECT award_id, 'email', 'award', program, participant, 'waiting', now() "
            "FROM notify.items WHERE award_id IS NOT NULL"
        )

    counts = erase(known)["counts"]

    assert (counts["notifications"], counts["invitations"]) == (2, 1)
    left = "SELECT DISTINCT participant FROM notify.items UNION SELECT respondent "
    assert known.harness.rows(f"{left} FROM notify.invitations") == [("ana",)]
    assert known.harness.rows("SELECT FROM notify.bad_addresses") == []
    states = "SELECT participant, state FROM notify.deliveries ORDER BY participant"
    assert known.harness.rows(states) == [("ana", "waiting"), ("wen", "dropped")]
    assert erase(known)["counts"]["notifications"] == 0


def test_a_person_is_erased_with_everything_that_is_theirs(known: PeopleSurface) -> None:
    cookie = known.sign_in(WEN, subject="wen")
    known.client.ask(
        "PUT", "/v1/programs/acme/me/preferences",
        {**bearer(WEN), "If-Match": "*", "Content-Type": "application/json"},
        b'{"timezone": "Europe/Berlin", "appearance": "dark"}',
    )  # fmt: skip
    known.client.ask("POST", "/v1/programs/acme/me/notes/k1/report", bearer(WEN))
    known.get("/v1/programs/acme/notes", coordinator("acme"), Purpose="to look")
    before = known.harness.rows("SELECT count(*) FROM awards")

    report = erase(known)

    assert report["directory_record"] == "pending"
    assert done(report["counts"]) == {
        "notes": 1, "keys": 1, "directory": 1, "sessions": 1, "preferences": 1, "note_reads": 1,
        "note_reports": 1,
    }  # fmt: skip
    assert known.get("/p/acme/kudos", cookie=f"__Host-badges={cookie}").status == 303
    assert known.get("/v1/programs/acme/me/notes", WEN).json()["items"] == []
    names = known.get("/v1/programs/acme/me/notes", ANA).json()["items"]
    assert [item["note"] for item in names] == ["of others", "from wen"]
    assert "Wen" not in str(names)
    assert known.harness.rows("SELECT count(*) FROM awards") == before
    (entry,) = [entry for entry in entries(known) if entry.action == "person.erased"]
    assert entry.details["participant"] == "wen"
    assert entry.details["counts"] == report["counts"]
    (kid,) = known.harness.rows("SELECT kid FROM note_keys WHERE participant = 'wen'")[0]
    assert entry.details["key"] == kid


def test_the_notes_they_wrote_go_only_where_it_is_asked_for(known: PeopleSurface) -> None:
    assert done(erase(known)["counts"])["notes"] == 1
    assert known.harness.notes() == ["from wen", "of others"]
    assert done(erase(known, "?given_notes=true")["counts"]) == {"notes": 1}
    assert known.harness.notes() == ["of others"]


def test_erasing_again_does_nothing_and_writes_nothing_down(known: PeopleSurface) -> None:
    erase(known)
    again = erase(known)
    assert done(again["counts"]) == {}
    assert len([e for e in entries(known) if e.action == "person.erased"]) == 1


def test_a_person_of_whom_nothing_is_known_is_erased_beforehand(known: PeopleSurface) -> None:
    answer = known.client.ask(
        "DELETE", "/v1/programs/acme/people/nobody/personal-data", bearer(SERVICE)
    )
    assert done(answer.json()["counts"]) == {}
    known.harness.tell(given("k9", "ana", "nobody", "too late", 9))
    assert known.get("/v1/programs/acme/me/notes", participant("acme", "nobody")).json() == {
        "items": [],
        "next": None,
    }


def test_the_directory_record_is_pending_until_the_tombstone_was_read(
    known: PeopleSurface,
) -> None:
    assert erase(known)["directory_record"] == "pending"
    known.describe(described_person("acme", "wen"))  # as old as the erased one
    assert erase(known)["directory_record"] == "pending"
    key_, _ = described_person("acme", "wen")
    known.describe((key_, None))
    assert erase(known)["directory_record"] == "forgotten"


def test_notes_to_an_erased_person_are_not_kept_and_their_key_does_not_come_back(
    known: PeopleSurface,
) -> None:
    assert key(known).json().keys() == {"kty", "crv", "kid", "x"}
    assert key(known).json() == key(known).json()
    erase(known)
    assert key(known).status == 410
    known.harness.tell(given("k4", "ana", "wen", "after all", 4))
    assert known.get("/v1/programs/acme/me/notes", WEN).json()["items"] == []
    assert key(known).status == 410
    assert (
        known.harness.rows("SELECT FROM note_keys WHERE participant = 'wen' AND public > ''") == []
    )


def test_somebody_who_is_described_again_gets_a_new_key(known: PeopleSurface) -> None:
    old = key(known).json()
    erase(known)
    again, value = described_person("acme", "wen")
    later = value.replace(b"2026-03-01T10:00:00Z", b"2027-01-01T10:00:00Z")
    known.describe((again, later))
    new = key(known).json()
    assert new["x"] != old["x"]
    known.harness.tell(given("k4", "ana", "wen", "welcome back", 4))
    items = known.get("/v1/programs/acme/me/notes", WEN).json()["items"]
    assert [item["note"] for item in items] == ["welcome back"]


def test_nothing_opens_that_was_dumped_before_but_for_the_keys(known: PeopleSurface) -> None:
    """Given a copy of all tables but note_keys, when a person is erased, then the master key and
    all keys that are left open nothing of it that was theirs."""
    messages = known.harness.rows("SELECT kid, message FROM messages")
    erase(known)
    keys = {
        kid: open_sealed(wrapped, PRIVATE)
        for kid, wrapped in known.harness.rows("SELECT kid, wrapped FROM note_keys")
        if wrapped is not None
    }
    opened = {open_sealed(text, keys[kid])["note"] for kid, text in messages if kid in keys}
    assert opened == {"from wen", "of others"}
    assert len({kid for kid, _ in messages} - keys.keys()) == 1


def test_open_dead_letters_that_may_hold_a_note_of_theirs_lose_their_bytes(
    known: PeopleSurface,
) -> None:
    place: dict[str, Any] = {"program_id": "acme", "loop_id": 7}  # no id can be a number
    known.harness.tell(
        kudos("d1", "ana", "wen", "trust", message=CANARY, **place),
        kudos("d2", "wen", "ana", "trust", message="by wen", **place),
        kudos("d3", "ben", "ana", "trust", message="of others", **place),
        kudos("d4", "ana", "wen", "trust", **place),
        kudos("d5", "ana", "wen", "trust", message="elsewhere", program_id="other", loop_id=7),
        b'{"data": {"recipient_id": "wen", "message": "' + CANARY.encode() + b'"',
    )
    assert done(erase(known)["counts"])["dead_letters"] == 3
    rows = known.harness.rows(
        "SELECT id, value FROM dead_letters WHERE resolution IS NULL ORDER BY id"
    )
    assert [b'"d3"' in v or b'"d4"' in v or b'"d5"' in v for _, v in rows] == [True] * 3
    emptied = known.harness.rows(
        "SELECT key, value, resolution FROM dead_letters WHERE resolution IS NOT NULL"
    )
    assert emptied == [(None, None, "discarded")] * 3


def test_narratives_for_somebody_are_erased_and_by_them_only_where_it_is_asked_for(
    known: PeopleSurface,
) -> None:
    place: dict[str, Any] = {"loop_id": 7}
    known.harness.tell(
        voice("t1", "wen", "ana", narrative=CANARY, loop_id="a", program_id="acme"),
        voice("t2", "wen", "bo at Hafenwerk", narrative=CANARY, program_id="acme"),
        voice("t3", "ana", "wen", narrative="by wen, a narrative", program_id="acme"),
        voice(
            "t4", "wen", "ana", narrative=CANARY, **place, program_id="acme"
        ),  # refused: no id is a number
    )
    counts = done(erase(known)["counts"])
    assert (counts["notes"], counts["dead_letters"]) == (3, 1)
    assert known.harness.notes() == ["by wen, a narrative", "from wen", "of others"]
    assert done(erase(known, "?given_notes=true")["counts"]) == {"notes": 2}
    assert known.harness.notes() == ["of others"]


@pytest.mark.parametrize(
    ("method", "path", "may"),
    [("GET", KEY, "keys"), ("DELETE", DATA, "erase")],
)
def test_a_service_does_what_it_may_and_only_in_its_program(
    known: PeopleSurface, method: str, path: str, may: str
) -> None:
    def status(**role: object) -> int:
        held = {"role": "service", "program": "acme", "may": [may], **role}
        return known.client.ask(method, path, bearer(held)).status

    assert status(may=[]) == status(may=["export"]) == status(program="other") == 404
    assert known.client.ask(method, path, bearer(WEN)).status == 404
    assert known.client.ask(method, path, bearer(coordinator("acme"))).status == 404
    assert known.client.ask(method, path).status == 401
    assert status() == 200


@pytest.mark.parametrize("role", ["badge_reader", "badge_people", "badge_directory"])
def test_no_other_role_can_erase(known: PeopleSurface, role: str) -> None:
    engine = connect(known.url_of[role], "test")
    try:
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            transaction(engine) as tx,
        ):
            tx.execute("SELECT web.erase_person('acme', 'wen', '{}', '{}', '{}', now(), false)")
    finally:
        engine.dispose()


def test_an_erasure_waits_for_notes_that_are_being_sealed(known: PeopleSurface) -> None:
    """Given a batch that seals a note to somebody, when they are erased meanwhile, then that note
    is erased with them: the erasure waits for the batch."""
    batch = known.harness.batch(given("k7", "ana", "wen", "just now", 7))
    reports: list[Any] = []
    with known.harness.transaction() as tx:
        process_batches(tx, known.harness.generations, [batch], TERMS)
        thread = Thread(target=lambda: reports.append(erase(known)))
        thread.start()
        wait_until(lambda: bool(tx.rows(_WAITING)))
    thread.join(20)
    assert reports[0]["counts"]["notes"] == 2
    assert "just now" not in known.harness.notes()
