"""What is looked at on the people surface; a defect must be noticed by one of these checks.

W1 fields and statuses are those of the matrix · W2 absent and forbidden are the same answer ·
W3 names are text · W4 tokens nobody signed are refused · W5 inactive people are not shown ·
W6 cursors show nothing of others · W7 what is wrong with a request is named · W8 sessions end ·
W9 signing in leads to us · W10 changes are one's own · W11 other sites change nothing ·
W12 each role of the database reads what is its own · G1 to G5: giving_checks ·
L1, L2: live_checks · N1 to N5: notes_checks · K1 to K4: credentials_checks ·
Q1 to Q5: metrics_checks · O1 to O4: console_checks ·
M1 to M4: notices_checks · E1 to E8: notifier_checks · S1 to S4: sharing_checks ·
P1, P2: progress_checks.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import psycopg

from engine.store.postgres.connection import connect, transaction
from tests.integration.web.people_surface import (
    COOKIE,
    PUBLIC,
    PeopleSurface,
    bearer,
    coordinator,
    described_loop,
    described_person,
    make_roles,
    participant,
)
from tests.integration.web.privacy import OTHER, PERSON, SELF_MATCH, Planted, choose
from tests.integration.web.walks import differing, refusals, wrong_answers
from tests.support.asgi import WebAnswer
from tests.support.given import kudos
from tests.support.issuing import claims, encoded
from tests.verification.checker.verdict import Violation
from tests.verification.defects import (
    console_checks,
    credentials_checks,
    giving_checks,
    live_checks,
    metrics_checks,
    notes_checks,
    notices_checks,
    notifier_checks,
    progress_checks,
    sharing_checks,
)

NAME = "<b>Ilka & Co</b>"
_PREFERENCES = f"/v1/programs/{OTHER}/me/preferences"
_ME = participant(OTHER, PERSON)
_JSON = {"Content-Type": "application/json"}


def plant_more(surface: PeopleSurface) -> None:
    """Somebody with a name that looks like HTML, somebody who left, and a loop of one program."""
    surface.describe(
        described_person(SELF_MATCH, "ilka", display_name=NAME, given_name=NAME),
        described_person(SELF_MATCH, "left", display_name="Lea Left", active=False),
        described_loop(SELF_MATCH, "loop-of-ilka", "ilka", "left", name=NAME),
    )
    surface.harness.tell(
        kudos("of-ilka", "left", "ilka", "trust", program_id=SELF_MATCH, loop_id="loop-of-ilka"),
        kudos("of-left", "ilka", "left", "trust", program_id=SELF_MATCH, loop_id="loop-of-ilka"),
        partition=2,
    )


_WALKS = frozenset({"W1", "W2"})
"""They ask hundreds of addresses and change nothing, so they may end early. Every other check
runs to its end, where it puts back what it changed: the clock, say."""


def violations(planted: Planted, checks: Iterable[str], most: int | None = None) -> list[Violation]:
    """What these checks find wrong with a surface; nothing without a defect. `most`: how many
    from a walk are enough."""
    for program in (SELF_MATCH, OTHER):
        choose(planted.surface, program)
    return [
        Violation(name, text)
        for name in checks
        for text in islice(CHECKS[name](planted), most if name in _WALKS else None)
    ]


def _refusals(planted: Planted) -> Iterator[str]:
    yield from differing(refusals(planted, pages=False))
    yield from differing(refusals(planted, pages=True))


def _names(planted: Planted) -> Iterator[str]:
    ilka = participant(SELF_MATCH, "ilka")
    for page in ("kudos", "kudos/trust", "highlights", "settings", "people/ilka"):
        if "<b>Ilka" in planted.surface.get(f"/p/{SELF_MATCH}/{page}", ilka).text:
            yield f"{page} has a name as HTML"


def _tokens(planted: Planted) -> Iterator[str]:
    for algorithm in ("none", "None", "HS256"):
        header = json.dumps({"alg": algorithm, "kid": "EdDSA", "typ": "at+jwt"}).encode()
        body = json.dumps(claims(roles=[_ME])).encode()
        token = f"{encoded(header).decode()}.{encoded(body).decode()}."
        answer = planted.surface.client.ask("GET", "/v1/me", {"Authorization": f"Bearer {token}"})
        if answer.status != 401:
            yield f"a token of algorithm {algorithm} is answered {answer.status}"
    aud = {"aud": "another"}
    if planted.surface.client.ask("GET", "/v1/me", bearer(_ME, **aud)).status != 401:
        yield "a token for another audience is answered"


def _inactive(planted: Planted) -> Iterator[str]:
    ilka = participant(SELF_MATCH, "ilka")
    for path in (
        f"/v1/programs/{SELF_MATCH}/people/left/summary",
        f"/p/{SELF_MATCH}/people/left",
        f"/v1/programs/{SELF_MATCH}/me/partners",
    ):
        if "Lea Left" in planted.surface.get(path, ilka).text:
            yield f"{path} shows somebody inactive"


def _cursors(planted: Planted) -> Iterator[str]:
    path = f"/v1/programs/{OTHER}/me/highlights"
    after = planted.surface.get(f"{path}?limit=1", _ME).json()["next"]
    for who in ("gwen", "olga"):
        answer = planted.surface.get(f"{path}?after={after}", participant(OTHER, who))
        if planted.shown(answer):
            yield f"the cursor of somebody else shows {who} what is theirs"


def _faults(planted: Planted) -> Iterator[str]:
    for path in ("/v1/me?x=1", f"{_PREFERENCES}?x=1", f"/p/{OTHER}/kudos?x=1"):
        if planted.surface.get(path, _ME).status != 422:
            yield f"{path} takes a parameter that it does not have"
    elsewhere = planted.surface.get(
        f"/v1/programs/{OTHER}/loops/loop-of-ilka/board", coordinator(OTHER)
    )
    if elsewhere.status != 404:
        yield f"the loop of another program is answered {elsewhere.status}"
    others = planted.awards[OTHER][0]
    award = planted.surface.get(
        f"/v1/programs/{OTHER}/me/awards/{others}", participant(OTHER, "gwen")
    )
    if award.status != 404:
        yield f"somebody else's award is answered {award.status}"


def _sessions(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    before = surface.now
    plain = surface.sign_in(_ME)
    renewed = surface.sign_in(_ME, refresh="r")
    surface.move(minutes=20)
    if _with(surface, plain).status != 401:
        yield "roles of 20 minutes ago are believed"
    surface.move(hours=9)
    surface.renew(_ME)
    if _with(surface, renewed).status != 401:
        yield "a session goes on after nine idle hours"
    surface.move(seconds=(before - surface.now).total_seconds())


def _with(surface: PeopleSurface, cookie: str) -> WebAnswer:
    return surface.get("/v1/me", cookie=f"{COOKIE}={cookie}")


def _redirects(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    for target in (
        ".evil.example/",
        "//evil.example/",
        "https://evil.example/",
        "/%5Cevil.example",
    ):
        cookie = surface.sign_in(_ME, target=target)
        again = surface.get(f"/sign-in?next={target}", cookie=f"{COOKIE}={cookie}")
        for location in (surface.landed, again.header("location") or ""):
            if not location.startswith((f"{PUBLIC}/", "/")) or location.startswith(("//", "/\\")):
                yield f"signing in leads to {location}"


def _own_changes(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    before = surface.get(_PREFERENCES, _ME).header("etag")
    mate = bearer(participant(OTHER, "mate"))
    body = b'{"timezone": "Europe/Oslo", "appearance": "light"}'
    surface.client.ask("PUT", _PREFERENCES, {**mate, **_JSON, "If-Match": "*"}, body)
    if surface.get(_PREFERENCES, _ME).header("etag") != before:
        yield "somebody's preferences are changed by somebody else"
    if '"Europe/Oslo"' not in surface.client.ask("GET", _PREFERENCES, mate).text:
        yield "what somebody chose is not theirs"
    stale = {**mate, **_JSON, "If-Match": '"0"'}
    if surface.client.ask("PUT", _PREFERENCES, stale, body).status != 412:
        yield "a change is taken although there was another meanwhile"


def _sites(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    cookie = {"cookie": f"{COOKIE}={surface.sign_in(_ME)}", **_JSON, "If-Match": "*"}
    body = b'{"timezone": null, "appearance": "light"}'
    for site in ({}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}):
        answer = surface.client.ask("PUT", _PREFERENCES, {**cookie, **site}, body)
        if answer.status != 403:
            yield f"a request of another site ({site}) is answered {answer.status}"


def _rights(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    make_roles(surface.harness)
    for role, table in (
        ("badge_reader", "messages"),
        ("badge_reader", "dead_letters"),
        ("badge_reader", "directory.participants"),
        ("badge_people", "awards"),
        ("badge_people", "messages"),
        ("badge_notes", "dead_letters"),
        ("badge_notes", "web.sessions"),
    ):
        engine = connect(surface.url_of[role], "test")
        try:
            with transaction(engine) as tx:
                tx.execute(f"SELECT * FROM {table} LIMIT 1")
            yield f"{role} reads {table}"
        except psycopg.errors.InsufficientPrivilege:
            continue
        finally:
            engine.dispose()


CHECKS: dict[str, Callable[[Planted], list[str] | Iterator[str]]] = {
    "W1": wrong_answers,
    "W2": _refusals,
    "W3": _names,
    "W4": _tokens,
    "W5": _inactive,
    "W6": _cursors,
    "W7": _faults,
    "W8": _sessions,
    "W9": _redirects,
    "W10": _own_changes,
    "W11": _sites,
    "W12": _rights,
    **giving_checks.CHECKS,
    **live_checks.CHECKS,
    **console_checks.CHECKS,
    **metrics_checks.CHECKS,
    **notes_checks.CHECKS,
    **notifier_checks.CHECKS,
    **notices_checks.CHECKS,
    **credentials_checks.CHECKS,
    **sharing_checks.CHECKS,
    **progress_checks.CHECKS,
}
