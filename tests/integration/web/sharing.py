"""What tests of sharing ask for: somebody with awards, who shares them."""

import json
from collections.abc import Sequence
from typing import Any

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
from tests.support.given import kudos, meeting, retracted

WEN, ANA = participant("acme", "wen"), participant("acme", "ana")
NOTE = "a private note of ana"
LOOP = "loop-of-wen"
PLACE: dict[str, Any] = {"program_id": "acme", "loop_id": LOOP}
TABLES = "web.shares, web.credentials, web.status_lists, directory.erased"


def begin(surface: PeopleSurface, **program: Any) -> None:
    """Let "wen" of "acme" hold Momentum, bronze, and kudos from "ana", and nothing be shared."""
    surface.harness.clear()
    with surface.harness.transaction() as tx:
        tx.execute(f"TRUNCATE {TABLES}")
    surface.describe(
        described_program("acme", name="Acme Mentoring", **program),
        described_person("acme", "wen", display_name="Wen Zhao", email="wen@example.org"),
        described_person("acme", "ana", display_name="Ana Silva"),
        described_loop("acme", LOOP, "wen", "ana", name="Growing tomatoes"),
    )
    surface.harness.tell(
        *(meeting(f"m{n}", "wen", "ana", at=n, **PLACE) for n in range(1, 6)),
        kudos("k1", "ana", "wen", "trust", at=9, message=NOTE, **PLACE),
    )


def awards(surface: PeopleSurface, who: str = "wen") -> dict[str, str]:
    """The ids of somebody's awards, by badge."""
    rows = surface.harness.rows(
        "SELECT badge, award_id::text FROM awards WHERE recipient = %s ORDER BY level DESC", who
    )
    return dict(rows)


def put(
    surface: PeopleSurface,
    award_id: str,
    who: Role = WEN,
    *,
    show_name: bool = False,
    program: str = "acme",
) -> WebAnswer:
    """Ask for an award to be shared."""
    return surface.client.ask(
        "PUT",
        f"/v1/programs/{program}/me/awards/{award_id}/share",
        {**bearer(who), "Content-Type": "application/json"},
        json.dumps({"show_name": show_name}).encode(),
    )


def stop(surface: PeopleSurface, award_id: str, who: Role = WEN) -> WebAnswer:
    """Ask for an award to be shared no longer."""
    path = f"/v1/programs/acme/me/awards/{award_id}/share"
    return surface.client.ask("DELETE", path, bearer(who))


def withdraw_kudos(surface: PeopleSurface) -> None:
    """Let the kudos be retracted."""
    surface.harness.tell(retracted("mentoring.kudos.given.v1", "k1", at=20, **PLACE))


def give_again(surface: PeopleSurface) -> None:
    """Let a meeting count that was retracted before."""
    surface.harness.tell(meeting("m9", "wen", "ana", at=30, **PLACE))


def withdraw_meeting(surface: PeopleSurface, name: str = "m1") -> None:
    """Let a meeting be retracted, and so Momentum be lost if there are four left."""
    surface.harness.tell(retracted("mentoring.meeting.completed.v1", name, at=20, **PLACE))


def bits(surface: PeopleSurface) -> list[tuple[int, int]]:
    """The list and index of each credential that is revoked."""
    return surface.harness.rows(
        "SELECT list, index FROM web.credentials WHERE revoked IS NOT NULL ORDER BY 1, 2"
    )


def live_places(surface: PeopleSurface) -> Sequence[tuple[int, int]]:
    """The list and index of each credential that is good."""
    return surface.harness.rows(
        "SELECT list, index FROM web.credentials WHERE revoked IS NULL ORDER BY 1, 2"
    )
