"""The dev issuer over HTTP: the web signs in there as it does at the platform's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from tests.integration.web.site import query, site
from tests.support.issuing import AUDIENCE
from tests.support.served import listening, served
from web.identity.authenticate import Identity, sign_in_again_address
from web.identity.dev.dev_issuer import DevIssuer, DevIssuerForbidden
from web.identity.dev.personas import Persona, coordinator, ops, participant
from web.identity.identity_policy import IdentityPolicy
from web.identity.tokens.fetching import Fetch, HttpFetch
from web.identity.wiring import make_identity

NAMES = ["Wen · Northfield · participant", "Mina · Northfield · participant"]


def personas() -> Sequence[Persona]:
    return [
        participant("northfield", "wen.zhao", "Wen", "Northfield"),
        participant("northfield", "mina.o'neil", "Mina", "Northfield"),
        coordinator("northfield", "Northfield"),
        ops(),
    ]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Demonstration:
    """A site with its dev issuer, served at a loopback address."""

    url: str
    identity: Identity

    def browser(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=headers, trust_env=False)


@pytest.fixture(params=["in the process", "over HTTP"])
def demonstration(people: Engine, request: pytest.FixtureRequest) -> Iterator[Demonstration]:
    fetch: Fetch | None = HttpFetch() if request.param == "over HTTP" else None
    with listening() as (own, url):
        policy = IdentityPolicy(url, bind="127.0.0.1", dev_issuer=True)
        identity = make_identity(policy, people, now, personas, fetch)
        with served(site(identity), own):
            yield Demonstration(url, identity)


def test_a_person_is_chosen_from_a_list_of_links(demonstration: Demonstration) -> None:
    with demonstration.browser() as browser:
        page = browser.get("/p/northfield/kudos", follow_redirects=True)
        assert page.status_code == 200
        assert page.headers["x-demonstration"] == "Demonstration"
        assert "Demonstration" in page.text
        for label in (*NAMES, "Coordinator · Northfield · coordinator", "Ops"):
            assert f">{label}</a>" in page.text
        link = next(part for part in page.text.split('href="') if ">Wen" in part).split('"')[0]
        kudos = browser.get(link.replace("&amp;", "&"), follow_redirects=True)
        assert kudos.url.path == "/p/northfield/kudos"
        assert kudos.text == "kudos of wen.zhao@northfield"
        assert "badges-dev" in browser.cookies


@pytest.mark.parametrize("persona", ["mina.o'neil@northfield", "coordinator@northfield", "ops"])
def test_one_link_makes_you_a_persona(demonstration: Demonstration, persona: str) -> None:
    with demonstration.browser() as browser:
        link = f"/sign-in?{urlencode({'next': '/p/x/kudos', 'login_hint': persona})}"
        assert browser.get(link, follow_redirects=True).text == f"kudos of {persona}"
        link = f"/sign-in?{urlencode({'next': '/p/x/kudos', 'login_hint': 'ops'})}"
        assert browser.get(link, follow_redirects=True).text == "kudos of ops"


def test_the_cookie_of_a_demonstration_needs_no_https(demonstration: Demonstration) -> None:
    with demonstration.browser() as browser:
        answer = browser.get("/sign-in?login_hint=ops")
        text = answer.headers["set-cookie"].lower()
        assert text.startswith("badges-dev-login=")
        assert "secure" not in text
        assert "httponly" in text
        assert "samesite=lax" in text


def test_a_token_for_the_api(demonstration: Demonstration) -> None:
    with demonstration.browser() as browser:
        answer = browser.get("/dev/issuer/token", params={"persona": "wen.zhao@northfield"})
        header = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        me = browser.get("/v1/me", headers=header)
        assert me.json()["roles"] == [
            {"role": "participant", "program": "northfield", "id": "wen.zhao"}
        ]
        assert browser.get("/dev/issuer/token", params={"persona": "nobody"}).status_code == 404


def test_who_signs_in_again_there_chooses_a_persona_again(demonstration: Demonstration) -> None:
    before = now().replace(microsecond=0)
    with demonstration.browser() as browser:
        browser.get("/sign-in?login_hint=wen.zhao@northfield", follow_redirects=True)
        asked = browser.get(sign_in_again_address("/p/northfield/kudos"), follow_redirects=True)
        assert "Wen · Northfield · participant" in asked.text
        link = f"{asked.url}&persona=wen.zhao@northfield"
        assert browser.get(link, follow_redirects=True).text == "kudos of wen.zhao@northfield"
        cookie = browser.cookies[demonstration.identity.cookie]
    who = demonstration.identity.sessions.principal(cookie)
    assert who
    assert who.authenticated_at
    assert before <= who.authenticated_at <= now()


def test_a_token_of_another_start_is_refused(demonstration: Demonstration, people: Engine) -> None:
    policy = demonstration.identity.policy
    other = make_identity(policy, people, now, personas).dev_issuer
    assert other
    header = {"Authorization": f"Bearer {other.access_token(ops())}"}
    with demonstration.browser() as browser:
        assert browser.get("/v1/me", headers=header).status_code == 401


def _code(browser: httpx.Client) -> dict[str, str]:
    """A code, and what is needed to redeem it but for the verifier."""
    to_issuer = browser.get("/sign-in?login_hint=ops").headers["location"]
    back = query(browser.get(to_issuer).headers["location"])
    asked = query(to_issuer)
    return {
        "grant_type": "authorization_code",
        "code": back["code"],
        "client_id": asked["client_id"],
        "redirect_uri": asked["redirect_uri"],
    }


def test_a_code_without_its_verifier_is_refused(demonstration: Demonstration) -> None:
    with demonstration.browser() as browser:
        for verifier in ({}, {"code_verifier": ""}, {"code_verifier": "guess"}):
            answer = browser.post("/dev/issuer/token", data={**_code(browser), **verifier})
            assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_a_code_is_good_for_one_login(demonstration: Demonstration) -> None:
    with demonstration.browser() as browser:
        to_issuer = browser.get("/sign-in?login_hint=ops").headers["location"]
        back = browser.get(to_issuer).headers["location"]
        secret = browser.cookies["badges-dev-login"]
        assert browser.get(back).status_code == 303
        browser.cookies.set("badges-dev-login", secret)
        assert browser.get(back).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://evil.com/oidc/callback"},
        {"client_id": "other"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"state": ""},
    ],
)
def test_an_authorization_request_that_does_not_fit_is_refused(
    demonstration: Demonstration, change: dict[str, str]
) -> None:
    with demonstration.browser() as browser:
        address = urlsplit(browser.get("/sign-in?login_hint=ops").headers["location"])
        asked = {**dict(parse_qsl(address.query)), **change}
        assert browser.get(address.path, params=asked).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.com"},
        {"Host": "localhost.evil.com"},
        {"Host": "127.0.0.1.nip.io:80"},
        {"Host": "127.0.0.1@evil.com"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Via": "1.1 proxy"},
    ],
)
def test_nobody_reaches_it_through_a_proxy_or_another_name(
    demonstration: Demonstration, headers: dict[str, str]
) -> None:
    with demonstration.browser(**headers) as browser:
        for path in ("token?persona=ops", "authorize", "jwks.json"):
            assert browser.get(f"/dev/issuer/{path}").status_code == 404


def test_roles_are_renewed_by_its_refresh_tokens(
    demonstration: Demonstration, people: Engine
) -> None:
    issuer = demonstration.identity.dev_issuer
    assert issuer
    with demonstration.browser() as browser:
        answer = browser.get("/sign-in?login_hint=ops&next=/p/x/kudos", follow_redirects=True)
        assert answer.text == "kudos of ops"
        with transaction(people) as tx:
            tx.execute("UPDATE web.sessions SET roles_until = now() - interval '1 minute'")
        assert browser.get("/p/x/kudos").text == "kudos of ops"
        assert browser.get("/p/x/kudos").text == "kudos of ops"


DEV = IdentityPolicy("http://127.0.0.1:8080", bind="127.0.0.1", dev_issuer=True)


@pytest.mark.parametrize(
    "policy",
    [
        replace(DEV, dev_issuer=False),
        replace(DEV, bind="0.0.0.0"),
        replace(DEV, public_url="https://badges.example"),
    ],
)
def test_it_is_made_only_if_all_three_conditions_hold(policy: IdentityPolicy) -> None:
    DevIssuer(DEV, personas, now)
    with pytest.raises(DevIssuerForbidden):
        DevIssuer(policy, personas, now)


@pytest.mark.parametrize(
    "policy",
    [replace(DEV, bind="0.0.0.0"), replace(DEV, public_url="https://127.0.0.1.nip.io")],
)
def test_no_process_starts_with_it_elsewhere(people: Engine, policy: IdentityPolicy) -> None:
    with pytest.raises(DevIssuerForbidden):
        make_identity(policy, people, now, personas)


def test_it_is_not_there_unless_it_is_asked_for(people: Engine) -> None:
    policy = IdentityPolicy(
        "http://127.0.0.1:8080", bind="127.0.0.1", issuer="http://127.0.0.1:9", audience=AUDIENCE
    )
    identity = make_identity(policy, people, now, personas)
    app: FastAPI = site(identity)
    assert identity.dev_issuer is None
    assert not [route for route in app.routes if "/dev/" in getattr(route, "path", "")]
