"""What is looked at where people are notified; each gives what is wrong, in sentences.

M1 notifications are one's own · M2 invitations are one's own · M3 the link of an e-mail ends what
it is for, by a post · M4 of a dismissed report its giver learns nothing.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from notifier import unsubscribe
from notifier.store import preferences
from notifier.unsubscribe import Unsubscription
from tests.integration.web.people_surface import Role, bearer, coordinator, participant
from tests.integration.web.privacy import INVITATION, LOOP, OTHER, PERSON, PROGRAMS, Planted

_P = f"/v1/programs/{OTHER}"
_ME, _GWEN, _MATE = (participant(OTHER, name) for name in (PERSON, "gwen", "mate"))
_JSON = {"Content-Type": "application/json"}
_MINE = INVITATION.format(PROGRAMS.index(OTHER))


def _unread(planted: Planted, who: Role) -> int:
    return int(planted.surface.get(f"{_P}/me/notifications", who).json()["unread"])


def _notifications(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    listed = surface.get(f"{_P}/me/notifications?limit=100", _GWEN).json()["items"]
    if any(item["award_id"] for item in listed):
        yield "somebody is shown the notifications of somebody else"
    with surface.harness.transaction() as tx:
        tx.execute("UPDATE notify.items SET read = NULL")
    before = _unread(planted, _ME)
    body = json.dumps({"up_to": 2**53 - 1}).encode()
    path = f"{_P}/me/notifications/read"
    surface.client.ask("POST", path, {**bearer(_GWEN), **_JSON}, body)
    if _unread(planted, _ME) != before:
        yield "what somebody has read is marked by somebody else"


def _invitations(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    path = f"{_P}/me/invitations/{_MINE}/dismiss"
    if surface.client.ask("POST", path, bearer(_MATE)).status != 404:
        yield "an invitation is dismissed by somebody else"
    with surface.harness.transaction() as tx:
        tx.execute("UPDATE notify.invitations SET dismissed = NULL")
    headers = {**bearer(_MATE), **_JSON, "Idempotency-Key": "of-the-check-of-invitations"}
    asked = {"loop_id": LOOP, "recipient_id": "gwen", "kind": "trust", "invitation_id": _MINE}
    body = json.dumps(asked).encode()
    if surface.client.ask("POST", f"{_P}/kudos", headers, body).status != 404:
        yield "kudos are given on the invitation of somebody else"


def _links(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    file = surface.settings.token_key_file
    assert isinstance(file, Path)
    key = file.read_text().strip()

    def off(name: str) -> set[str]:
        with surface.harness.transaction() as tx:
            return {*preferences.read(tx, OTHER, name).email_off}

    for name, method, expected in (("looks", "GET", set()), ("clicks", "POST", {"kudos"})):
        link = f"/u/{unsubscribe.token(key, Unsubscription(OTHER, name, 'kudos'))}"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        surface.client.ask(method, link, form, b"List-Unsubscribe=One-Click")
        if off(name) != expected:
            yield f"{method} of a link that ends e-mails about kudos ends {off(name)}"


def _reports(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    with surface.harness.transaction() as tx:
        tx.execute("DELETE FROM notify.items WHERE kudos_id IS NOT NULL")
        tx.execute("DELETE FROM web.note_reports WHERE kudos_id = 'k1'")
    surface.client.ask("POST", f"{_P}/me/notes/k1/report", bearer(_ME))
    headers = {**bearer(coordinator(OTHER)), **_JSON}
    surface.client.ask("POST", f"{_P}/notes/k1/settle", headers, b'{"decision": "dismiss"}')
    rows = surface.harness.rows("SELECT participant FROM notify.items WHERE kudos_id = 'k1'")
    if rows != [(PERSON,)]:
        yield f"of a report that was dismissed {sorted(name for (name,) in rows)} are notified"


CHECKS: dict[str, Callable[[Planted], list[str] | Iterator[str]]] = {
    "M1": _notifications,
    "M2": _invitations,
    "M3": _links,
    "M4": _reports,
}
