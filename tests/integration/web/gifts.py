"""Kudos that are given on the people surface, and a publisher that hands them to the engine."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.handlers.policy import IntakePolicy
from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from tests.integration.handlers.harness import TOPIC
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer
from tests.support.given import meeting
from tests.support.issuing import seconds
from tests.support.notes import MASTER
from web.kudos.dispatch import Dispatch
from web.views.moment import Readings

PROGRAM, LOOP = "acme", "loop-gwen"
KUDOS = f"/v1/programs/{PROGRAM}/kudos"
PARTITION = 3
UNDO_SECONDS = 8


def plant_loops(surface: PeopleSurface) -> None:
    """Gwen and Wen in a loop, a closed one, one that nobody described; others elsewhere."""
    surface.describe(
        described_program(PROGRAM),
        described_program("quiet", kudos={"enabled": False}),
        described_program("final", kudos={"withdraw_hours": 0}),
        *(described_person(PROGRAM, name) for name in ("gwen", "wen", "mate")),
        described_person(PROGRAM, "left", active=False),
        described_loop(PROGRAM, LOOP, "gwen", "wen", "left", name="Gwen and Wen"),
        described_loop(PROGRAM, "closed", "gwen", "wen", state="closed"),
        described_loop(PROGRAM, "elsewhere", "wen", "mate"),
        described_loop("quiet", LOOP, "gwen", "wen"),
        described_loop("final", LOOP, "gwen", "wen"),
    )
    surface.harness.tell(meeting("m", "gwen", "wen", program_id=PROGRAM, loop_id="counted"))


def as_(surface: PeopleSurface, *held: Role) -> dict[str, str]:
    """The header of somebody whose token was issued just now."""
    now = seconds(surface.now)
    return bearer(*held, iat=now, nbf=now, exp=now + 600)


def give(
    surface: PeopleSurface,
    *,
    giver: str = "gwen",
    program: str = PROGRAM,
    key: str | None = "0123456789abcdef",
    body: bytes | None = None,
    **changes: Any,
) -> WebAnswer:
    """Give trust to Wen in the loop of both, with changes; one to None leaves a field out."""
    asked = {"loop_id": LOOP, "recipient_id": "wen", "kind": "trust", **changes}
    asked = {name: value for name, value in asked.items() if value is not None}
    headers = {**as_(surface, participant(program, giver)), "Content-Type": "application/json"}
    if key is not None:
        headers["Idempotency-Key"] = key
    return surface.client.ask(
        "POST",
        f"/v1/programs/{program}/kudos",
        headers,
        json.dumps(asked).encode() if body is None else body,
    )


def undo(
    surface: PeopleSurface, kudos_id: str, giver: str = "gwen", program: str = PROGRAM
) -> WebAnswer:
    """Undo what somebody gave."""
    path = f"/v1/programs/{program}/kudos/{kudos_id}"
    return surface.client.ask("DELETE", path, as_(surface, participant(program, giver)))


def state(surface: PeopleSurface, kudos_id: str, giver: str = "gwen") -> Any:
    """What the giver sees of kudos."""
    asks = as_(surface, participant(PROGRAM, giver))
    answer = surface.client.ask("GET", f"{KUDOS}/{kudos_id}", asks)
    assert answer.status == 200, answer.text
    return answer.json()


@dataclass
class RecordingPublisher:
    """Keeps what is sent, and confirms it. `tried`: that, and what was not confirmed. `away`:
    confirms nothing. `receive`: gets the values of a flush; gives the offset of the first."""

    receive: Callable[[list[bytes]], int] | None = None
    away: bool = False
    records: list[OutgoingRecord] = field(default_factory=list)
    tried: list[OutgoingRecord] = field(default_factory=list)
    _open: list[OutgoingRecord] = field(default_factory=list)
    _confirmed: dict[str, Confirmed] = field(default_factory=dict)

    def send(self, record: OutgoingRecord) -> None:
        self._open.append(record)
        self.tried.append(record)

    def flush(self) -> None:
        sent, self._open = self._open, []
        if self.away:
            raise DeliveryError([(record.event_id, "away") for record in sent])
        begin = len(self.records)
        if self.receive is not None:
            begin = self.receive([record.value for record in sent])
        self.records += sent
        for offset, record in enumerate(sent, begin):
            self._confirmed[record.event_id] = Confirmed(TOPIC, PARTITION, offset)

    def confirmed(self, event_id: str) -> Confirmed | None:
        return self._confirmed.get(event_id)

    @property
    def events(self) -> list[Any]:
        """What was published, as JSON."""
        return [json.loads(record.value) for record in self.records]


def into_the_engine(surface: PeopleSurface) -> RecordingPublisher:
    """A publisher whose records are accepted by the engine at once, by the surface's clock."""
    terms = IntakePolicy(clock=lambda: surface.now, notes_key=MASTER)

    def receive(values: list[bytes]) -> int:
        batch = surface.harness.batch(*values, partition=PARTITION)
        surface.harness.take(batch, terms)
        return batch.start

    return RecordingPublisher(receive)


def dispatch_of(surface: PeopleSurface) -> Dispatch:
    """A dispatcher of the surface, to be run by hand."""
    readings = Readings(surface.pools.reader, surface.pools.people)
    return Dispatch(surface.pools.people, readings, lambda: surface.now, TOPIC)


def send(surface: PeopleSurface, publisher: RecordingPublisher) -> int:
    """Let the time to undo pass, and dispatch."""
    surface.move(seconds=UNDO_SECONDS)
    return dispatch_of(surface).round(publisher)
