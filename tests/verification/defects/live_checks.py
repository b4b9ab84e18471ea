"""What is looked at of open pages.

L1 a change wakes whom it concerns · L2 a stream goes on no longer than what admitted it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from events.schemas.badge_awarded import BadgeAwarded
from tests.integration.web.people_surface import COOKIE, participant
from tests.integration.web.privacy import OTHER, PERSON, SELF_MATCH, Planted
from web.identity.login.sessions import digest
from web.live.admissions import AdmissionWatch
from web.live.changes import Listener, changes_of
from web.live.hub import Admission, Hub

_DUE: Mapping[Listener, list[str]] = {
    Listener(OTHER, PERSON): ["kudos", "notes", "notifications", "highlights"],
    Listener(OTHER, "gwen"): ["kudos"],
    Listener(OTHER, "mate"): [],
    Listener(SELF_MATCH, PERSON): [],
}
"""Of kudos that gwen gave the person: what each hears, a namesake in another program too."""


def _woken(planted: Planted) -> Iterator[str]:
    hub = Hub()
    admitted = Admission(None, planted.surface.now)
    streams = {listener: hub.open(listener, admitted, lambda: None) for listener in _DUE}
    data = {
        "award_id": planted.awards[OTHER][0],
        "program_id": OTHER,
        "recipient_id": PERSON,
        "giver_id": "gwen",
        "category": "kudos",
        "total": 1,
    }
    hub.publish(changes_of(json.dumps({"type": BadgeAwarded.TYPE, "data": data}).encode()))
    for listener, stream in streams.items():
        changes, _ = hub.take(stream)
        if [change.what for change in changes] != _DUE[listener]:
            yield f"{listener} hears {changes}"


def _admitted(planted: Planted) -> Iterator[str]:
    surface, hub = planted.surface, Hub()
    cookie = surface.sign_in(participant(OTHER, PERSON))
    until = surface.now + timedelta(minutes=10)
    me = Listener(OTHER, PERSON)
    of_session = hub.open(me, Admission(digest(cookie), until), lambda: None)
    of_token = hub.open(me, Admission(None, until), lambda: None)
    watch = AdmissionWatch(hub, surface.pools.people, lambda: surface.now)
    watch.look()
    if hub.take(of_session)[1] or hub.take(of_token)[1]:
        yield "a stream ends before its time"
    headers = {"cookie": f"{COOKIE}={cookie}", "Sec-Fetch-Site": "same-origin"}
    surface.client.ask("POST", "/sign-out", headers)
    watch.look()
    if not hub.take(of_session)[1]:
        yield "a stream goes on after its session"
    surface.move(minutes=11)
    watch.look()
    surface.move(minutes=-11)
    if not hub.take(of_token)[1]:
        yield "a stream goes on after its token"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {"L1": _woken, "L2": _admitted}
