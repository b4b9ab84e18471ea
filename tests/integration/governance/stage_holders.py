"""People who hold stages of the program `recognition`, by decisions of elsewhere."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.handlers.policy import IntakePolicy
from governance.store import log, outbox
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.integration.handlers.harness import Harness
from tests.support.given import record
from tests.support.notes import MASTER

DIGEST = hashlib.sha256(b"elsewhere").hexdigest()
LONG_AGO = timedelta(days=400)


class HoldersPlace(Protocol):
    """Where facts are accepted: a committee's room, or a surface of pages."""

    harness: Harness
    now: datetime


def accept(room: HoldersPlace, *records: bytes) -> None:
    """Accept facts as a worker does whose clock is that of the room."""
    terms = IntakePolicy(clock=lambda: room.now, notes_key=MASTER)
    room.harness.tell_by_topic(*records, terms=terms)


def hold(room: HoldersPlace, badge: str, *people: str, since: datetime | None = None) -> None:
    """They got a badge of the committee 400 days ago, or then."""
    at = (since or room.now - LONG_AGO).isoformat()
    accept(
        room,
        *(
            record(
                "mentoring.decision.recorded.v1",
                at,
                {
                    "program_id": PROGRAM, "participant_id": who, "case": badge,
                    "decision_id": f"d-{who}-{badge}-{at}", "outcome": "granted", "as_of": at,
                    "approver_ids": ["yara", "zoe"], "pack": DIGEST, "policy": DIGEST,
                },
            )
            for who in people
        )
    )  # fmt: skip


def rewarded(room: HoldersPlace, reward: str, kind: str, cycle: str, *people: str) -> None:
    """They got a reward, elsewhere."""
    data: dict[str, Any] = {
        "program_id": PROGRAM, "reward": reward, "kind": kind, "cycle": cycle,
        "approver_ids": ["yara"],
    }  # fmt: skip
    at = room.now.isoformat()
    accept(
        room,
        *(
            record(
                "mentoring.reward.granted.v1",
                at,
                {**data, "participant_id": who, "reward_id": f"{reward}-{cycle}-{who}"},
            )
            for who in people
        ),
    )


def trained(room: HoldersPlace, who: str, days_ago: float = 30) -> None:
    """They completed a training of mentors."""
    data = {
        "program_id": PROGRAM, "participant_id": who, "completion_id": f"c-{who}",
        "course_id": "mentor-foundations", "kind": "foundations", "credits": 2,
    }  # fmt: skip
    at = (room.now - timedelta(days=days_ago)).isoformat()
    accept(room, record("mentoring.training.completed.v1", at, data))


def published(room: CommitteeRoom, kind: str) -> list[dict[str, Any]]:
    """The data of what waits to be published of a type, as `reward.granted`."""
    with room.sitting() as sitting:
        waiting = outbox.waiting(sitting.tx, 1000)
    events = [json.loads(each.fact.value) for each in waiting]
    return [each["data"] for each in events if each["type"] == f"mentoring.{kind}.v1"]


def deliver(room: CommitteeRoom) -> None:
    """Let the engine accept what waits to be published."""
    with room.sitting() as sitting:
        waiting = [each.fact.value for each in outbox.waiting(sitting.tx, 1000)]
    accept(room, *waiting)


def entries(room: CommitteeRoom, *kinds: str) -> list[dict[str, Any]]:
    """The bodies of the log's entries of some kinds, all of which are verified."""
    with room.sitting() as sitting:
        log.verify(sitting.tx)
        return [
            dict(each.details) for each in log.of_program(sitting.tx, PROGRAM) if each.kind in kinds
        ]


def news(room: CommitteeRoom, kind: str) -> list[str]:
    """Who was notified of something."""
    rows = room.harness.rows(
        "SELECT participant FROM notify.case_news WHERE news = %s ORDER BY participant", kind
    )
    return [who for (who,) in rows]
