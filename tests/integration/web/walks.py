"""Walks over all addresses, each giving what is wrong in sentences; none of them is right.

They are what the tests of the matrix assert, and what notices a seeded defect.
"""

import json
import re
from collections.abc import Iterable, Iterator

from tests.integration.web.people_surface import bearer
from tests.integration.web.privacy import (
    CONSENT,
    DRAWS,
    GIFT,
    GIFT_HEADERS,
    HELD,
    INVITATION,
    LOOP,
    OTHER,
    PERSON,
    PROGRAMS,
    SELF_MATCH,
    SHARED,
    STAGE,
    ZONE,
    Planted,
    ends_sharing,
    is_of_desk,
)
from tests.support.asgi import WebAnswer
from web.policy.calibration_endpoints import CALIBRATION, CALIBRATION_PAGES
from web.policy.committee_endpoints import COMMITTEE, COMMITTEE_PAGES
from web.policy.endpoint import Asker, Endpoint
from web.policy.endpoints import EVERY
from web.policy.matrix import VIEWERS, Field, Viewer
from web.policy.mentors_endpoints import MENTORS, MENTORS_PAGES
from web.policy.outcomes_endpoints import OUTCOMES, OUTCOMES_PAGES
from web.policy.panels_endpoints import PANELS, PANELS_PAGES
from web.policy.rewards_endpoints import REWARDS, REWARDS_PAGES

ABSENT = ("nobody", "a8098c1a-f86e-11da-bd1a-00112444be1e", "%00", "%ff", "%2F..", "x" * 300,
          "%F0%9F%A6%84")  # fmt: skip
"""Ids that nothing has, and what can be no id."""

_OF_COMMITTEE: set[Viewer] = {"member on the case", "other member", "chair", "auditor"}
_PARTICIPANTS: set[Viewer] = {
    "me", "giver", "loop-mate", "other, self-match", "other", *_OF_COMMITTEE, "reviewer",
    "their mentor",
}  # fmt: skip
_INSTANCE = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
_ASKS_AS: dict[Asker, set[Viewer]] = {
    "anybody signed in": {*VIEWERS} - {"public"},
    "participant": _PARTICIPANTS,
    "coordinator": {"coordinator"},
    "service": {"service"},
    "member": _PARTICIPANTS | {"coordinator"},
    "case reader": {"coordinator", "auditor"},
    "at the desk": _OF_COMMITTEE,
    "voter": _OF_COMMITTEE - {"auditor"},
    "opener": {"coordinator", "chair"},
    "minutes reader": _OF_COMMITTEE | {"coordinator"},
    "chair": {"chair"},
    "reviewer": {"reviewer"},
    "auditor": {"auditor"},
    "calibration reader": {"reviewer", "coordinator", "auditor"},
}
_SEES_OTHERS = ("giver", "loop-mate", "reviewer", "their mentor", *_OF_COMMITTEE)
_ELSEWHERE: dict[str, Viewer] = {SELF_MATCH: "other", OTHER: "other, self-match"}


def wrong_answers(planted: Planted, endpoints: Iterable[Endpoint] = EVERY) -> Iterator[str]:
    """What is wrong, address by address: statuses that are not those of who asks (401, of a page
    303; 404, or an answer), fields that are shown and must not be, or the other way round."""
    for endpoint in endpoints:
        for viewer in VIEWERS:
            for program in PROGRAMS:
                yield from _wrong(planted, endpoint, viewer, program)


def _wrong(planted: Planted, endpoint: Endpoint, viewer: Viewer, program: str) -> Iterator[str]:
    shown: set[Field] = set()
    allowed = _statuses(endpoint, viewer, program)
    for path in planted.paths(endpoint, program):
        answer = ask(planted, endpoint, viewer, path)
        shown |= planted.shown(answer)
        if answer.status not in allowed:
            yield f"{viewer}: {endpoint.method} {path} is {answer.status}"
    for field in sorted(shown ^ _due(endpoint, viewer, program)):
        what = f"{endpoint.method} {endpoint.path}: {field}"
        yield f"{what} is {'' if field in shown else 'not '}shown to {viewer} in {program}"


def _statuses(endpoint: Endpoint, viewer: Viewer, program: str) -> set[int]:
    if viewer == "public":
        return {401 if endpoint.is_api else 303}
    elsewhere = "{program}" in endpoint.path and viewer == _ELSEWHERE[program]
    if viewer not in _ASKS_AS[endpoint.asker] or elsewhere:
        return {404}
    if endpoint in (*CALIBRATION, *CALIBRATION_PAGES):
        return _of_calibrations(endpoint)
    if endpoint in PANELS or endpoint in PANELS_PAGES:
        return {200 if endpoint.method == "GET" else 422}  # bodies are of something else
    if endpoint in (*REWARDS, *REWARDS_PAGES):
        return _of_rewards(endpoint)
    if endpoint in COMMITTEE_PAGES:
        return _of_committee_pages(endpoint, viewer)
    if endpoint in OUTCOMES + OUTCOMES_PAGES:
        return _of_outcomes(endpoint, viewer)
    if endpoint in COMMITTEE:
        return _of_committee(endpoint, viewer)
    if endpoint in MENTORS or endpoint in MENTORS_PAGES:
        return _of_mentors(endpoint)
    if "{award_id}" in endpoint.path and endpoint.method != "GET":
        return _of_sharing(endpoint, viewer)
    if "/kudos" in endpoint.path and endpoint.is_api:
        return _of_gifts(endpoint, viewer)
    if "/given/" in endpoint.path:
        return {303 if viewer == "giver" else 404}
    if endpoint.path.endswith("/give"):
        return {200 if endpoint.method == "GET" else 422}  # nothing is chosen
    if endpoint.path.endswith("/settle"):
        return {204, 303, 404}  # reported and not settled yet, or not
    if "{invitation_id}" in endpoint.path and viewer != "me":
        return {404}
    if "{kudos_id}" in endpoint.path and viewer != "me":
        return {404}
    if endpoint.method == "POST":
        return {204 if endpoint.is_api else 303}
    if endpoint.self_match_only:
        return {200 if program == SELF_MATCH else 404}
    if "{award_id}" in endpoint.path:
        return {200 if viewer == "me" else 404}
    return {200}


def _of_rewards(endpoint: Endpoint) -> set[int]:
    """The policy has no rewards, bench or pairings, and what is sent says nothing."""
    if endpoint.method == "GET":
        return {200}
    return {303} if endpoint.path == "/p/{program}/bench/offers" else {422}


def _of_mentors(endpoint: Endpoint) -> set[int]:
    """Nothing is asked with what must be sent, so nothing is changed."""
    if endpoint.path.endswith("/off"):
        return {303}
    asks_for_more = endpoint.path.endswith(("/differences", "/simulation"))
    return {200 if endpoint.method == "GET" and not asks_for_more else 422}


def _of_calibrations(endpoint: Endpoint) -> set[int]:
    """Forms and bodies say nothing, so they come back; what asks for nothing is done."""
    if endpoint.path.endswith(("/close", "/retire")):
        return {303}
    if endpoint.method != "GET":
        return {422}
    return {303 if endpoint.path.endswith("/{calibration_id}") else 200}


def _of_committee(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    """A case is there for who reads it, and at the desk for who has a seat. Bodies are of something
    else, so nothing is changed."""
    if endpoint.method in ("POST", "PUT"):
        return _of_deeds(endpoint, viewer)
    if endpoint.method == "DELETE":
        return {422 if viewer == "coordinator" else 204}  # who names nobody has no conflict
    if endpoint.path.endswith("/cases/{case_id}"):
        return {200 if viewer in ("me", "coordinator", "auditor") else 404}
    if is_of_desk(endpoint):
        return {200 if viewer in ("member on the case", "auditor") else 404}
    return {200}


def _of_committee_pages(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    """As of the API; a form that says nothing comes back to who may fill it."""
    if endpoint.path.endswith("/minutes/{number}"):
        return {200, 404}  # sealed, or not yet
    if endpoint.path.endswith("/minutes") and endpoint.method == "POST":
        return {303}
    if endpoint.method == "GET":
        return _of_committee(endpoint, viewer)
    if endpoint.path.endswith("/acknowledge"):
        return {409}
    if endpoint.path.endswith(("/go-on", "/withdraw")):
        return {409 if viewer == "me" else 404}
    if endpoint.path.endswith(("/answer", "/appeals")):
        return {422 if viewer == "me" else 404}
    if endpoint.path.endswith("/committee/{participant}"):
        # What is declared of oneself is kept once one has a part.
        return {"coordinator": {303}, "me": {303, 404}}.get(viewer, {404})
    if endpoint.path.endswith("/open"):
        return {303 if viewer in ("member on the case", "auditor") else 404}
    if endpoint.path.endswith("/judge"):
        return {422 if viewer == "member on the case" else 404}
    if endpoint.path.endswith(("/unblind", "/recuse")):
        return {422 if viewer in ("member on the case", "auditor") else 404}
    return {422}


def _of_outcomes(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    """A learner's work is there for them, their mentor and coordinators. The person is a mentor of
    nobody, and there is neither a warning nor a consent; bodies are of something else."""
    if endpoint.path.endswith("/mentors/{participant}/learners") or "{consent_id}" in endpoint.path:
        return {404}
    if endpoint.path.endswith("/review"):
        return {204}
    if endpoint.path.endswith("/baselines"):
        return {303}
    if endpoint.method == "POST":
        return {422 if endpoint.is_api else 404}
    if "{participant}" in endpoint.path:
        return {200 if viewer in ("me", "their mentor", "coordinator") else 404}
    return {200}


def _of_deeds(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    if endpoint.path.endswith("/acknowledge"):
        return {409}
    if endpoint.path.endswith(("/go-on", "/withdraw")):
        return {409 if viewer == "me" else 404}
    return {422}


def _of_sharing(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    """An award is its holder's; of another's there is nothing to end."""
    if endpoint.method == "DELETE":
        return {204}
    if endpoint.path.endswith("/stop"):
        return {303}
    if viewer != "me":
        return {404}
    return {200 if endpoint.method == "PUT" else 303}


def _of_gifts(endpoint: Endpoint, viewer: Viewer) -> set[int]:
    """Who is in the loop gives to the person, who cannot give to themselves; what "gwen" gave is
    nobody else's."""
    if endpoint.method == "POST":
        return {{"me": 422, "giver": 202, "loop-mate": 202}.get(viewer, 404)}
    return {404 if viewer != "giver" else 200 if endpoint.method == "GET" else 204}


def differing(answers: Iterable[tuple[str, WebAnswer]]) -> Iterator[str]:
    """Refusals that are not the same as the first, byte for byte but for `instance`."""
    every = iter(answers)
    _, first = next(every)
    return (what for what, one in every if anonymous(one) != anonymous(first))


def refusals(planted: Planted, *, pages: bool, **headers: str) -> Iterator[tuple[str, WebAnswer]]:
    """Every way not to find something, with what it is."""
    for endpoint in EVERY:
        if endpoint.is_api == pages:
            continue
        for viewer, path, what in _attempts(planted, endpoint):
            answer = ask(planted, endpoint, viewer, path, **headers)
            if answer.status not in _NO_REFUSALS:
                yield f"{what}: {viewer}, {endpoint.method} {path}", answer


_NO_REFUSALS = (200, 202, 204, 303, 409, 422)


def _attempts(planted: Planted, endpoint: Endpoint) -> Iterator[tuple[Viewer, str, str]]:
    for path in planted.paths(endpoint, OTHER):
        for viewer in VIEWERS:
            if viewer != "public":
                yield viewer, path, "forbidden or not theirs"
    known = {
        "program": OTHER,
        "participant": PERSON,
        "loop": LOOP,
        "badge_name": "trust",
        "award_id": planted.awards[OTHER][ends_sharing(endpoint)],
        "invitation_id": INVITATION.format(PROGRAMS.index(OTHER)),
        "kudos_id": "k0" if "/notes/" in endpoint.path else planted.gifts[OTHER],
        "stage": STAGE,
        "name": "practice",
        "version": "1",
        "case_id": planted.cases[OTHER][is_of_desk(endpoint)],
        "panel_id": planted.panels[OTHER][0],
        "request_id": planted.panels[OTHER][1],
        "number": "1",
        "calibration_id": planted.calibrations[OTHER][0],
        "anchor_id": planted.calibrations[OTHER][1],
        "consent_id": CONSENT,
        "draw_id": DRAWS[OTHER],
    }
    for name in re.findall(r"\{(\w+)\}", endpoint.path):
        for absent in ABSENT:
            path = endpoint.path.format_map({**known, name: absent})
            yield "me", path, f"no such {name}"
            yield "coordinator", path, f"no such {name}"


def anonymous(answer: WebAnswer) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer without what may differ."""
    headers = [(name, value) for name, value in answer.headers if name != "date"]
    return answer.status, headers, _INSTANCE.sub(b"urn:uuid:", answer.body)


def _due(endpoint: Endpoint, viewer: Viewer, program: str) -> set[Field]:
    """The fields of the person that answers must have. A loop-mate of a self-match program is
    another participant of it too."""
    if endpoint.self_match_only and program == OTHER:
        return set()
    relations = {viewer}
    if program == SELF_MATCH and viewer in _SEES_OTHERS:
        relations.add("other, self-match")
    return {field for relation in relations for field in endpoint.shows.get(relation, ())}


def ask(
    planted: Planted, endpoint: Endpoint, viewer: Viewer, path: str, **headers: str
) -> WebAnswer:
    """Ask as somebody, with a good body where there is one."""
    headers |= bearer(*HELD[viewer], subject=viewer) if HELD[viewer] else {}
    body = b""
    if endpoint.path.endswith(("/notes", "/notes/all")):
        headers |= {"Purpose": "to look"}
    if endpoint.method == "PUT":
        headers |= {"If-Match": "*", "Content-Type": "application/json"}
        zone = ZONE if viewer == "me" else None
        body = json.dumps({"timezone": zone, "appearance": "dark"}).encode()
        if endpoint.path.endswith("/share"):
            body = SHARED
    if endpoint.path.endswith("/settle") and endpoint.is_api:
        headers, body = headers | {"Content-Type": "application/json"}, b'{"decision": "dismiss"}'
    elif endpoint.path.endswith("/read") and endpoint.is_api:
        headers, body = headers | {"Content-Type": "application/json"}, b'{"up_to": 0}'
    elif endpoint.method == "POST" and endpoint.is_api:
        headers, body = headers | GIFT_HEADERS, GIFT
    elif endpoint.method == "POST":
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        body = b"purpose=to+look&decision=dismiss"
    return planted.surface.client.ask(endpoint.method, path, headers, body)
