"""The committee over HTTP: what each may do, what is refused, and how."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from engine.store import audit_log
from engine.store.postgres.connection import transaction
from governance.store import cases, log
from tests.integration.limits.counting import counted
from tests.integration.web.governed import AUDITOR, ON_CASE, plant_case
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
)
from tests.integration.web.privacy import adopt
from tests.support.asgi import WebAnswer
from tests.support.given import meeting, voice
from tests.support.issuing import seconds

PROGRAM, STAGE = "acme", "mentorloop-certified"
P = f"/v1/programs/{PROGRAM}"
WEN, BOSS = participant(PROGRAM, "wen"), coordinator(PROGRAM)
MONA, AUDI = participant(PROGRAM, ON_CASE), participant(PROGRAM, AUDITOR)
SAID = "Wen listens; ask Wen Zhao, or anybody whom wen has met. Wenders is another."


@pytest.fixture(scope="module")
def room(empty_surface: PeopleSurface) -> tuple[PeopleSurface, str, str]:
    """The surface, with a case of "wen" that was declined, and their appeal."""
    surface = empty_surface
    adopt(surface)
    surface.describe(
        described_program(PROGRAM),
        described_person(PROGRAM, "wen", display_name="Wen Zhao", given_name="Wen"),
        described_person(PROGRAM, "ben", display_name="Ben Ali"),
    )
    surface.harness.tell(
        meeting("m1", "wen", "ana", at=1, program_id=PROGRAM, loop_id="a"),
        meeting("m2", "ben", "ana", at=2, program_id=PROGRAM, loop_id="b"),
        voice("v1", "wen", "ana", narrative=SAID, at=3, program_id=PROGRAM),
    )
    first, appeal = plant_case(surface, PROGRAM, "wen", "Wen", STAGE)
    return surface, first, appeal


Room = tuple[PeopleSurface, str, str]


def post(
    surface: PeopleSurface, path: str, who: Role, body: Any = None, **headers: str
) -> WebAnswer:
    sent = {"Content-Type": "application/json"} if body is not None else {}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = b"" if body is None else json.dumps(body).encode()
    return surface.client.ask("POST", f"{P}{path}", {**bearer(who), **sent}, raw)


def kind_of(answer: WebAnswer) -> str:
    kind: str = answer.json()["type"].rpartition("/")[2]
    return kind


def test_an_application_that_is_sent_twice_is_one_case(room: Room) -> None:
    surface, *_ = room
    key, ben = str(uuid4()), participant(PROGRAM, "ben")
    asked = {"about": STAGE, "reason": "I am ready"}
    first = post(surface, "/cases", ben, asked, Idempotency_Key=key)
    again = post(surface, "/cases", ben, asked, Idempotency_Key=key)
    assert (first.status, again.status) == (201, 201), first.text
    assert first.json() == again.json()
    assert (first.json()["case_id"], first.json()["state"]) == (key, "applied")
    assert first.json()["reason"] == "I am ready"
    other = post(surface, "/cases", WEN, asked, Idempotency_Key=key)
    assert (other.status, kind_of(other)) == (422, "idempotency-key-reused")
    twice = post(surface, "/cases", ben, asked, Idempotency_Key=str(uuid4()))
    assert (twice.status, kind_of(twice)) == (409, "already-open")
    mine = surface.get(f"{P}/me/cases", ben).json()
    assert [case["case_id"] for case in mine["items"]] == [key]
    assert mine["may_apply"] == []
    seen = post(surface, f"/cases/{key}/acknowledge", BOSS)
    assert (seen.status, seen.json()["state"]) == (200, "acknowledged")
    gone = post(surface, f"/cases/{key}/withdraw", ben)
    assert (gone.status, gone.json()["state"]) == (200, "withdrawn")
    assert kind_of(post(surface, f"/cases/{key}/go-on", ben)) == "not-in-state"


@pytest.mark.parametrize("key", [None, "short", "8fd2b2b6-5a55-11f1-8de9-0242ac120002"])
def test_an_application_needs_a_key_that_can_be_an_id(room: Room, key: str | None) -> None:
    surface, *_ = room
    headers = {} if key is None else {"Idempotency_Key": key}
    answer = post(surface, "/cases", WEN, {"about": STAGE}, **headers)
    assert (answer.status, kind_of(answer)) == (400, "idempotency-key-missing")


def test_what_the_committee_does_not_decide_is_not_applied_for(room: Room) -> None:
    surface, *_ = room
    answer = post(surface, "/cases", WEN, {"about": "trust"}, Idempotency_Key=str(uuid4()))
    assert answer.status == 422
    assert answer.json()["errors"][0]["pointer"] == "/about"


def test_names_are_out_of_a_pack_and_of_what_was_said_until_they_are_asked_for(
    room: Room,
) -> None:
    surface, _, appeal = room
    blind = surface.get(f"{P}/desk/{appeal}", MONA)
    assert (blind.json()["blind"], blind.json()["subject"]) == (True, None)
    (said,) = blind.json()["pack"]["testimonials"]
    assert said["narrative"] == (
        "[name] listens; ask [name], or anybody whom [name] has met. Wenders is another."
    )
    assert blind.json()["reason"] == "a meeting of [name] was forgotten"
    assert "Zhao" not in blind.text

    named = post(surface, f"/cases/{appeal}/unblinding", MONA, {"reason": "a waiver is named"})
    assert named.json()["subject"]["display_name"] == "Wen Zhao"
    assert named.json()["unblinded_because"] == "a waiver is named"
    assert named.json()["pack"]["testimonials"][0]["narrative"] == SAID
    assert surface.get(f"{P}/desk/{appeal}", MONA).json() == named.json()
    with transaction(surface.harness.engine) as tx:
        opened = [e for e in log.of_case(tx, appeal) if e.kind == "pack.opened" and e.by == ON_CASE]
    assert [entry.details["blind"] for entry in opened] == [True, False]
    seen = surface.get(f"{P}/cases/{appeal}", AUDI).json()["timeline"]
    assert "a waiver is named" in [event["reason"] for event in seen]


def test_every_look_at_what_testimonials_say_is_in_the_audit_log(room: Room) -> None:
    surface, _, appeal = room

    def looks() -> list[Any]:
        with transaction(surface.harness.engine) as tx:
            return [entry for entry in audit_log.entries(tx) if entry.action == "testimonials.read"]

    before = len(looks())
    surface.client.ask("GET", f"{P}/cases/{appeal}/pack", bearer(AUDI, subject="sub-of-audi"))
    entry = looks()[-1]
    assert len(looks()) == before + 1
    assert entry.by == "sub-of-audi"
    assert entry.details == {
        "program": PROGRAM, "participant": "wen", "case": appeal, "testimonial_ids": ["v1"],
    }  # fmt: skip


def test_a_signature_needs_a_login_of_the_last_five_minutes_and_the_pack_that_was_read(
    room: Room,
) -> None:
    surface, _, appeal = room
    pack = surface.get(f"{P}/cases/{appeal}/pack", MONA)
    etag = pack.header("etag") or ""
    assert etag == f'"{pack.json()["digest"]}"'
    body = {"outcome": "rejected", "statement": "The meetings were counted."}

    def sign(asked: Any, age: timedelta | None, if_match: str | None = etag) -> WebAnswer:
        proved: dict[str, Any] = {} if age is None else {"auth_time": seconds(surface.now - age)}
        sent = {"If-Match": if_match} if if_match is not None else {}
        return surface.client.ask(
            "POST",
            f"{P}/cases/{appeal}/signatures",
            {**bearer(MONA, **proved), **sent, "Content-Type": "application/json"},
            json.dumps(asked).encode(),
        )

    fresh = timedelta(minutes=5)
    for age in (None, fresh + timedelta(seconds=1)):
        stale = sign(body, age)
        assert (stale.status, kind_of(stale)) == (401, "authenticate-again")
        assert "insufficient_user_authentication" in (stale.header("www-authenticate") or "")
    assert sign(body, fresh, None).status == 428
    assert (sign(body, fresh, '"00"').status, kind_of(sign(body, fresh, '"00"'))) == (
        412,
        "pack-changed",
    )
    wordless = sign({"outcome": "rejected"}, fresh)
    assert (wordless.status, wordless.json()["errors"][0]["pointer"]) == (422, "/statement")
    assert kind_of(sign({**body, "outcome": "granted"}, fresh)) == "outcome-not-offered"

    signed = sign(body, fresh)
    assert (signed.status, signed.json()["mine"]) == (201, "rejected")
    assert signed.json()["outcome"] is None
    assert sign(body, None).json() == signed.json()
    assert kind_of(sign({**body, "outcome": "upheld"}, fresh)) == "already-signed"
    assert surface.get(f"{P}/desk/{appeal}", MONA).json()["mine"] == "rejected"
    blind = surface.get(f"{P}/desk/{appeal}", participant(PROGRAM, "nils")).json()
    assert [one["outcome"] for one in blind["signatures"]] == [None]


def test_an_officer_is_changed_by_the_etag_that_was_read(room: Room) -> None:
    surface, *_ = room
    path = f"{P}/committee/nora"

    def put(if_match: str, **office: Any) -> WebAnswer:
        return surface.client.ask(
            "PUT",
            path,
            {**bearer(BOSS), "If-Match": if_match, "Content-Type": "application/json"},
            json.dumps({"roles": ["member"], **office}).encode(),
        )

    nobody = surface.get(path, BOSS)
    assert (nobody.header("etag"), nobody.json()["roles"]) == ('"0"', [])
    appointed = put('"0"', employer="Hafenwerk", term_until="2026-12-31")
    assert (appointed.status, appointed.header("etag")) == (200, '"1"')
    assert appointed.json()["sits"]
    assert put('"0"').status == 412
    over = put('"1"', term_until="2026-11-28")
    assert (over.status, over.json()["sits"]) == (200, False)
    assert surface.get(f"{P}/desk", participant(PROGRAM, "nora")).status == 404
    assert "Hafenwerk" not in surface.get(f"{P}/committee", MONA).text


def test_a_conflict_is_ended_by_who_declared_it_or_a_coordinator(room: Room) -> None:
    surface, *_ = room
    ana, leo = participant(PROGRAM, "ana"), participant(PROGRAM, "leo")
    assert post(surface, "/conflicts", ana, {"other": "leo", "why": "family"}).status == 204
    listed = surface.get(f"{P}/committee", leo).json()["conflicts"]
    assert [(one["one"]["participant_id"], one["mine"]) for one in listed] == [("ana", True)]

    def end(who: Role, other: str, **more: str) -> WebAnswer:
        query = "&".join(f"{k}={v}" for k, v in {"other": other, "why": "family", **more}.items())
        return surface.client.ask("DELETE", f"{P}/conflicts?{query}", bearer(who))

    assert kind_of(end(leo, "ana")) == "not-allowed"
    assert end(BOSS, "ana", one="leo").status == 204
    assert surface.get(f"{P}/committee", leo).json()["conflicts"] == []
    of_others = post(surface, "/conflicts", leo, {"one": "ana", "other": "wen", "why": "family"})
    assert of_others.status == 404


def test_who_keeps_out_has_no_seat_any_more(room: Room) -> None:
    surface, _, appeal = room
    pia = participant(PROGRAM, "pia")
    assert post(surface, f"/cases/{appeal}/recusals", pia, {"why": "we are friends"}).status == 204
    assert surface.get(f"{P}/desk/{appeal}", pia).status == 404
    (line,) = surface.get(f"{P}/desk", pia).json()["others"]
    assert (line["seat"], line["conflicts"]) == ("recused", ["declared"])


def test_what_was_declined_cannot_be_withdrawn_and_only_a_chair_may_ask(room: Room) -> None:
    surface, first, _ = room
    with transaction(surface.harness.engine) as tx:
        case = cases.of(tx, PROGRAM, first)
    assert case is not None
    asked = {"participant_id": "wen", "decision_id": case.decision_id, "reason": "a late fact"}
    for who in (participant(PROGRAM, "cher"), BOSS, MONA):
        assert post(surface, "/withdrawals", who, asked).status == 404


def test_statements_of_an_answer_do_not_grow_with_what_there_is(room: Room) -> None:
    """Lists take at most 8, whatever is on them; a case reads its log, its pack and those that it
    followed from too."""
    surface, first, appeal = room
    most = {
        "/me/cases": (WEN, 12),
        "/cases": (BOSS, 8),
        "/deadlines": (BOSS, 8),
        "/desk": (MONA, 12),
        "/committee": (MONA, 8),
        f"/cases/{first}": (WEN, 9),
        f"/cases/{appeal}": (BOSS, 12),
    }
    counts = {}
    for path, (who, _) in most.items():
        with counted() as statements:
            assert surface.get(f"{P}{path}", who).status == 200
        counts[path] = sum(statements.values())
    assert {path: n for path, n in counts.items() if n > most[path][1]} == {}, counts
