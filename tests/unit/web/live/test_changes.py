"""Which parts of whose pages a record of mentoring.awards changes."""

import json
from typing import Any

import pytest

from web.live.changes import Listener, changes_of, may_wake

AWARD = "6e2a3b0e-6c0f-5a4e-9d62-0b9f6f3f0c11"
WEN, TOMAS = Listener("p", "wen"), Listener("p", "tomas")
EVERYTHING_OF_KUDOS = ["kudos", "notes", "notifications", "highlights"]


def record(kind: str, **data: Any) -> bytes:
    event = {"specversion": "1.0", "type": f"mentoring.{kind}.v1", "data": {"program_id": "p"}}
    event["data"] |= data  # type: ignore[operator]
    return json.dumps(event).encode()


def awarded(**data: Any) -> bytes:
    fields = {"award_id": AWARD, "recipient_id": "wen", "category": "achievement", "total": None}
    return record("badge.awarded", **fields | data)


def heard(value: bytes) -> dict[Listener, list[str]]:
    by_person: dict[Listener, list[str]] = {}
    for listener, change in changes_of(value):
        assert change.id == AWARD
        by_person.setdefault(listener, []).append(change.what)
    return by_person


def test_an_achievement_changes_badges_notifications_and_highlights() -> None:
    assert heard(awarded()) == {WEN: ["badges", "notifications", "highlights"]}


def test_kudos_change_kudos_and_notes_of_who_gets_them_and_kudos_of_who_gave_them() -> None:
    value = awarded(category="kudos", total=3, giver_id="tomas")
    assert heard(value) == {WEN: EVERYTHING_OF_KUDOS, TOMAS: ["kudos"]}


def test_what_was_given_is_kudos_whatever_its_category() -> None:
    value = awarded(category="gratitude", total=3, giver_id="tomas")
    assert heard(value) == {WEN: EVERYTHING_OF_KUDOS, TOMAS: ["kudos"]}
    earned = awarded(category="gratitude", total=3)
    assert heard(earned) == {WEN: ["badges", "notifications", "highlights"]}


@pytest.mark.parametrize(
    ("total", "parts"),
    [(0, ["badges", *EVERYTHING_OF_KUDOS]), (None, ["badges", "notifications", "highlights"])],
)
def test_a_revocation_changes_what_the_award_did(total: int | None, parts: list[str]) -> None:
    value = record("badge.revoked", award_id=AWARD, recipient_id="wen", total=total)
    assert heard(value) == {WEN: parts}


def test_an_invitation_changes_the_notifications_of_who_is_invited() -> None:
    value = record("kudos.invited", invitation_id=AWARD, respondent_id="tomas", about_ids=["wen"])
    assert heard(value) == {TOMAS: ["notifications"]}


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"no JSON",
        b"\xff",
        b"[]",
        b'{"type": "mentoring.badge.awarded.v1"}',
        record("meeting.completed", award_id=AWARD, recipient_id="wen"),
        awarded(award_id="x\nevent: other\n\n"),
        awarded(award_id=7),
    ],
)
def test_nobody_hears_of_a_record_that_is_none_of_ours(value: bytes) -> None:
    assert heard(value) == {}


def test_a_record_is_read_only_if_its_person_listens_or_it_names_a_giver() -> None:
    listening = frozenset({"wen"})
    assert may_wake(listening, b"wen", awarded())
    assert may_wake(listening, b"mina", awarded(giver_id="wen"))
    assert not may_wake(listening, b"mina", awarded())
    assert not may_wake(listening, None, awarded())
    assert not may_wake(frozenset(), b"wen", awarded(giver_id="wen"))
